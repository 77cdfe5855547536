import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { machineSeed, machineToken, makeMachineClient, makePool, setClient } from '../../loop-kit/people';

export default defineLoop({
  family: 'client',
  fault: 'OAuth is switched off for the app client of a machine',
  rule: 'clients/oauth-disabled',
  atSignIn: true,
  leftToAws: { from: 'calls', because: 'MiniStack gives tokens to clients whose OAuth is off' },
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['orders/write'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await machineToken(world, pool, client)),
  breakIt: (world, { pool, client }) =>
    setClient(world, pool, client, {
      ...machineSeed(['orders/write']),
      AllowedOAuthFlowsUserPoolClient: false,
    }),
  subject: ({ client }) => client.id,
});
