import { isKnown, type Unreadable } from '../../model/known';
import { methodLabel } from '../../model/method';
import { callsThrough, distributionSubject, executeApiHost, updateDistribution } from '../cloudfront';
import { agree, listNames, quote } from '../phrases';
import { apiRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default apiRule({
  id: 'edge/cloudfront-forwards-host',
  gate: 'endpoint',
  symptom: FORBIDDEN,
  reach: 'every-call',
  callers: 'calls through the distribution',
  title: "CloudFront forwards the viewer's Host header to the execute-api host",
  why: 'API Gateway finds the API by the Host header. A distribution that forwards the Host of the viewer sends its own name instead of the execute-api host, which belongs to no API, so every call is refused with a bare Forbidden. In front of a custom domain of API Gateway with the same name, forwarding the Host is right.',
  fix: [
    'Give the behaviour the managed origin request policy AllViewerExceptHostHeader.',
    'Or use a custom domain of API Gateway with the name that viewers call as the origin.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html',
    'https://repost.aws/knowledge-center/cloudfront-authorization-header',
  ],
  facts: ['MIS-11', 'MIS-12'],
  needs: ['distributions'],

  *check(api, account) {
    for (const distribution of account.slices.distributions) {
      const subject = distributionSubject(account, api, distribution);
      const { calls, gaps: unread } = callsThrough(distribution, api, account);
      const gaps: Unreadable[] = [...unread];
      const patterns = new Set<string>();
      const lost = new Map<string, { readonly stage: string; readonly method: string }>();
      for (const { behavior, stage, method } of calls) {
        if (!isKnown(behavior.forwards)) {
          gaps.push(behavior.forwards);
          continue;
        }
        if (!behavior.forwards.value.forwardsHost) continue;
        patterns.add(behavior.pathPattern);
        const label = methodLabel(method);
        lost.set(`${stage.name} ${label}`, { stage: stage.name, method: label });
      }
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      if (patterns.size === 0) continue;
      const named = `${agree(patterns.size, 'behaviour', 'behaviours')} ${listNames([...patterns].map(quote))}`;
      yield flag({
        subject,
        key: api.id,
        affected: [...lost.values()].map((ref) => ({ restApiId: api.id, ...ref })),
        message: `Distribution ${distribution.id} sends the viewer's Host header to ${executeApiHost(account, api.id)} (${named}), which answers only to its own name.`,
        evidence: [...patterns].map((pattern) => ({
          operation: 'ListDistributions',
          field: `${distribution.id} behaviour ${pattern}`,
          value: 'forwards Host',
        })),
        fix: updateDistribution(
          distribution,
          `In ${named} set OriginRequestPolicyId to b689b0a8-53d0-40ab-baf2-68738e2966ac (AllViewerExceptHostHeader), or take Host out of the forwarded headers.`,
        ),
      });
    }
  },
});
