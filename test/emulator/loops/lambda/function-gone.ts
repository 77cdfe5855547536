import { getOrdersWith } from '../../loop-kit/calls';
import { authorizerSeed, deleteFunction, putFunction } from '../../loop-kit/functions';
import { makeLambdaGuardedApi, TOKEN } from '../../loop-kit/lambda-guarded-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'Lambda authorizer',
  fault: 'the function of the authorizer is deleted',
  rule: 'lambda-authorizer/function-missing',
  seed: (world) => makeLambdaGuardedApi(world),
  call: async (_, { restApiId }) => getOrdersWith(restApiId, TOKEN),
  breakIt: (world, { fn }) => deleteFunction(world, fn),
  subject: ({ fn }) => fn.name,
  // The code of a function is nothing that a command could hold.
  byHand: (world, { fn }) => putFunction(world, fn.name, authorizerSeed(world)),
});
