import { UpdateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makeClient, makePool } from '../../loop-kit/people';
import { signInBySrp } from '../../loop-kit/srp';

export default defineLoop({
  family: 'client',
  fault: 'the app client allows no flow to sign in by',
  rule: 'clients/no-sign-in-flow',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    return { ...(await makeGuardedApi(world, pool)), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await signInBySrp(world, pool, client)),
  breakIt: async ({ cognito }, { pool, client }) => {
    await cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: pool.id,
        ClientId: client.id,
        ClientName: 'caller',
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
  },
  subject: ({ client }) => client.id,
});
