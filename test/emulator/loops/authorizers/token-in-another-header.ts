import { getOrdersWith } from '../../loop-kit/calls';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, patchAuthorizer } from '../../loop-kit/seed';

export default defineLoop({
  family: 'pool, authorizer',
  fault: 'the authorizer reads another header than the one with the token',
  rule: 'authorizers/token-source-unusual',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    return { ...(await makeGuardedApi(world, pool)), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await patchAuthorizer(world, restApiId, authorizerId, '/identitySource', 'method.request.header.X-Token');
    await deploy(world, restApiId);
  },
});
