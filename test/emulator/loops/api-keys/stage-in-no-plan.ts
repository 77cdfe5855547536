import { getOrders } from '../../loop-kit/calls';
import { KEY_PARTING, makeKeyedApi, removeStage } from '../../loop-kit/keyed-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'key',
  fault: 'no usage plan covers the stage',
  rule: 'api-keys/stage-in-no-usage-plan',
  seed: makeKeyedApi,
  call: async (_, { restApiId, keyId }) => getOrders(restApiId, { apiKeyId: keyId }),
  breakIt: (world, { planId, restApiId }) => removeStage(world, planId, restApiId),
  fill: (_, { planId }) => ({ USAGE_PLAN_ID: planId }),
  partings: [KEY_PARTING],
});
