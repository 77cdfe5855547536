import {
  DeleteUserPoolClientCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makeClient, makePool } from '../../loop-kit/people';
import { signInBySrp } from '../../loop-kit/srp';

export default defineLoop({
  family: 'client',
  fault: 'the user pool has no app client any more',
  rule: 'cognito/user-pool-without-clients',
  atSignIn: true,
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    return { ...(await makeGuardedApi(world, pool)), pool, client };
  },
  // Whoever signs in takes the client that is there, once there is one again.
  call: async (world, { restApiId, pool, client }) => {
    const listed = await world.cognito.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id }));
    const id = listed.UserPoolClients?.[0]?.ClientId ?? client.id;
    return getOrdersWith(restApiId, await signInBySrp(world, pool, { ...client, id }));
  },
  breakIt: async ({ cognito }, { pool, client }) => {
    await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: client.id }));
  },
  subject: ({ pool }) => pool.id,
  fill: () => ({ CLIENT_NAME: 'caller' }),
});
