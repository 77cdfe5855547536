import { getOrdersWith } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { machineToken, makeMachineClient, makePool } from '../../loop-kit/people';
import { deploy, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'scopes',
  fault: 'the method names a scope without its resource server',
  rule: 'cognito/scope-undefined',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId, ['write']));
    await deploy(world, restApiId);
  },
});
