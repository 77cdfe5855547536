import { ORDERS } from './calls';
import { deploy, makeApi, makeAuthorizer, putMethod, type MethodSeed } from './seed';
import type { Pool } from './people';
import type { World } from './world';

export interface GuardedApi {
  readonly restApiId: string;
  readonly authorizerId: string;
}

export const AUTHORIZATION = 'method.request.header.Authorization';

/** Why calls by access tokens are left to AWS where a method lists no scopes (COG-5). */
export const TAKES_ACCESS_TOKENS = {
  from: 'calls',
  because: 'MiniStack takes access tokens where AWS takes ID tokens only',
} as const;

/** `GET /orders` behind an authorizer, as a method to put. */
export const guardedOrders = (
  authorizerId: string,
  authorizationScopes: readonly string[] = [],
  authorizationType: 'COGNITO_USER_POOLS' | 'CUSTOM' = 'COGNITO_USER_POOLS',
): MethodSeed => ({
  verb: 'GET',
  path: ORDERS,
  authorizationType,
  authorizerId,
  ...(authorizationScopes.length === 0 ? {} : { authorizationScopes: [...authorizationScopes] }),
});

/** An API whose `GET /orders` is behind a Cognito authorizer of the pool, deployed. */
export const makeGuardedApi = async (
  world: World,
  pool: Pool,
  scopes: readonly string[] = [],
): Promise<GuardedApi> => {
  const restApiId = await makeApi(world);
  const authorizerId = await makeAuthorizer(world, {
    restApiId,
    type: 'COGNITO_USER_POOLS',
    providerARNs: [pool.arn],
    identitySource: AUTHORIZATION,
  });
  await putMethod(world, restApiId, guardedOrders(authorizerId, scopes));
  await deploy(world, restApiId);
  return { restApiId, authorizerId };
};
