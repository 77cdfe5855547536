import rule from '../../../lambda/rules/waf/address-list-behind-cloudfront';
import type { WebAcl, WebAclRule } from '../../../lambda/model/edge';
import { known, type Known } from '../../../lambda/model/known';
import { account, denied, domainName, method, restApi, stage } from '../../support/build';
import { apiOrigin, behavior, distribution } from '../../support/distribution';
import { ruleTable } from '../../support/rule-table';

const ARN = 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/office/1a2b';
const methods = [method('GET', '/orders'), method('GET', '/stock')];
const shop = restApi('shop', {
  methods,
  stages: [stage('prod', { methods }, { webAclArn: ARN }), stage('open', { methods })],
});
const wafRule = (action: string, given: Partial<WebAclRule> = {}): WebAclRule => ({
  name: 'office',
  priority: 1,
  action,
  matches: 'IP set office',
  managedGroup: null,
  ruleOverrides: {},
  blockStatus: null,
  ...given,
});
const acl = (defaultAction: string, ...rules: readonly WebAclRule[]): Known<WebAcl> =>
  known({ arn: ARN, name: 'office', defaultAction, defaultBlockStatus: null, rules });
const block = wafRule('Block', { byAddress: 'others', matches: 'not (IP set office)' });
const through = (originPath = '/prod') =>
  distribution([apiOrigin('idshop', originPath)], [behavior('*', 'idshop')]);
const behind = (webAcl: Known<WebAcl | null>, given: Parameters<typeof account>[0] = {}) =>
  account({ restApis: [shop], webAcls: [{ arn: ARN, webAcl }], distributions: [through()], ...given });
const at = 'shop (idshop) stage prod';
const saying =
  'Web ACL office of stage prod lets callers in by their address ("office"). What comes through distribution E1 has an address of CloudFront, and is blocked unless the list has those.';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a rule that blocks all addresses but those of a list',
      account: behind(acl('Allow', block)),
      expect: [{ at, saying, affects: ['prod GET /orders', 'prod GET /stock'] }],
    },
    {
      when: 'a list of allowed addresses before a default that blocks',
      account: behind(acl('Block', wafRule('Allow', { byAddress: 'listed' }))),
      expect: [{ at, saying }],
    },
    {
      when: 'a distribution in front of a custom domain of the stage',
      account: behind(acl('Allow', block), {
        domains: [
          domainName('api.example.com', {
            mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
          }),
        ],
        distributions: [
          distribution(
            [{ id: 'api', domainName: 'api.example.com', originPath: '', customHeaders: [] }],
            [behavior('*', 'api')],
          ),
        ],
      }),
      expect: [{ at, saying }],
    },
  ],
  staysSilent: [
    {
      when: 'a rule that compares the forwarded address',
      account: behind(acl('Allow', wafRule('Block', { matches: 'not (IP set office)' }))),
    },
    {
      when: 'a list of addresses that are blocked',
      account: behind(acl('Allow', wafRule('Block', { byAddress: 'listed' }))),
    },
    {
      when: 'a rule that only counts',
      account: behind(acl('Allow', wafRule('Count', { byAddress: 'others' }))),
    },
    {
      when: 'another way in beside the list',
      account: behind(
        acl('Block', wafRule('Allow', { byAddress: 'listed' }), wafRule('Allow', { name: 'secret header' })),
      ),
    },
    {
      when: 'no distribution in front of the stage',
      account: behind(acl('Allow', block), { distributions: [] }),
    },
    {
      when: 'a distribution in front of another stage',
      account: behind(acl('Allow', block), { distributions: [through('/open')] }),
    },
    {
      when: 'a web ACL that is gone',
      account: behind(known(null)),
    },
  ],
  cannotTell: [
    { when: 'when the web ACL was denied', account: behind(denied('GetWebACL')), missing: ['GetWebACL'] },
    {
      when: 'when the distributions were denied',
      account: behind(acl('Allow', block), { distributions: denied('ListDistributions') }),
      missing: ['ListDistributions'],
    },
  ],
});
