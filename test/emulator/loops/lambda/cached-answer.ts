import { getOrdersWith, ORDERS } from '../../loop-kit/calls';
import { guardedOrders } from '../../loop-kit/guarded-api';
import { makeLambdaGuardedApi, TOKEN } from '../../loop-kit/lambda-guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, patchAuthorizer, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'Lambda authorizer',
  fault: 'a cached answer about one method refuses another',
  rule: 'lambda-authorizer/cached-answer-spans-routes',
  untoldBecause: 'what a function answers is in its code',
  seed: async (world) => {
    const api = await makeLambdaGuardedApi(world, { wholeStage: false });
    await putMethod(world, api.restApiId, {
      ...guardedOrders(api.authorizerId, [], 'CUSTOM'),
      path: '/users',
    });
    await deploy(world, api.restApiId);
    return api;
  },
  // Asking about another method first fills the cache.
  call: async (world, { restApiId }) => {
    await world.send(getOrdersWith(restApiId, TOKEN, { path: '/users' }));
    return getOrdersWith(restApiId, TOKEN, { path: ORDERS });
  },
  breakIt: async (world, { restApiId, authorizerId }) => {
    await patchAuthorizer(world, restApiId, authorizerId, '/authorizerResultTtlInSeconds', '300');
    await deploy(world, restApiId);
  },
});
