import rule from '../../../lambda/rules/waf/default-action-blocks';
import type { WebAcl, WebAclRule } from '../../../lambda/model/edge';
import { known, type Known } from '../../../lambda/model/known';
import { account, denied, method, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const ARN = 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/office/1a2b';
const methods = [method('GET', '/orders')];
const wafRule = (name: string, action: string, matches: string): WebAclRule => ({
  name,
  priority: 1,
  action,
  matches,
  managedGroup: null,
  ruleOverrides: {},
  blockStatus: null,
});
const acl = (given: Partial<WebAcl>): Known<WebAcl> =>
  known({ arn: ARN, name: 'office', defaultAction: 'Block', defaultBlockStatus: null, rules: [], ...given });
const behind = (webAcl: Known<WebAcl | null>, webAclArn: string | null = ARN) =>
  account({
    restApis: [restApi('shop', { methods, stages: [stage('prod', { methods }, { webAclArn })] })],
    webAcls: [{ arn: ARN, webAcl }],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an allow list, with what it admits',
      account: behind(
        acl({
          rules: [wafRule('office', 'Allow', 'IP set office'), wafRule('log', 'Count', 'geo match US')],
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Web ACL office of stage prod blocks by default; only what these rules allow comes through: IP set office.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a web ACL that allows nothing at all',
      account: behind(acl({ rules: [wafRule('log', 'Count', 'geo match US')] })),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Web ACL office of stage prod blocks by default; no rule allows anything.',
          reach: 'every-call',
        },
      ],
    },
    {
      when: 'a rule group that may allow',
      account: behind(acl({ rules: [wafRule('partners', 'None', 'rule group partners')] })),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Web ACL office of stage prod blocks by default; no rule of its own allows anything, at most the groups rule group partners.',
        },
      ],
    },
    {
      when: 'an allow list beside a rule group, with the status that the web ACL answers instead of 403',
      account: behind(
        acl({
          defaultBlockStatus: 401,
          rules: [
            wafRule('office', 'Allow', 'IP set office'),
            wafRule('partners', 'None', 'rule group partners'),
          ],
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Web ACL office of stage prod blocks by default; only what these rules allow comes through: IP set office.',
        },
      ],
    },
    {
      when: 'a web ACL that allows nothing, in front of methods that could not be read',
      account: account({
        restApis: [
          restApi('shop', {
            stages: [stage('prod', { methods: denied('GetDeployment') }, { webAclArn: ARN })],
          }),
        ],
        webAcls: [{ arn: ARN, webAcl: acl({}) }],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Web ACL office of stage prod blocks by default; no rule allows anything.',
          reach: 'every-call',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a default that allows, with a rule that blocks',
      account: behind(acl({ defaultAction: 'Allow', rules: [wafRule('geo', 'Block', 'geo match US')] })),
    },
    { when: 'a stage without web ACL', account: behind(acl({}), null) },
    { when: 'a web ACL that does not exist any more', account: behind(known(null)) },
  ],
  cannotTell: [
    {
      when: 'when the web ACLs were denied',
      account: account({ restApis: [restApi('shop', { methods })], webAcls: denied('ListWebACLs') }),
      missing: ['ListWebACLs'],
    },
    { when: 'when this web ACL was denied', account: behind(denied('GetWebACL')), missing: ['GetWebACL'] },
    {
      when: 'when this web ACL is not among those that were read',
      account: behind(acl({}), 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/other/9z'),
      missing: ['GetWebACL'],
    },
  ],
  standsWithout: {
    'deployment.methods': 'only which methods are listed',
  },
});
