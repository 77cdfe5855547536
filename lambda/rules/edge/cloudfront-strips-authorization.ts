import type { CloudFrontBehavior } from '../../model/edge';
import { isKnown, known, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { callsThrough, distributionSubject, updateDistribution } from '../cloudfront';
import { credentialHeaders, headerName } from '../credential-headers';
import { agree, listMethods, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { affectedOf } from '../subjects';
import { cannotTell, flag, MISSING_AUTHENTICATION_TOKEN, INVALID_API_KEY, UNAUTHORIZED } from '../verdict';

type Forwards = Extract<CloudFrontBehavior['forwards'], { state: 'known' }>['value'];

/** Does a header of the viewer reach the origin (MIS-11)? */
const forwards = (given: Forwards, header: string, verb: string): boolean => {
  if (header === 'authorization' && given.authorizationInCachePolicy) return true;
  const listed = given.headers.includes(header) || given.headers.includes('*');
  switch (given.mode) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'listed':
      return listed;
    case 'all-except':
      return !given.headers.includes(header);
    case 'legacy':
      return listed || header !== 'authorization' || !['GET', 'HEAD'].includes(verb);
  }
};

export default deploymentRule({
  id: 'edge/cloudfront-strips-authorization',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  callers: 'calls through the distribution',
  title: 'CloudFront does not forward the header that carries the credentials',
  why: 'CloudFront hands on only those headers of the viewer that the cache policy or the origin request policy of the behaviour names; with the older settings, Authorization is left out of GET and HEAD unless listed. The method behind then finds no token, signature or key, and refuses the call, while the same call straight to API Gateway works.',
  fix: [
    'Give the behaviour the managed origin request policy AllViewerExceptHostHeader and, as answers now depend on the caller, the managed cache policy CachingDisabled.',
    'Do not forward the Host header: API Gateway knows no API of that name.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-request-understand-origin-request-policy.html',
    'https://repost.aws/knowledge-center/cloudfront-authorization-header',
  ],
  facts: ['MIS-11', 'COG-12', 'KEY-6'],
  needs: ['distributions', 'domains'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    for (const distribution of account.slices.distributions) {
      const subject = distributionSubject(account, api, distribution);
      const { calls, gaps: unread } = callsThrough(
        distribution,
        api,
        account,
        account.slices.domains,
        known([deployment]),
      );
      const gaps: Unreadable[] = [...unread];
      const lost = new Set<Method>();
      const missing = new Set<string>();
      const patterns = new Set<string>();
      for (const { behavior, origin, method, verb } of calls) {
        const needed = credentialHeaders(deployment, method);
        gaps.push(...needed.gaps);
        const fromViewer = needed.headers.filter((header) => !origin.customHeaders.includes(header));
        if (fromViewer.length === 0) continue;
        if (!isKnown(behavior.forwards)) {
          gaps.push(behavior.forwards);
          continue;
        }
        const given = behavior.forwards.value;
        const stripped = fromViewer.filter((header) => !forwards(given, header, verb));
        if (stripped.length === 0) continue;
        lost.add(method);
        patterns.add(behavior.pathPattern);
        for (const header of stripped) missing.add(header);
      }
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      if (lost.size === 0) continue;
      const methods = [...lost];
      const [type] = methods.map(({ authorizationType }) =>
        isKnown(authorizationType) ? authorizationType.value : '',
      );
      const names = [...missing].map(headerName);
      yield flag({
        subject,
        key: `${api.id} ${stage.name}`,
        symptom:
          type === 'AWS_IAM'
            ? MISSING_AUTHENTICATION_TOKEN
            : type === 'NONE'
              ? INVALID_API_KEY
              : UNAUTHORIZED,
        affected: affectedOf(deployment, methods),
        message: `Distribution ${distribution.id} leads to ${api.name} and does not forward ${listNames(names)}, which ${listMethods(methods)} ${agree(methods.length, 'needs', 'need')} (${agree(patterns.size, 'behaviour', 'behaviours')} ${listNames([...patterns].map(quote))}).`,
        evidence: [...patterns].map((pattern) => ({
          operation: 'ListDistributions',
          field: `${distribution.id} behaviour ${pattern}`,
          value: `does not forward ${names.join(', ')}`,
        })),
        fix: updateDistribution(
          distribution,
          `In ${agree(patterns.size, 'behaviour', 'behaviours')} ${listNames([...patterns].map(quote))} set OriginRequestPolicyId to b689b0a8-53d0-40ab-baf2-68738e2966ac (AllViewerExceptHostHeader) and CachePolicyId to 4135ea2d-6df8-44a3-9df3-4b5a84be39ad (CachingDisabled), and remove ForwardedValues, MinTTL, DefaultTTL and MaxTTL where they stand.`,
        ),
      });
    }
  },
});
