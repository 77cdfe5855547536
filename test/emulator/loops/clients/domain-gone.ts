import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { deleteDomain, machineToken, makeMachineClient, makePool } from '../../loop-kit/people';

export default defineLoop({
  family: 'client',
  fault: 'the user pool has no domain to get tokens from',
  rule: 'clients/user-pool-without-domain',
  atSignIn: true,
  leftToAws: { from: 'calls', because: 'MiniStack gives tokens at one address for all user pools' },
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: (world, { pool }) => deleteDomain(world, pool),
  subject: ({ pool }) => pool.id,
  fill: (_, { pool }) => ({ DOMAIN_PREFIX: pool.domain }),
});
