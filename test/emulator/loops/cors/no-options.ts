import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { preflightOf } from '../../loop-kit/preflight';
import { deploy, makeDeployedApi, removeMethod } from '../../loop-kit/seed';

const options = { verb: 'OPTIONS', path: ORDERS };

export default defineLoop({
  family: 'CORS',
  fault: 'a resource does not answer preflights, and others do',
  rule: 'cors/preflight-missing',
  seed: async (world) => ({
    restApiId: await makeDeployedApi(
      world,
      { verb: 'DELETE', path: ORDERS },
      options,
      { verb: 'GET', path: '/users' },
      { verb: 'OPTIONS', path: '/users' },
    ),
  }),
  call: async (_, { restApiId }) => preflightOf(getOrders(restApiId), 'DELETE'),
  breakIt: async (world, { restApiId }) => {
    await removeMethod(world, restApiId, options);
    await deploy(world, restApiId);
  },
});
