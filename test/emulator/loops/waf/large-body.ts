import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { makeDeployedApi, STAGE } from '../../loop-kit/seed';
import { coreRules, editWebAcl, guardStage, setWebAcl } from '../../loop-kit/web-acl';

const RULE = 'SizeRestrictions_BODY';
/** More than the 8 KB that the rule lets pass. */
const BODY = JSON.stringify({ order: 'x'.repeat(9000) });

export default defineLoop({
  family: 'web ACL',
  fault: 'the core rule set of the web ACL blocks large bodies',
  rule: 'waf/body-size-rule-blocks',
  leftToAws: { from: 'calls', because: 'MiniStack lets everything through a web ACL' },
  untoldBecause: 'how large a body is that nobody sends yet',
  seed: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'POST', path: ORDERS });
    const acl = await guardStage(world, restApiId, {
      DefaultAction: { Allow: {} },
      Rules: [coreRules([RULE])],
    });
    return { restApiId, acl };
  },
  call: async (_, { restApiId }) =>
    getOrders(restApiId, {
      verb: 'POST',
      body: BODY,
      headers: { 'content-type': 'application/json', 'user-agent': 'loop' },
    }),
  breakIt: (world, { acl }) => setWebAcl(world, acl, { DefaultAction: { Allow: {} }, Rules: [coreRules()] }),
  subject: () => STAGE,
  edit: editWebAcl(
    `acl.Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: "${RULE}", ActionToUse: { Count: {} } }];`,
  ),
});
