import { getOrdersWith } from '../../loop-kit/calls';
import { AUTHORIZATION, guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { deletePool, makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, makeAuthorizer, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'pool, authorizer',
  fault: 'the user pool that the authorizer trusts is deleted',
  rule: 'cognito/user-pool-missing',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    return { ...(await makeGuardedApi(world, pool)), pool, client, old: await makePool(world) };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: async (world, { restApiId, old }) => {
    const authorizerId = await makeAuthorizer(world, {
      restApiId,
      name: 'forgotten',
      type: 'COGNITO_USER_POOLS',
      providerARNs: [old.arn],
      identitySource: AUTHORIZATION,
    });
    await putMethod(world, restApiId, guardedOrders(authorizerId));
    await deploy(world, restApiId);
    await deletePool(world, old);
  },
  subject: ({ old }) => old.id,
  fill: (_, { pool }) => ({ USER_POOL_ARN: pool.arn }),
});
