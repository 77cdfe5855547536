import { getOrdersWith, ORDERS } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, putMethod } from '../../loop-kit/seed';

export default defineLoop({
  family: 'AWS_IAM by mistake',
  fault: 'one method asks for AWS signatures, and its callers hold tokens',
  rule: 'authorizers/iam-among-bearer-methods',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    const api = await makeGuardedApi(world, pool);
    await putMethod(world, api.restApiId, { ...guardedOrders(api.authorizerId), verb: 'POST' });
    await deploy(world, api.restApiId);
    return { ...api, pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: async (world, { restApiId }) => {
    await putMethod(world, restApiId, { verb: 'GET', path: ORDERS, authorizationType: 'AWS_IAM' });
    await deploy(world, restApiId);
  },
});
