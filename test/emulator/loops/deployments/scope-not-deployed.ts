import { getOrdersWith } from '../../loop-kit/calls';
import { draftLoop } from '../../loop-kit/draft-loop';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { machineToken, makeMachineClient, makePool } from '../../loop-kit/people';
import { putMethod } from '../../loop-kit/seed';

export default draftLoop({
  fault: 'the scope that clients have is in the draft, an older one is deployed',
  rule: 'deployment/authorization-not-deployed',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  refuses: (world, { restApiId, authorizerId }) =>
    putMethod(world, restApiId, guardedOrders(authorizerId, ['orders/read'])),
  admits: (world, { restApiId, authorizerId }) =>
    putMethod(world, restApiId, guardedOrders(authorizerId, ['orders/write'])),
});
