import rule from '../../../lambda/rules/waf/body-size-rule-blocks';
import type { WebAcl, WebAclRule } from '../../../lambda/model/edge';
import { known, type Known } from '../../../lambda/model/known';
import type { Method } from '../../../lambda/model/method';
import { account, denied, method, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const ARN = 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/base/1a2b';
const core: WebAclRule = {
  name: 'core',
  priority: 1,
  action: 'None',
  matches: 'managed AWSManagedRulesCommonRuleSet',
  managedGroup: 'AWSManagedRulesCommonRuleSet',
  ruleOverrides: {},
  blockStatus: null,
};
const acl = (given: Partial<WebAclRule>): Known<WebAcl> =>
  known({
    arn: ARN,
    name: 'base',
    defaultAction: 'Allow',
    defaultBlockStatus: null,
    rules: [{ ...core, ...given }],
  });
const behind = (webAcl: Known<WebAcl | null>, methods: readonly Method[] = [method('POST', '/orders')]) =>
  account({
    restApis: [restApi('shop', { methods, stages: [stage('prod', { methods }, { webAclArn: ARN })] })],
    webAcls: [{ arn: ARN, webAcl }],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'the core rule set in front of methods that take a body',
      account: behind(acl({}), [method('POST', '/orders'), method('GET', '/orders')]),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Web ACL base of stage prod blocks bodies of more than 8 KB, which POST /orders takes otherwise.',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'the size rule told to block, and another rule told to count',
      account: behind(
        acl({ ruleOverrides: { SizeRestrictions_BODY: 'Block', NoUserAgent_HEADER: 'Count' } }),
        [method('POST', '/orders'), method('PUT', '/orders')],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Web ACL base of stage prod blocks bodies of more than 8 KB, which POST /orders and PUT /orders take otherwise.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the size rule counting',
      account: behind(acl({ ruleOverrides: { SizeRestrictions_BODY: 'Count' } })),
    },
    { when: 'the whole group counting', account: behind(acl({ action: 'Count' })) },
    { when: 'another managed group', account: behind(acl({ managedGroup: 'AWSManagedRulesSQLiRuleSet' })) },
    { when: 'methods without body', account: behind(acl({}), [method('GET', '/orders')]) },
  ],
  cannotTell: [
    {
      when: 'when the web ACLs were denied',
      account: account({ restApis: [restApi('shop')], webAcls: denied('ListWebACLs') }),
      missing: ['ListWebACLs'],
    },
    { when: 'when this web ACL was denied', account: behind(denied('GetWebACL')), missing: ['GetWebACL'] },
    {
      when: 'when the methods were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            stages: [stage('prod', { methods: denied('GetDeployment') }, { webAclArn: ARN })],
          }),
        ],
        webAcls: [{ arn: ARN, webAcl: acl({}) }],
      }),
      missing: ['GetResources', 'GetDeployment'],
    },
  ],
});
