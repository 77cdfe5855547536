import { getOrdersWith } from '../../loop-kit/calls';
import { deleteFunction, makeFunction, putFunction, triggerSeed } from '../../loop-kit/functions';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, setTriggers, signIn } from '../../loop-kit/people';

export default defineLoop({
  family: 'client',
  fault: 'the function of a trigger of the user pool is deleted',
  rule: 'clients/trigger-function-missing',
  atSignIn: true,
  leftToAws: { from: 'calls', because: 'MiniStack goes on without the function of this trigger' },
  seed: async (world) => {
    const pool = await makePool(world);
    const fn = await makeFunction(world, triggerSeed(pool));
    await setTriggers(world, pool, { PreTokenGeneration: fn.arn });
    const client = await makeServerClient(world, pool);
    return { ...(await makeGuardedApi(world, pool)), pool, client, fn };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: (world, { fn }) => deleteFunction(world, fn),
  subject: ({ pool }) => pool.id,
  // The code of a function is nothing that a command could hold.
  byHand: (world, { pool, fn }) => putFunction(world, fn.name, triggerSeed(pool)),
});
