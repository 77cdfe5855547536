import type { Account, Slices } from '../../lambda/model/account';
import type { GatewayResponse, RestApi } from '../../lambda/model/rest-api';
import type { UserPoolEntry } from '../../lambda/model/user-pool';
import {
  account,
  cognitoAuthorizer,
  gatewayResponse,
  guarded,
  machineClient,
  restApi,
  stage,
  userPool,
  webClient,
} from '../support/build';

/** What one file of a golden account brings. */
export type Area = Partial<Slices> & { readonly restApis?: readonly RestApi[] };

/** One account of several areas. */
export const accountOf = (areas: readonly Area[], given: Parameters<typeof account>[0] = {}): Account => {
  const all = <Item>(listOf: (area: Area) => readonly Item[] | undefined): readonly Item[] =>
    areas.flatMap((area) => listOf(area) ?? []);
  return account({
    restApis: all((area) => area.restApis),
    usagePlans: all((area) => area.usagePlans),
    apiKeys: all((area) => area.apiKeys),
    domains: all((area) => area.domains),
    domainAccessAssociations: all((area) => area.domainAccessAssociations),
    userPools: all((area) => area.userPools),
    functions: all((area) => area.functions),
    vpcEndpoints: all((area) => area.vpcEndpoints),
    webAcls: all((area) => area.webAcls),
    distributions: all((area) => area.distributions),
    callerRoles: all((area) => area.callerRoles),
    ...given,
  });
};

type Served = NonNullable<Parameters<typeof stage>[1]>;

/** A stage whose access log holds the reasons of refusals. */
export const loggedStage = (
  name: string,
  served: Served,
  given: Parameters<typeof stage>[2] = {},
): ReturnType<typeof stage> =>
  stage(name, served, {
    accessLogFormat: '$context.requestId $context.error.message $context.authorize.error',
    ...given,
  });

/** An API whose stage `prod` serves its draft and logs why it refuses. */
export const loggedApi = (name: string, served: Served, given: Parameters<typeof restApi>[1] = {}): RestApi =>
  restApi(name, { ...served, stages: [loggedStage('prod', served)], ...given });

/** A pool with `orders/read` and clients that can get it, by OAuth alone: nothing is wrong with it. */
export const ordersPool = (id: string, given: Parameters<typeof userPool>[1] = {}): UserPoolEntry =>
  userPool(id, {
    clients: [machineClient(`batch-of-${id}`, ['orders/read']), webClient('site', ['openid', 'orders/read'])],
    resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
    ...given,
  });

/** `GET /orders` with the scope `orders/read`, behind a Cognito authorizer of this pool. */
export const ordersApi = (
  name: string,
  pool: Pick<UserPoolEntry, 'arn'>,
  authorizer: Parameters<typeof cognitoAuthorizer>[2] = {},
): RestApi =>
  loggedApi(name, {
    methods: [guarded('GET', '/orders', 'pool', ['orders/read'])],
    authorizers: [cognitoAuthorizer('pool', [pool.arn], authorizer)],
  });

/** Refusals that browsers may read. */
export const READABLE_REFUSALS: readonly GatewayResponse[] = [
  gatewayResponse('DEFAULT_4XX', { status: null, headers: { 'access-control-allow-origin': "'*'" } }),
];
