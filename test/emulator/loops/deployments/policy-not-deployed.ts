import { getOrders, ORDERS } from '../../loop-kit/calls';
import { draftLoop } from '../../loop-kit/draft-loop';
import { policyOf, statement } from '../../loop-kit/policy-loop';
import { makeDeployedApi, setPolicy } from '../../loop-kit/seed';

export default draftLoop({
  fault: 'the policy that lets callers in is not deployed',
  rule: 'deployment/policy-not-deployed',
  seed: async (world) => ({ restApiId: await makeDeployedApi(world, { verb: 'GET', path: ORDERS }) }),
  call: async (_, { restApiId }) => getOrders(restApiId),
  refuses: (world, { restApiId }) => setPolicy(world, restApiId, policyOf([statement('Deny')])),
  admits: (world, { restApiId }) => setPolicy(world, restApiId, policyOf([statement('Allow')])),
});
