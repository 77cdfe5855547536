import type {
  Account,
  ApiKey,
  FunctionEntry,
  SharedAccount,
  Slices,
  UsagePlan,
} from '../../lambda/model/account';
import type { DomainName, VpcEndpoint } from '../../lambda/model/edge';
import { known, unreadable, type Known, type Unreadable } from '../../lambda/model/known';
import type { Integration, Method } from '../../lambda/model/method';
import type {
  Authorizer,
  Canary,
  GatewayResponse,
  RestApi,
  Snapshot,
  Stage,
} from '../../lambda/model/rest-api';
import type { AppClient, AppClientSettings, UserPool, UserPoolEntry } from '../../lambda/model/user-pool';

/** Builders make the smallest healthy thing; a test states only its difference. No two things share a value by accident. */
export const ACCOUNT_ID = '222233334444';
export const REGION = 'eu-west-1';

/** A read that failed; the words name what was asked. */
export const denied = (operation: string, subject = 'the thing under test'): Unreadable =>
  unreadable({
    because: 'denied',
    operation,
    subject,
    permission: `test:${operation}`,
    detail: `${operation} was denied for ${subject}`,
  });

type Plain<T> = { readonly [K in keyof T]?: T[K] extends Known<infer V> ? V | Unreadable : T[K] };

const wrap = <T>(value: T | Unreadable): Known<T> =>
  typeof value === 'object' && value !== null && 'state' in value && value.state === 'unreadable'
    ? value
    : known(value as T);

/** `method('GET', '/pets', { authorizationType: 'AWS_IAM' })`; open by default. */
export const method = (verb: string, path: string, given: Plain<Method> = {}): Method => ({
  verb,
  path,
  authorizationType: wrap(given.authorizationType ?? 'NONE'),
  authorizer: wrap(given.authorizer ?? null),
  scopes: wrap(given.scopes ?? []),
  apiKeyRequired: wrap(given.apiKeyRequired ?? false),
  integration: wrap<Integration | null>(
    given.integration ?? { type: 'AWS_PROXY', uri: null, credentials: null, answers: [] },
  ),
  ...(given.resourceId === undefined ? {} : { resourceId: given.resourceId }),
});

/** A method behind a Cognito authorizer, by the authorizer's key. */
export const guarded = (
  verb: string,
  path: string,
  authorizer: string,
  scopes: readonly string[] = [],
): Method => method(verb, path, { authorizationType: 'COGNITO_USER_POOLS', authorizer, scopes });

/** A method behind a Lambda authorizer. */
export const custom = (verb: string, path: string, authorizer: string, given: Plain<Method> = {}): Method =>
  method(verb, path, { authorizationType: 'CUSTOM', authorizer, ...given });

/** A mock CORS preflight as the console makes it. */
export const preflight = (
  path: string,
  allowHeaders = "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
): Method =>
  method('OPTIONS', path, {
    integration: {
      type: 'MOCK',
      uri: null,
      credentials: null,
      answers: [
        {
          statusCode: '200',
          headers: {
            'access-control-allow-headers': allowHeaders,
            'access-control-allow-methods': "'*'",
            'access-control-allow-origin': "'*'",
          },
        },
      ],
    },
  });

export const poolArn = (id: string, region = REGION, accountId = ACCOUNT_ID): string =>
  `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`;

export const cognitoAuthorizer = (
  name: string,
  providerArns: readonly string[],
  given: Partial<Authorizer> = {},
): Authorizer => ({
  key: name,
  id: `id-${name}`,
  name,
  kind: 'COGNITO_USER_POOLS',
  providerArns,
  uri: null,
  credentials: null,
  identitySources: ['method.request.header.Authorization'],
  validationExpression: null,
  resultTtl: null,
  ...given,
});

export const functionArn = (name: string): string =>
  `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;

export const lambdaAuthorizer = (name: string, given: Partial<Authorizer> = {}): Authorizer => ({
  key: name,
  id: `id-${name}`,
  name,
  kind: 'TOKEN',
  providerArns: [],
  uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`,
  credentials: null,
  identitySources: ['method.request.header.Authorization'],
  validationExpression: null,
  resultTtl: 300,
  ...given,
});

/** The 4XX family as AWS ships it, with some rows customised. */
export const gatewayResponse = (type: string, given: Partial<GatewayResponse> = {}): GatewayResponse => ({
  type,
  status: 403,
  headers: {},
  templates: { 'application/json': '{"message":$context.error.messageString}' },
  customised: true,
  ...given,
});

