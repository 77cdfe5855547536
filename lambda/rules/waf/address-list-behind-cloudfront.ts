import type { WebAcl, WebAclRule } from '../../model/edge';
import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { callsThrough } from '../cloudfront';
import { listNames, quote } from '../phrases';
import { apiRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { apiSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';
import { openWebAcl, updateWebAcl } from '../web-acls';

/** Rules by which only callers from listed addresses come in; none, where others may come in by something else. */
const addressLists = ({ defaultAction, rules }: WebAcl): readonly WebAclRule[] => {
  const blocking = rules.filter(({ action, byAddress }) => action === 'Block' && byAddress === 'others');
  if (blocking.length > 0 || defaultAction !== 'Block') return blocking;
  const allowing = rules.filter(({ action }) => action === 'Allow' || action === 'None');
  return allowing.every(({ byAddress }) => byAddress === 'listed') ? allowing : [];
};

export default apiRule({
  id: 'waf/address-list-behind-cloudfront',
  gate: 'waf',
  symptom: { status: 403, responseType: 'WAF_FILTERED', body: '{"message":"Forbidden"}' },
  reach: 'possible',
  callers: 'calls through the distribution',
  title: 'The web ACL compares addresses with a list, and calls come from those of CloudFront',
  why: "A web ACL of a stage sees the address that the connection comes from. Behind a CloudFront distribution that is one of CloudFront's, whoever the viewer is, so that a list of the viewers' addresses keeps all of them out with a bare Forbidden; who calls the stage directly still gets in. The address of the viewer stands last in X-Forwarded-For.",
  fix: [
    'Have the rule compare the forwarded address, and let only the distribution reach the stage: anybody can send that header.',
    'Or move the list to a web ACL of the distribution.',
  ],
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
  ],
  facts: ['POL-30', 'WAF-2', 'MSG-11'],
  needs: ['webAcls', 'distributions', 'domains'],

  *check(api, account) {
    if (!isKnown(api.stages)) {
      yield cannotTell(apiSubject(account, api), api.stages);
      return;
    }
    for (const stage of api.stages.value) {
      const guarded = yield* openWebAcl({ api, stage }, account);
      if (guarded === null) continue;
      const { subject, acl } = guarded;
      const lists = addressLists(acl);
      if (lists.length === 0) continue;
      for (const distribution of account.slices.distributions) {
        const { calls, gaps } = callsThrough(distribution, api, account, account.slices.domains);
        for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
        const labels = new Set(
          calls.filter((call) => call.stage === stage).map(({ method }) => methodLabel(method)),
        );
        if (labels.size === 0) continue;
        const names = listNames(lists.map(({ name }) => quote(name)));
        yield flag({
          subject,
          key: distribution.id,
          affected: [...labels].map((method) => ({ restApiId: api.id, stage: stage.name, method })),
          message: `Web ACL ${acl.name} of stage ${stage.name} lets callers in by their address (${names}). What comes through distribution ${distribution.id} has an address of CloudFront, and is blocked unless the list has those.`,
          evidence: [
            { operation: 'GetStages', field: 'webAclArn', value: acl.arn },
            ...lists.map(({ name, action, matches }) => ({
              operation: 'GetWebACL',
              field: `Rules[${name}]`,
              value: `${action} ${matches}, by the address of the connection`,
            })),
            { operation: 'ListDistributions', field: 'Id', value: distribution.id },
          ],
          fix: updateWebAcl(
            acl,
            account.region,
            `In web-acl.json, add "IPSetForwardedIPConfig":{"HeaderName":"X-Forwarded-For","FallbackBehavior":"NO_MATCH","Position":"LAST"} to each IPSetReferenceStatement of ${names}, and a rule that blocks calls without a secret header which the distribution adds.`,
          ),
        });
      }
    }
  },
});
