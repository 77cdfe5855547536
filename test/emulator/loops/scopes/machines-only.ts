import { getOrdersWith } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi, TAKES_ACCESS_TOKENS } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { machineToken, makeMachineClient, makePool } from '../../loop-kit/people';
import { deploy, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'scopes',
  fault: 'the method takes ID tokens, and its only app client is a machine',
  rule: 'cognito/id-token-unobtainable',
  leftToAws: TAKES_ACCESS_TOKENS,
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId));
    await deploy(world, restApiId);
  },
});
