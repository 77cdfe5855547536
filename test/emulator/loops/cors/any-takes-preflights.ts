import { getOrders, ORDERS } from '../../loop-kit/calls';
import { guardedOrders, makeGuardedApi } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient } from '../../loop-kit/people';
import { preflightOf } from '../../loop-kit/preflight';
import { deploy, putMethod, removeMethod } from '../../loop-kit/seed';

const options = { verb: 'OPTIONS', path: ORDERS };

export default defineLoop({
  family: 'CORS',
  fault: 'a guarded ANY method takes the preflights',
  rule: 'cors/preflight-needs-authorization',
  seed: async (world) => {
    const pool = await makePool(world);
    await makeServerClient(world, pool);
    const api = await makeGuardedApi(world, pool);
    await putMethod(world, api.restApiId, { ...guardedOrders(api.authorizerId), verb: 'ANY' });
    await putMethod(world, api.restApiId, options);
    await deploy(world, api.restApiId);
    return api;
  },
  call: async (_, { restApiId }) => preflightOf(getOrders(restApiId), 'GET'),
  breakIt: async (world, { restApiId }) => {
    await removeMethod(world, restApiId, options);
    await deploy(world, restApiId);
  },
});
