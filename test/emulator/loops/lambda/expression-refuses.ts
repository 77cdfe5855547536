import { getOrdersWith } from '../../loop-kit/calls';
import { makeLambdaGuardedApi, TOKEN } from '../../loop-kit/lambda-guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, patchAuthorizer } from '../../loop-kit/seed';

export default defineLoop({
  family: 'Lambda authorizer',
  fault: 'the validation expression does not match what callers send',
  rule: 'authorizers/validation-rejects-tokens',
  seed: (world) => makeLambdaGuardedApi(world),
  call: async (_, { restApiId }) => getOrdersWith(restApiId, TOKEN),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await patchAuthorizer(world, restApiId, authorizerId, '/identityValidationExpression', '^JWT .+$');
    await deploy(world, restApiId);
  },
});
