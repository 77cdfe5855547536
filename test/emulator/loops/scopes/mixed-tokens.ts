import { getOrdersWith } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, putMethod, STAGE } from '../../loop-kit/seed';

const ADMIN = 'aws.cognito.signin.user.admin';

export default defineLoop({
  family: 'scopes',
  fault: 'one method wants ID tokens, its neighbour access tokens',
  rule: 'cognito/mixed-token-types',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    const api = await makeGuardedApi(world, pool);
    await putMethod(world, api.restApiId, { ...guardedOrders(api.authorizerId), path: '/users' });
    await deploy(world, api.restApiId);
    return { ...api, pool, client };
  },
  // Somebody who sends to all methods what opens the others.
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId, [ADMIN]));
    await deploy(world, restApiId);
  },
  subject: () => STAGE,
  // Which of the two it is to be, only people know.
  byHand: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId));
    await deploy(world, restApiId);
  },
});
