import { getOrdersWith } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi, TAKES_ACCESS_TOKENS } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, putMethod } from '../../loop-kit/seed';

const ADMIN = 'aws.cognito.signin.user.admin';

export default defineLoop({
  family: 'scopes',
  fault: 'the method lists no scope, and its callers send access tokens',
  rule: 'cognito/id-token-required',
  leftToAws: TAKES_ACCESS_TOKENS,
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    return { ...(await makeGuardedApi(world, pool, [ADMIN])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).access),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId));
    await deploy(world, restApiId);
  },
  // Which token callers are to send, only people know.
  byHand: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId, [ADMIN]));
    await deploy(world, restApiId);
  },
});
