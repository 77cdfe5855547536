import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { makeDeployedApi, STAGE } from '../../loop-kit/seed';
import { editWebAcl, guardStage, pathRule, setWebAcl } from '../../loop-kit/web-acl';

const rule = pathRule(`/${STAGE}/users`, 'Allow');

export default defineLoop({
  family: 'web ACL',
  fault: 'the web ACL of the stage blocks what no rule allows',
  rule: 'waf/default-action-blocks',
  leftToAws: { from: 'calls', because: 'MiniStack lets everything through a web ACL' },
  untoldBecause: 'which calls the rules of a web ACL allow is not worked out',
  seed: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    const acl = await guardStage(world, restApiId, { DefaultAction: { Allow: {} }, Rules: [rule] });
    return { restApiId, acl };
  },
  call: async (_, { restApiId }) => getOrders(restApiId),
  breakIt: (world, { acl }) => setWebAcl(world, acl, { DefaultAction: { Block: {} }, Rules: [rule] }),
  subject: () => STAGE,
  edit: editWebAcl(`acl.DefaultAction = { Allow: {} };`),
});
