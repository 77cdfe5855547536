import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { allowScopes, machineToken, makeMachineClient, makePool } from '../../loop-kit/people';

export default defineLoop({
  family: 'scopes',
  fault: 'the app client may not ask for the scope that the method wants',
  rule: 'cognito/scope-no-client-may-request',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: (world, { pool, client }) => allowScopes(world, pool, client, 'orders/read'),
  subject: ({ pool }) => pool.id,
});
