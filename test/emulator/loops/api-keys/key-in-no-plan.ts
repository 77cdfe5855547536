import { getOrders } from '../../loop-kit/calls';
import { addKey, KEY_PARTING, makeKey, makeKeyedApi, removeKey } from '../../loop-kit/keyed-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'key',
  fault: 'one of the keys is taken out of the plan',
  rule: 'api-keys/key-without-plan',
  ofAccount: true,
  seed: async (world) => {
    const place = await makeKeyedApi(world);
    await addKey(world, place.planId, await makeKey(world));
    return place;
  },
  call: async (_, { restApiId, keyId }) => getOrders(restApiId, { apiKeyId: keyId }),
  breakIt: (world, { planId, keyId }) => removeKey(world, planId, keyId),
  subject: ({ keyId }) => keyId,
  fill: (_, { planId }) => ({ USAGE_PLAN_ID: planId }),
  partings: [KEY_PARTING],
});
