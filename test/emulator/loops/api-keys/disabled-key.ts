import { getOrders } from '../../loop-kit/calls';
import { addKey, KEY_PARTING, makeKey, makeKeyedApi, setEnabled } from '../../loop-kit/keyed-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'key',
  fault: 'one of the keys of the plan is disabled',
  rule: 'api-keys/disabled-key-in-plan',
  ofAccount: true,
  seed: async (world) => {
    const place = await makeKeyedApi(world);
    await addKey(world, place.planId, await makeKey(world));
    return place;
  },
  call: async (_, { restApiId, keyId }) => getOrders(restApiId, { apiKeyId: keyId }),
  breakIt: (world, { keyId }) => setEnabled(world, keyId, false),
  subject: ({ keyId }) => keyId,
  partings: [KEY_PARTING],
});
