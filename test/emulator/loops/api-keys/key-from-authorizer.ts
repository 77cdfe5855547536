import { getOrders } from '../../loop-kit/calls';
import { makeKeyedApi } from '../../loop-kit/keyed-api';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, patchApi } from '../../loop-kit/seed';

export default defineLoop({
  family: 'key',
  fault: 'the API takes its keys from an authorizer that the method does not have',
  rule: 'api-keys/key-source-unsatisfiable',
  leftToAws: { from: 'calls', because: 'MiniStack takes keys from the header, whatever the source' },
  seed: makeKeyedApi,
  call: async (_, { restApiId, keyId }) => getOrders(restApiId, { apiKeyId: keyId }),
  breakIt: async (world, { restApiId }) => {
    await patchApi(world, restApiId, { '/apiKeySource': 'AUTHORIZER' });
    await deploy(world, restApiId);
  },
});
