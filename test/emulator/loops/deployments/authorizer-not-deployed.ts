import { getOrdersWith } from '../../loop-kit/calls';
import { draftLoop } from '../../loop-kit/draft-loop';
import { AUTHORIZATION, makeGuardedApi } from '../../loop-kit/guarded-api';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { patchAuthorizer } from '../../loop-kit/seed';

export default draftLoop({
  fault: 'the authorizer that reads the right header is not deployed',
  rule: 'deployment/authorizer-not-deployed',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    return { ...(await makeGuardedApi(world, pool)), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  refuses: (world, { restApiId, authorizerId }) =>
    patchAuthorizer(world, restApiId, authorizerId, '/identitySource', 'method.request.header.X-Token'),
  admits: (world, { restApiId, authorizerId }) =>
    patchAuthorizer(world, restApiId, authorizerId, '/identitySource', AUTHORIZATION),
});
