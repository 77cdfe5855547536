import { getOrdersWith } from './calls';
import { makeGuardedApi, type GuardedApi } from './guarded-api';
import { defineLoop, type Loop } from './loop';
import {
  makeClient,
  makePool,
  makeServerClient,
  setClient,
  type Client,
  type ClientSeed,
  type Pool,
} from './people';
import { pageSeed, signInByPage } from './sign-in-page';

/** People sign in at the pool's page, until the app client is set to this. */
export const pageLoop = ({
  client: fault,
  ...given
}: Pick<Loop, 'fault' | 'rule' | 'leftToAws' | 'atSignIn' | 'fill'> & {
  readonly client: ClientSeed;
}): Loop =>
  defineLoop<GuardedApi & { readonly pool: Pool; readonly client: Client }>({
    family: 'client',
    ...given,
    seed: async (world) => {
      const pool = await makePool(world);
      // Somebody else gets in whatever becomes of this one, so that the method is not closed to everybody.
      await makeServerClient(world, pool);
      const client = await makeClient(world, pool, { GenerateSecret: true, ...pageSeed() });
      return { ...(await makeGuardedApi(world, pool)), pool, client };
    },
    call: async (world, { restApiId, pool, client }) => {
      const { id, access = '' } = await signInByPage(world, pool, client);
      return getOrdersWith(restApiId, id ?? access);
    },
    breakIt: (world, { pool, client }) => setClient(world, pool, client, pageSeed(fault)),
    subject: ({ client }) => client.id,
  });
