import { getOrders } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, makeDeployedApi, putMethod, removeMethod, STAGE } from '../../loop-kit/seed';

const root = { verb: 'GET', path: '/' };

export default defineLoop({
  family: 'root under {proxy+}',
  fault: '{proxy+} is served and the path above it is not',
  rule: 'deployment/root-not-served',
  seed: async (world) => ({
    restApiId: await makeDeployedApi(world, { verb: 'ANY', path: '/{proxy+}' }, root),
  }),
  call: async (_, { restApiId }) => getOrders(restApiId, { path: '/' }),
  breakIt: async (world, { restApiId }) => {
    await removeMethod(world, restApiId, root);
    await deploy(world, restApiId);
  },
  subject: () => STAGE,
  // The finding asks for a method whose backend only a person knows.
  byHand: (world, { restApiId }) => putMethod(world, restApiId, root),
});