export const snapshot = (given: Plain<Snapshot> = {}): Snapshot => ({
  methods: wrap(given.methods ?? []),
  authorizers: wrap(given.authorizers ?? []),
  policy: wrap(given.policy ?? null),
  gatewayResponses: wrap(given.gatewayResponses ?? []),
});

export const canary = (given: Partial<Canary> = {}): Canary => ({
  deploymentId: 'dep-canary',
  percentTraffic: 10,
  variableOverrides: {},
  snapshot: snapshot(),
  ...given,
});

/** A stage that serves what it is given. */
export const stage = (name: string, served: Plain<Snapshot> = {}, given: Partial<Stage> = {}): Stage => ({
  name,
  deploymentId: `dep-${name}`,
  variables: {},
  webAclArn: null,
  cacheClusterEnabled: false,
  methodSettings: {},
  accessLogFormat: null,
  canary: null,
  snapshot: snapshot(served),
  ...given,
});

interface ApiGiven extends Omit<Partial<RestApi>, 'stages' | 'draft' | 'resourcePaths'>, Plain<Snapshot> {
  /** Names: stages that serve the draft as it is. */
  readonly stages?: readonly (string | Stage)[] | Unreadable;
  readonly resourcePaths?: readonly string[] | Unreadable;
}

/** An API whose stage `prod` serves its draft; `methods`, `authorizers`, `policy`, `gatewayResponses` are the draft's. */
export const restApi = (name: string, given: ApiGiven = {}): RestApi => {
  const { methods, authorizers, policy, gatewayResponses, stages = ['prod'], resourcePaths, ...rest } = given;
  const served: Plain<Snapshot> = {
    ...(methods === undefined ? {} : { methods }),
    ...(authorizers === undefined ? {} : { authorizers }),
    ...(policy === undefined ? {} : { policy }),
    ...(gatewayResponses === undefined ? {} : { gatewayResponses }),
  };
  const draft = snapshot(served);
  const paths =
    draft.methods.state === 'known'
      ? [...new Set(['/', ...draft.methods.value.map(({ path }) => path)])]
      : [];
  return {
    id: `id${name}`,
    name,
    endpointTypes: ['REGIONAL'],
    vpcEndpointIds: [],
    ipAddressType: 'ipv4',
    disableExecuteApiEndpoint: false,
    apiKeySource: 'HEADER',
    endpointAccessMode: null,
    resourcePaths: wrap(resourcePaths ?? paths),
    draft,
    stages:
      'state' in stages
        ? stages
        : known(stages.map((one) => (typeof one === 'string' ? stage(one, served) : one))),
    newestDeployment: known(null),
    ...rest,
  };
};

/** An app client of a browser or mobile app that signs in through the SDK. */
export const appClient = (name: string, given: Partial<AppClientSettings> | Unreadable = {}): AppClient => ({
  id: `client-${name}`,
  name,
  settings:
    'state' in given
      ? given
      : known({
          hasSecret: false,
          explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
          oauthEnabled: false,
          oauthFlows: [],
          oauthScopes: [],
          callbackUrls: [],
          identityProviders: ['COGNITO'],
          accessTokenValidity: { value: null, unit: 'hours' },
          idTokenValidity: { value: null, unit: 'hours' },
          refreshTokenValidity: { value: null, unit: 'days' },
          updateInput: { UserPoolId: 'eu-west-1_pool', ClientId: `client-${name}`, ClientName: name },
          ...given,
        }),
});

/** An app client of a service: client credentials, with a secret. */
export const machineClient = (name: string, scopes: readonly string[]): AppClient =>
  appClient(name, {
    hasSecret: true,
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    oauthEnabled: true,
    oauthFlows: ['client_credentials'],
    oauthScopes: scopes,
  });

/** An app client of a web application with the authorization code flow only. */
export const webClient = (name: string, scopes: readonly string[]): AppClient =>
  appClient(name, {
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    oauthEnabled: true,
    oauthFlows: ['code'],
    oauthScopes: scopes,
    callbackUrls: [`https://${name}.example.com/callback`],
  });

/** A pool with a domain, known under its id, such as `eu-west-1_Pets`. */
export const userPool = (id: string, given: Plain<UserPool> = {}): UserPoolEntry => {
  const { clients, resourceServers, identityProviders, domainStatus, arn = poolArn(id), ...rest } = given;
  return {
    arn,
    pool: known({
      arn,
      id,
      name: `pool-${id}`,
      tier: 'ESSENTIALS',
      issuerType: 'ORIGINAL',
      domain: `domain-of-${id.toLowerCase().replace('_', '-')}`,
      customDomain: null,
      domainStatus: wrap(domainStatus ?? 'ACTIVE'),
      triggers: {},
      preTokenGeneration: null,
      estimatedUsers: 12,
      clients: wrap(clients ?? []),
      resourceServers: wrap(resourceServers ?? []),
      identityProviders: wrap(identityProviders ?? []),
      ...rest,
    }),
  };
};

