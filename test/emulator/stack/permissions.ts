import type { Gap } from '../../../lambda/findings/coverage';
import type { AuditResult } from '../../../lambda/result';

/** Permissions whose loss a run on MiniStack 1.5.33 does not name, and why. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  'apigateway:ListRoutingRules': 'MiniStack has no routing rules',
  'cloudfront:GetCachePolicy':
    'MiniStack denies it with the whole role: it checks "*" in place of the policy',
  'cloudfront:GetOriginRequestPolicy':
    'MiniStack denies it with the whole role: it checks "*" in place of the policy',
  'kms:Decrypt': 'MiniStack publishes to an encrypted topic without the key',
  'kms:GenerateDataKey': 'MiniStack publishes to an encrypted topic without the key',
  'lambda:GetFunctionConcurrency': 'MiniStack asks for lambda:PutFunctionConcurrency in its place',
  'logs:CreateLogStream': 'MiniStack writes the log itself',
  'logs:PutLogEvents': 'MiniStack writes the log itself',
  's3:ListBucket': 'MiniStack answers NoSuchKey without it',
  'sqs:SendMessage': 'MiniStack hands failed events over itself',
  'wafv2:GetWebACL': 'MiniStack tells no web ACL of a stage',
};

/** Not asked any more once another is denied, so that a statement that held both names that one alone. */
const ASKED_AFTER: Readonly<Record<string, string>> = {
  'cognito-idp:DescribeUserPoolClient': 'cognito-idp:DescribeUserPool',
  'cognito-idp:ListIdentityProviders': 'cognito-idp:DescribeUserPool',
  'cognito-idp:ListResourceServers': 'cognito-idp:DescribeUserPool',
  'cognito-idp:ListUserPoolClients': 'cognito-idp:DescribeUserPool',
};

/** Of the actions that were taken away, those that a run has to name. */
export const toBeNamed = (taken: readonly string[]): readonly string[] =>
  taken.filter((action) => !(action in NOT_SHOWN) && !taken.includes(ASKED_AFTER[action] ?? '')).toSorted();

export const whyNotNamed = (taken: readonly string[]): string =>
  [...new Set(taken.map((action) => NOT_SHOWN[action] ?? 'UNEXPECTED'))].join('; ');

/** Not read with the whole role, by operation: what MiniStack 1.5.33 lacks or answers unlike AWS. */
export const UNREAD: Readonly<Record<string, string>> = {
  'GetCachePolicy denied': 'it checks "*" in place of the policy',
  'GetDeployment broken': 'its summaries lack the authorization type',
  'GetDomainNameAccessAssociations denied': 'the operation is missing',
  'GetExport broken': 'its exports lack the resource policy',
  'GetFunctionConcurrency denied': 'it asks for lambda:PutFunctionConcurrency',
};

export const gapKinds = ({ coverage }: AuditResult): readonly string[] =>
  [...new Set(coverage.gaps.map(({ operation, because }) => `${operation} ${because}`))].sort();

const placeOf = ({ operation, subject, because }: Gap): string => `${operation} ${subject} ${because}`;

const advised = (detail = ''): readonly string[] => /allow ([\w-]+:\w+)/.exec(detail)?.slice(1) ?? [];

/** The permissions that a run names as missing, besides those that `whole` names. */
export const namedMissing = (run: AuditResult, whole: AuditResult): readonly string[] => {
  const before = new Set(whole.coverage.gaps.map(placeOf));
  const unread = new Set(Object.keys(UNREAD));
  const gaps = run.coverage.gaps.filter(
    (gap) => !before.has(placeOf(gap)) && !unread.has(`${gap.operation} ${gap.because}`),
  );
  const unheard = run.audience !== undefined && 'unknown' in run.audience ? run.audience.unknown : '';
  return [
    ...new Set([
      ...gaps.map(({ operation, because, permission }) => permission ?? `${operation} ${because}`),
      ...advised(run.history?.detail),
      ...advised(run.alerts?.detail),
      ...advised(unheard),
    ]),
  ].sort();
};
