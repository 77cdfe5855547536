import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makeClient, makePool, setClient } from '../../loop-kit/people';
import { signInBySrp } from '../../loop-kit/srp';

export default defineLoop({
  family: 'client',
  fault: 'the app client allows no flow to sign in by',
  rule: 'clients/no-sign-in-flow',
  atSignIn: true,
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    return { ...(await makeGuardedApi(world, pool)), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await signInBySrp(world, pool, client)),
  breakIt: (world, { pool, client }) =>
    setClient(world, pool, client, { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }),
  subject: ({ client }) => client.id,
});
