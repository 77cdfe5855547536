import { getOrdersWith } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makeMachineClient, makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'scopes',
  fault: 'the method wants a scope that SDK sign-in never yields',
  rule: 'cognito/scope-only-by-oauth',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    // Somebody else gets the scope, so that the method is not closed to everybody.
    await makeMachineClient(world, pool, 'orders/write');
    return { ...(await makeGuardedApi(world, pool, ['aws.cognito.signin.user.admin'])), pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).access),
  breakIt: async (world, { restApiId, authorizerId }) => {
    await putMethod(world, restApiId, guardedOrders(authorizerId, ['orders/write']));
    await deploy(world, restApiId);
  },
});
