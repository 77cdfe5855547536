import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { cut } from '../alert/sizes';
import { affectedOf, breakageOf, evidenceOf } from '../alert/wording';
import type { Finding, Severity } from '../findings/finding';
import { oneLine } from '../report/escape';
import type { ReportedFinding } from '../result';
import type { Subject } from '../rules/verdict';

/** As the OCSF report has them. */
const SEVERITIES = { error: 'HIGH', warning: 'MEDIUM', note: 'LOW' } as const;

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-type-taxonomy.html */
const TYPE = 'Software and Configuration Checks/AWS Security Best Practices';

/** What identifies a finding in Security Hub, and is all that is needed to archive it. */
export interface Identity {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly subject: Subject;
  /** ISO 8601. */
  readonly firstSeen: string;
  readonly docs: string;
}

const partitionOf = (arn: string): 'aws' | 'aws-cn' | 'aws-us-gov' => {
  const [, partition] = arn.split(':');
  return partition === 'aws-cn' || partition === 'aws-us-gov' ? partition : 'aws';
};

const typeOf = (arn: string): string => {
  const [, , service, , , resource = ''] = arn.split(':');
  if (service !== 'apigateway') return 'Other';
  if (/^\/restapis\/[^/]+$/.test(resource)) return 'AwsApiGatewayRestApi';
  return /^\/restapis\/[^/]+\/stages\/[^/]+$/.test(resource) ? 'AwsApiGatewayStage' : 'Other';
};

/** Security Hub takes no blank text. */
const fieldsOf = (fields: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value.trim() === ''
        ? []
        : [[`api-auth-auditor/${name}`, cut(oneLine(value), 2048)] as const],
    ),
  );

/** The fields that every import has. Not among them, on purpose: Note, UserDefinedFields, VerificationState and Workflow, which are people's. */
const common = (
  { id, rule, severity, title, subject, firstSeen, docs }: Identity,
  account: string,
  at: string,
) => {
  const partition = partitionOf(subject.arn);
  return {
    SchemaVersion: '2018-10-08',
    Id: `api-auth-auditor/${id}`,
    ProductArn: `arn:${partition}:securityhub:${subject.region}:${account}:product/${account}/default`,
    GeneratorId: `api-auth-auditor/${rule}`,
    AwsAccountId: account,
    CreatedAt: firstSeen,
    UpdatedAt: at,
    FirstObservedAt: firstSeen,
    Title: cut(oneLine(`${title}: ${subject.label}`), 256),
    SourceUrl: docs,
    FindingProviderFields: {
      Severity: { Label: SEVERITIES[severity], Original: severity },
      Types: [TYPE],
    },
    Resources: [
      {
        Type: typeOf(subject.arn),
        Id: cut(oneLine(subject.arn), 512),
        Partition: partition,
        Region: subject.region,
      },
    ],
  } as const satisfies Partial<AwsSecurityFinding>;
};

export const identityOf = ({
  id,
  rule,
  severity,
  title,
  subject,
  docs,
  firstSeen,
}: Finding & Pick<ReportedFinding, 'firstSeen'>): Identity => ({
  id,
  rule,
  severity,
  title,
  subject,
  docs,
  firstSeen,
});

/** A finding that stands, as of `at` (ISO 8601), in the AWS Security Finding Format. */
export const activeFinding = (finding: ReportedFinding, account: string, at: string): AwsSecurityFinding => {
  const { message, fix, docs, rule, reach, when, affectedCount } = finding;
  const steps = fix.map(({ step }) => oneLine(step)).join(' ');
  return {
    ...common(identityOf(finding), account, at),
    LastObservedAt: at,
    Description: cut(oneLine(`${message} Affected: ${breakageOf(finding)}.`), 1024),
    ...(steps.trim() === '' ? {} : { Remediation: { Recommendation: { Text: cut(steps, 512), Url: docs } } }),
    ProductFields: fieldsOf({
      rule,
      reach,
      when,
      affected: affectedOf(finding),
      affectedCount: String(affectedCount),
      evidence: evidenceOf(finding).join('; '),
      commands: fix.flatMap(({ commands }) => commands).join(' ; '),
    }),
    Compliance: { Status: 'FAILED' },
    RecordState: 'ACTIVE',
  };
};

/** A finding that is `resolved`, or that people `accepted` for a time, as of `at` (ISO 8601). */
export const archivedFinding = (
  identity: Identity,
  why: 'resolved' | 'accepted',
  account: string,
  at: string,
): AwsSecurityFinding => ({
  ...common(identity, account, at),
  Description:
    why === 'resolved'
      ? `Resolved: the audit of ${at} does not find it any more.`
      : `Accepted: a suppression covers it since the audit of ${at}; it still stands.`,
  Compliance: { Status: why === 'resolved' ? 'PASSED' : 'FAILED' },
  RecordState: 'ARCHIVED',
});
