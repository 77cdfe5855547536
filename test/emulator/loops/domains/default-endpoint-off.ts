import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, makeDeployedApi, patchApi } from '../../loop-kit/seed';

export default defineLoop({
  family: 'default endpoint',
  fault: 'the default endpoint is disabled and no domain leads to the API',
  rule: 'edge/default-endpoint-disabled',
  leftToAws: { from: 'calls', because: 'MiniStack answers at a disabled endpoint' },
  seed: async (world) => ({ restApiId: await makeDeployedApi(world, { verb: 'GET', path: ORDERS }) }),
  call: async (_, { restApiId }) => getOrders(restApiId),
  breakIt: async (world, { restApiId }) => {
    await patchApi(world, restApiId, { '/disableExecuteApiEndpoint': 'true' });
    await deploy(world, restApiId);
  },
  unpasted: 'it maps a domain, which needs a certificate; the endpoint is opened again in its place',
  byHand: async (world, { restApiId }) => {
    await patchApi(world, restApiId, { '/disableExecuteApiEndpoint': 'false' });
    await deploy(world, restApiId);
  },
});
