import { getOrdersWith } from '../../loop-kit/calls';
import { makeFunction, triggerSeed } from '../../loop-kit/functions';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makeClient, makePool, setTriggers, signInByQuestions } from '../../loop-kit/people';

const triggersOf = (arn: string): Readonly<Record<string, string>> => ({
  DefineAuthChallenge: arn,
  CreateAuthChallenge: arn,
  VerifyAuthChallengeResponse: arn,
});

export default defineLoop({
  family: 'client',
  fault: 'sign-in is made of questions, and the triggers that ask them are gone',
  rule: 'clients/custom-auth-without-triggers',
  atSignIn: true,
  seed: async (world) => {
    const pool = await makePool(world);
    const fn = await makeFunction(world, triggerSeed(pool));
    await setTriggers(world, pool, triggersOf(fn.arn));
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    return { ...(await makeGuardedApi(world, pool)), pool, client, fn };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, await signInByQuestions(world, pool, client)),
  breakIt: (world, { pool }) => setTriggers(world, pool, {}),
  subject: ({ client }) => client.id,
  // An update of a pool resets what is not sent, so no command is printed.
  byHand: (world, { pool, fn }) => setTriggers(world, pool, triggersOf(fn.arn)),
});