/** A pool that Cognito says does not exist. */
export const deletedPool = (id: string): UserPoolEntry => ({ arn: poolArn(id), pool: known(null) });

export const usagePlan = (
  name: string,
  apiStages: readonly (readonly [apiId: string, stage: string])[],
  keyIds: readonly string[] | Unreadable = [],
): UsagePlan => ({
  id: `plan-${name}`,
  name,
  apiStages: apiStages.map(([restApiId, stageName]) => ({ restApiId, stage: stageName })),
  keyIds: wrap(keyIds),
});

/** @param stageKeys `restApiId/stage`; in force only where usage plans are not enabled */
export const apiKey = (name: string, enabled = true, stageKeys: readonly string[] = []): ApiKey => ({
  id: `key-${name}`,
  name,
  enabled,
  stageKeys,
});

const LOGS_ROLE = 'arn:aws:iam::222233334444:role/logs';

/** API Gateway's settings of a region that had keys before there were usage plans, and never enabled them. */
export const BEFORE_USAGE_PLANS = {
  cloudwatchRoleArn: LOGS_ROLE,
  features: [],
} as const;

export const domainName = (name: string, given: Plain<DomainName> = {}): DomainName => {
  const { mappings, routingRules, ...rest } = given;
  return {
    arn: `arn:aws:apigateway:${REGION}::/domainnames/${name}`,
    name,
    id: null,
    endpointTypes: ['REGIONAL'],
    status: 'AVAILABLE',
    statusMessage: null,
    securityPolicy: 'TLS_1_2',
    endpointAccessMode: null,
    mutualTls: null,
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    policy: null,
    mappings: wrap(mappings ?? []),
    routingRules: wrap(routingRules ?? []),
    ...rest,
  };
};

export const vpcEndpoint = (id: string, given: Partial<VpcEndpoint> = {}): VpcEndpoint => ({
  id,
  vpcId: `vpc-of-${id}`,
  state: 'available',
  privateDnsEnabled: true,
  policy: null,
  ...given,
});

export const lambdaFunction = (
  name: string,
  given: Plain<Omit<FunctionEntry, 'arn'>> = {},
): FunctionEntry => ({
  arn: functionArn(name),
  configuration: wrap(
    given.configuration === undefined
      ? { state: 'Active', lastUpdateStatus: 'Successful', runtime: 'nodejs24.x' }
      : given.configuration,
  ),
  policy: wrap(given.policy ?? null),
  reservedConcurrency: wrap(given.reservedConcurrency ?? null),
});

/** The text of a resource policy. */
export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (given: object = {}): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: '*',
  ...given,
});

export const deny = (given: object = {}): object => ({ ...allow(given), Effect: 'Deny' });

type SlicesGiven = { readonly [K in keyof Slices]?: Slices[K] | Unreadable };

interface AccountGiven extends SlicesGiven, Partial<Omit<SharedAccount, 'slices'>> {
  readonly restApis?: readonly RestApi[] | Unreadable;
}

/** An account of one region; what is not given is there, known and empty. */
export const account = (given: AccountGiven = {}): Account => ({
  schemaVersion: 1,
  accountId: given.accountId ?? ACCOUNT_ID,
  partition: given.partition ?? 'aws',
  region: given.region ?? REGION,
  collectedAt: given.collectedAt ?? '2026-11-23T09:00:00.000Z',
  scannedRegions: given.scannedRegions ?? [REGION],
  restApis: wrap(given.restApis ?? []),
  slices: {
    usagePlans: wrap(given.usagePlans ?? []),
    apiKeys: wrap(given.apiKeys ?? []),
    domains: wrap(given.domains ?? []),
    domainAccessAssociations: wrap(given.domainAccessAssociations ?? []),
    userPools: wrap(given.userPools ?? []),
    functions: wrap(given.functions ?? []),
    vpcEndpoints: wrap(given.vpcEndpoints ?? []),
    webAcls: wrap(given.webAcls ?? []),
    distributions: wrap(given.distributions ?? []),
    gatewayAccount: wrap(given.gatewayAccount ?? { cloudwatchRoleArn: LOGS_ROLE, features: ['UsagePlans'] }),
    callerRoles: wrap(given.callerRoles ?? []),
  },
});
