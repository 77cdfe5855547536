import { getOrders, ORDERS } from '../../loop-kit/calls';
import { draftLoop } from '../../loop-kit/draft-loop';
import { makeDeployedApi, putMethod, removeMethod } from '../../loop-kit/seed';

const orders = { verb: 'GET', path: ORDERS };

export default draftLoop({
  fault: 'a method stands in the draft and not in what is deployed',
  rule: 'deployment/method-not-deployed',
  seed: async (world) => ({
    restApiId: await makeDeployedApi(world, orders, { verb: 'GET', path: '/users' }),
  }),
  call: async (_, { restApiId }) => getOrders(restApiId),
  refuses: (world, { restApiId }) => removeMethod(world, restApiId, orders),
  admits: (world, { restApiId }) => putMethod(world, restApiId, orders),
});
