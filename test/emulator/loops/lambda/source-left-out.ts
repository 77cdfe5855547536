import { getOrdersWith } from '../../loop-kit/calls';
import { AUTHORIZATION } from '../../loop-kit/guarded-api';
import { makeLambdaGuardedApi, TOKEN } from '../../loop-kit/lambda-guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, patchAuthorizer } from '../../loop-kit/seed';

export default defineLoop({
  family: 'Lambda authorizer',
  fault: 'callers leave out an identity source',
  rule: 'lambda-authorizer/identity-source-optional',
  seed: (world) => makeLambdaGuardedApi(world, { type: 'REQUEST', ttl: 300 }),
  call: async (_, { restApiId }) => getOrdersWith(restApiId, TOKEN),
  breakIt: async (world, { restApiId, authorizerId }) => {
    const sources = `${AUTHORIZATION},method.request.querystring.tenant`;
    await patchAuthorizer(world, restApiId, authorizerId, '/identitySource', sources);
    await deploy(world, restApiId);
  },
});
