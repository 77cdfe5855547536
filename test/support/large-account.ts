import type { SandboxAccount } from '../../sandbox/account-file';

/** How large an account is; every stage has a deployment of its own unless `shared`. */
export interface AccountSize {
  readonly apis: number;
  /** Of each API, the root included. */
  readonly resources: number;
  readonly stages: number;
  /** All stages of an API serve one deployment. */
  readonly shared?: boolean;
}

export const LARGE_ACCOUNT_ID = '111122223333';
export const LARGE_REGION = 'eu-west-1';

const POOL = `${LARGE_REGION}_Large`;
const POOL_ARN = `arn:aws:cognito-idp:${LARGE_REGION}:${LARGE_ACCOUNT_ID}:userpool/${POOL}`;
const FUNCTION_ARN = `arn:aws:lambda:${LARGE_REGION}:${LARGE_ACCOUNT_ID}:function:check`;
const URI = `arn:aws:apigateway:${LARGE_REGION}:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;
const PROXY = { type: 'AWS_PROXY', httpMethod: 'POST', uri: URI } as const;
const SCOPES = ['shop/read', 'shop/write'] as const;

/** What the rest of the account holds, besides APIs: for the formula of the calls. */
export const LARGE_REST = { clients: 5, resourceServers: 1, usagePlans: 1, domains: 2 } as const;

type Region = NonNullable<SandboxAccount['regions'][string]>;
type Api = NonNullable<Region['restApis']>[number];

const methodsOf = (index: number) => ({
  GET: {
    apiKeyRequired: false,
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId: 'pool',
    authorizationScopes: [SCOPES[index % SCOPES.length] ?? ''],
    methodIntegration: PROXY,
  },
  POST: {
    apiKeyRequired: index % 3 === 0,
    authorizationType: 'CUSTOM',
    authorizerId: 'check',
    methodIntegration: PROXY,
  },
});

const resourcesOf = (count: number): NonNullable<Api['resources']> => [
  { id: 'root', path: '/', resourceMethods: {} },
  ...Array.from({ length: count - 1 }, (_, index) => ({
    id: `r${index}`,
    parentId: 'root',
    pathPart: `things${index}`,
    path: `/things${index}`,
    resourceMethods: methodsOf(index),
  })),
];

const apiOf = (
  index: number,
  { stages, shared = false }: AccountSize,
  resources: NonNullable<Api['resources']>,
): Api => ({
  id: `api${String(index).padStart(6, '0')}`,
  name: `service ${index}`,
  rootResourceId: 'root',
  apiKeySource: 'HEADER',
  disableExecuteApiEndpoint: false,
  endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
  resources,
  authorizers: [
    {
      id: 'pool',
      name: 'pool',
      type: 'COGNITO_USER_POOLS',
      // One API of fifty names a pool that is gone.
      providerARNs: [index % 50 === 49 ? `${POOL_ARN}Gone` : POOL_ARN],
      identitySource: 'method.request.header.Authorization',
    },
    {
      id: 'check',
      name: 'check',
      type: 'TOKEN',
      authorizerUri: URI,
      identitySource: 'method.request.header.Authorization',
    },
  ],
  deployments: Array.from({ length: shared ? 1 : stages }, (_, stage) => ({
    id: `d${index}s${stage}`,
    createdDate: '2026-01-01T00:00:00Z',
  })),
  stages: Array.from({ length: stages }, (_, stage) => ({
    stageName: `stage${stage}`,
    deploymentId: `d${index}s${shared ? 0 : stage}`,
    lastUpdatedDate: '2026-01-02T00:00:00Z',
  })),
});

/** An account of one region, the same each time. */
export const largeAccount = (size: AccountSize): SandboxAccount => {
  // One object for all APIs: the sandbox reads them and changes nothing.
  const resources = resourcesOf(size.resources);
  return {
    accountId: LARGE_ACCOUNT_ID,
    regions: {
      [LARGE_REGION]: {
        restApis: Array.from({ length: size.apis }, (_, index) => apiOf(index, size, resources)),
        apiKeys: [{ id: 'key', name: 'partner', value: 'not-a-secret', enabled: true }],
        usagePlans: [
          {
            id: 'plan',
            name: 'partners',
            apiStages: Array.from({ length: size.apis }, (_, index) => ({
              apiId: `api${String(index).padStart(6, '0')}`,
              stage: 'stage0',
            })),
            keys: ['key'],
          },
        ],
        domainNames: Array.from({ length: LARGE_REST.domains }, (_, index) => ({
          domainName: `d${index}.example.com`,
          domainNameStatus: 'AVAILABLE',
          endpointConfiguration: { types: ['EDGE'] },
          routingMode: 'BASE_PATH_MAPPING_ONLY',
          basePathMappings: [
            { basePath: '(none)', restApiId: `api${String(index).padStart(6, '0')}`, stage: 'stage0' },
          ],
        })),
        userPools: [
          {
            Id: POOL,
            Name: 'customers',
            Arn: POOL_ARN,
            Domain: 'customers',
            clients: Array.from({ length: LARGE_REST.clients }, (_, index) => ({
              ClientId: `client${index}`,
              ClientName: `client ${index}`,
              UserPoolId: POOL,
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid', ...SCOPES],
              CallbackURLs: ['https://example.com/'],
              SupportedIdentityProviders: ['COGNITO'],
            })),
            resourceServers: [
              {
                Identifier: 'shop',
                Name: 'shop',
                Scopes: SCOPES.map((scope) => ({ ScopeName: scope.slice(5), ScopeDescription: scope })),
              },
            ],
          },
        ],
        functions: [
          {
            FunctionArn: FUNCTION_ARN,
            configuration: { State: 'Active', LastUpdateStatus: 'Successful', Runtime: 'nodejs24.x' },
          },
        ],
      },
    },
  };
};
