import { authorizerSeed, makeFunction, makeLambdaAuthorizer, type LoopFunction } from './functions';
import { guardedOrders } from './guarded-api';
import { deploy, makeApi, putMethod } from './seed';
import type { World } from './world';

export interface LambdaGuardedApi {
  readonly restApiId: string;
  readonly authorizerId: string;
  readonly fn: LoopFunction;
}

/** What the function of these loops lets in. */
export const TOKEN = 'letmein';

/** An API whose `GET /orders` is behind a Lambda authorizer, deployed. */
export const makeLambdaGuardedApi = async (
  world: World,
  {
    type = 'TOKEN',
    ttl = 0,
    wholeStage = true,
  }: { readonly type?: 'TOKEN' | 'REQUEST'; readonly ttl?: number; readonly wholeStage?: boolean } = {},
): Promise<LambdaGuardedApi> => {
  const restApiId = await makeApi(world);
  const fn = await makeFunction(world, authorizerSeed(world, { wholeStage }));
  const authorizerId = await makeLambdaAuthorizer(world, restApiId, fn, type, ttl);
  await putMethod(world, restApiId, guardedOrders(authorizerId, [], 'CUSTOM'));
  await deploy(world, restApiId);
  return { restApiId, authorizerId, fn };
};
