import { getOrders } from '../../loop-kit/calls';
import { KEY_PARTING, keysOf, makeKeyedApi, removeKey } from '../../loop-kit/keyed-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'key',
  fault: 'the usage plan of the stage holds no key',
  rule: 'api-keys/usage-plan-without-enabled-key',
  seed: makeKeyedApi,
  // Whoever calls takes the key that is in the plan, once there is one again.
  call: async (world, { restApiId, planId, keyId }) =>
    getOrders(restApiId, { apiKeyId: (await keysOf(world, planId))[0] ?? keyId }),
  breakIt: (world, { planId, keyId }) => removeKey(world, planId, keyId),
  fill: () => ({ KEY_NAME: 'api-auth-auditor-loop' }),
  partings: [KEY_PARTING],
});
