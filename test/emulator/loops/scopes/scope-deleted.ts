import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { defineScopes, machineToken, makeMachineClient, makePool } from '../../loop-kit/people';

export default defineLoop({
  family: 'scopes',
  fault: 'the app client lists a scope that its resource server no longer defines',
  rule: 'clients/undefined-scope-listed',
  leftToAws: { from: 'tokens', because: 'MiniStack issues scopes that no resource server defines' },
  seed: async (world) => {
    const pool = await makePool(world);
    await defineScopes(world, pool, 'list', 'read', 'write');
    const client = await makeMachineClient(world, pool, 'orders/list', 'orders/write');
    // Somebody else gets in by another scope, so that the method is not closed to everybody.
    await makeMachineClient(world, pool, 'orders/read');
    return { ...(await makeGuardedApi(world, pool, ['orders/read', 'orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: (world, { pool }) => defineScopes(world, pool, 'list', 'read'),
  subject: ({ client }) => client.id,
  unpasted: 'it takes the scope off the app client; here the scope is defined again',
  byHand: (world, { pool }) => defineScopes(world, pool, 'list', 'read', 'write'),
});
