import { getOrdersWith } from './calls';
import { makeGuardedApi, type GuardedApi } from './guarded-api';
import { defineLoop, type Loop } from './loop';
import { makePool, makeServerClient, signIn, type Client, type Pool } from './people';
import { deploy } from './seed';
import type { World } from './world';

interface Place extends GuardedApi {
  readonly pool: Pool;
  readonly client: Client;
}

/** People of a user pool call with their ID token, until this is done to the authorizer and deployed. */
export const authorizerLoop = ({
  change,
  ...given
}: Pick<Loop<Place>, 'fault' | 'rule' | 'leftToAws' | 'subject' | 'byHand'> & {
  readonly change: (world: World, place: Place) => Promise<void>;
}): Loop =>
  defineLoop<Place>({
    family: 'pool, authorizer',
    ...given,
    seed: async (world) => {
      const pool = await makePool(world);
      const client = await makeServerClient(world, pool);
      return { ...(await makeGuardedApi(world, pool)), pool, client };
    },
    call: async (world, { restApiId, pool, client }) =>
      getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
    breakIt: async (world, place) => {
      await change(world, place);
      await deploy(world, place.restApiId);
    },
  });
