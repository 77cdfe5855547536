import type { SandboxAccount } from '../../sandbox/account-file';

export const REGION = 'eu-west-1';
export const ACCOUNT_ID = '111122223333';

/** Each marks a secret: none may get past the collectors. */
export const SECRETS = {
  keyValue: 'PLANTED-key-value-0123456789abcdef',
  clientSecret: 'PLANTED-client-secret',
  environment: 'PLANTED-environment-value',
  originHeader: 'PLANTED-origin-header-value',
} as const;

export const POOL_ARN = `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${REGION}_Pets`;
const FOREIGN_POOL = `arn:aws:cognito-idp:${REGION}:999988887777:userpool/${REGION}_Other`;
const GONE_POOL = `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${REGION}_Gone`;
const FAR_POOL = `arn:aws:cognito-idp:ap-south-1:${ACCOUNT_ID}:userpool/ap-south-1_Far`;
const NEAR_POOL = `arn:aws:cognito-idp:eu-central-1:${ACCOUNT_ID}:userpool/eu-central-1_Near`;

export const functionArn = (name: string): string =>
  `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;

const uriOf = (arn: string): string =>
  `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;

const WEB_ACL = `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/webacl/edge/11111111-2222-3333-4444-555555555555`;
const CLASSIC_ACL = `arn:aws:waf-regional:${REGION}:${ACCOUNT_ID}:webacl/old`;

const PROXY = { type: 'AWS_PROXY', httpMethod: 'POST', uri: uriOf(functionArn('backend')) } as const;
const OPEN = { apiKeyRequired: false, authorizationType: 'NONE', methodIntegration: PROXY } as const;
const REGIONAL = { types: ['REGIONAL'], ipAddressType: 'ipv4' } as const;

const VISIBILITY = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'edge' };

const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** Distributions have many members that AWS always sends and nobody here reads. */
const distributions = (...all: readonly object[]): NonNullable<SandboxAccount['distributions']> =>
  all as NonNullable<SandboxAccount['distributions']>;

/** `keyed`: does POST /orders ask for an API key? */
const resources = (keyed: boolean) => [
  { id: 'root000001', path: '/', resourceMethods: { GET: OPEN } },
  {
    id: 'res0000001',
    parentId: 'root000001',
    pathPart: 'orders',
    path: '/orders',
    resourceMethods: {
      GET: {
        apiKeyRequired: false,
        authorizationType: 'COGNITO_USER_POOLS',
        authorizerId: 'auth01',
        authorizationScopes: ['orders/write', 'orders/read'],
        methodIntegration: PROXY,
      },
      POST: {
        apiKeyRequired: keyed,
        authorizationType: 'CUSTOM',
        authorizerId: 'auth02',
        methodIntegration: PROXY,
      },
    },
  },
  {
    id: 'res0000002',
    parentId: 'root000001',
    pathPart: '{proxy+}',
    path: '/{proxy+}',
    resourceMethods: {
      ANY: { apiKeyRequired: false, authorizationType: 'AWS_IAM', methodIntegration: PROXY },
    },
  },
];

/** Small, with something in every slice. */
export const ACCOUNT: SandboxAccount = {
  accountId: ACCOUNT_ID,
  regions: {
    [REGION]: {
      account: { cloudwatchRoleArn: 'arn:aws:iam::111122223333:role/logs', features: ['UsagePlans'] },
      restApis: [
        {
          id: 'orders0001',
          name: 'orders',
          rootResourceId: 'root000001',
          apiKeySource: 'HEADER',
          disableExecuteApiEndpoint: false,
          endpointConfiguration: REGIONAL,
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
            ],
          },
          resources: resources(true),
          authorizers: [
            {
              id: 'auth01',
              name: 'clients',
              type: 'COGNITO_USER_POOLS',
              authType: 'cognito_user_pools',
              identitySource: 'method.request.header.Authorization',
              providerARNs: [
                `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/\${stageVariables.pool}`,
                FOREIGN_POOL,
                GONE_POOL,
                FAR_POOL,
                NEAR_POOL,
              ],
            },
            {
              id: 'auth02',
              name: 'staff',
              type: 'TOKEN',
              authType: 'custom',
              authorizerUri: uriOf(functionArn('${stageVariables.guard}')),
              identitySource: 'method.request.header.Authorization',
            },
          ],
          gatewayResponses: [
            {
              responseType: 'DEFAULT_4XX',
              responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
            },
          ],
          stages: [
            {
              stageName: 'prod',
              deploymentId: 'dep001',
              variables: { pool: `${REGION}_Pets`, guard: 'guard:live' },
              webAclArn: WEB_ACL,
              canarySettings: {
                deploymentId: 'dep002',
                percentTraffic: 10,
                stageVariableOverrides: { guard: 'guard' },
              },
            },
            {
              stageName: 'copy',
              deploymentId: 'dep001',
              variables: { pool: `${REGION}_Pets`, guard: 'missing' },
              webAclArn: CLASSIC_ACL,
            },
            { stageName: 'test', deploymentId: 'dep003', variables: { pool: `${REGION}_Pets` } },
          ],
          deployments: [
            { id: 'dep001', createdDate: '2025-01-01T00:00:00Z' },
            { id: 'dep002', createdDate: '2025-02-01T00:00:00Z' },
            {
              id: 'dep003',
              createdDate: '2025-03-01T00:00:00Z',
              exportFails: true,
              frozen: { resources: resources(false) },
            },
            { id: 'dep004', createdDate: '2025-04-01T00:00:00Z' },
          ],
        },
        {
          id: 'empty00001',
          name: 'empty',
          rootResourceId: 'root000002',
          apiKeySource: 'HEADER',
          endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-1'] },
          resources: [{ id: 'root000002', path: '/' }],
        },
      ],
      usagePlans: [
        {
          id: 'plan01',
          name: 'partners',
          apiStages: [{ apiId: 'orders0001', stage: 'prod' }],
          keys: ['key01', 'key02'],
        },
        { id: 'plan02', name: 'nobody' },
      ],
      apiKeys: [
        { id: 'key01', name: 'acme', enabled: true, stageKeys: ['orders0001/prod'], value: SECRETS.keyValue },
        { id: 'key02', name: 'globex', enabled: false, value: `${SECRETS.keyValue}-2` },
      ],
      domainNames: [
        {
          domainName: 'api.example.com',
          endpointConfiguration: REGIONAL,
          securityPolicy: 'TLS_1_2',
          routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
          domainNameStatus: 'AVAILABLE',
          basePathMappings: [{ basePath: '(none)', restApiId: 'orders0001', stage: 'prod' }],
          apiMappings: [
            { ApiId: 'orders0001', Stage: 'prod', ApiMappingKey: '' },
            { ApiId: 'orders0001', Stage: 'test', ApiMappingKey: 'orders/v1' },
          ],
          routingRules: [
            {
              RoutingRuleId: 'rule01',
              Priority: 1,
              Conditions: [{ MatchBasePaths: { AnyOf: ['beta'] } }],
              Actions: [{ InvokeApi: { ApiId: 'orders0001', Stage: 'test', StripBasePath: true } }],
            },
          ],
        },
        {
          domainName: 'bare.example.com',
          endpointConfiguration: { types: ['EDGE'] },
          securityPolicy: 'TLS_1_0',
          domainNameStatus: 'AVAILABLE',
        },
      ],
      domainNameAccessAssociations: [
        {
          domainNameArn: `arn:aws:apigateway:${REGION}:${ACCOUNT_ID}:/domainnames/private.example.com+abc`,
          accessAssociationSource: 'vpce-1',
          accessAssociationSourceType: 'VPCE',
        },
      ],
      userPools: [
        {
          Id: `${REGION}_Pets`,
          Name: 'pets',
          Arn: POOL_ARN,
          Domain: 'pets',
          UserPoolTier: 'ESSENTIALS',
          LambdaConfig: { PreSignUp: functionArn('sign-up') },
          clients: ['web', 'mobile', 'batch'].map((ClientName, index) => ({
            UserPoolId: `${REGION}_Pets`,
            ClientId: `client${index}`,
            ClientName,
            ...(ClientName === 'batch' ? { ClientSecret: SECRETS.clientSecret } : {}),
          })),
          resourceServers: [
            { Identifier: 'orders', Name: 'orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'r' }] },
            { Identifier: 'stock', Name: 'stock', Scopes: [] },
          ],
          identityProviders: [{ ProviderName: 'Corp', ProviderType: 'SAML' }],
        },
      ],
      functions: [
        {
          FunctionArn: functionArn('guard'),
          configuration: {
            State: 'Active',
            Runtime: 'nodejs22.x',
            Environment: { Variables: { TOKEN: SECRETS.environment } },
          },
          aliases: { live: { FunctionVersion: '1' } },
          policies: { live: { Version: '2012-10-17', Statement: [] } },
          concurrency: 5,
        },
        { FunctionArn: functionArn('sign-up'), configuration: { State: 'Active' } },
      ],
      webAcls: [
        {
          Name: 'edge',
          Id: '11111111-2222-3333-4444-555555555555',
          ARN: WEB_ACL,
          DefaultAction: { Allow: {} },
          VisibilityConfig: VISIBILITY,
        },
      ],
      vpcEndpoints: [
        {
          VpcEndpointId: 'vpce-1',
          VpcId: 'vpc-1',
          State: 'Available',
          ServiceName: `com.amazonaws.${REGION}.execute-api`,
          PrivateDnsEnabled: true,
        },
      ],
    },
    'eu-central-1': {
      userPools: [{ Id: 'eu-central-1_Near', Name: 'near', Arn: NEAR_POOL }],
    },
  },
  distributions: distributions(
    {
      Id: 'E1',
      ARN: `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/E1`,
      Status: 'Deployed',
      DomainName: 'd1.cloudfront.net',
      Enabled: true,
      Staging: false,
      Aliases: { Quantity: 0 },
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: 'api',
            DomainName: `orders0001.execute-api.${REGION}.amazonaws.com`,
            OriginPath: '/prod',
            CustomHeaders: {
              Quantity: 1,
              Items: [{ HeaderName: 'X-Api-Key', HeaderValue: SECRETS.originHeader }],
            },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: 'api',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: 'own-cache',
        OriginRequestPolicyId: 'own-request',
      },
      CacheBehaviors: {
        Quantity: 1,
        Items: [
          {
            PathPattern: 'signed/*',
            TargetOriginId: 'api',
            ViewerProtocolPolicy: 'https-only',
            CachePolicyId: CACHING_OPTIMIZED,
            LambdaFunctionAssociations: {
              Quantity: 1,
              Items: [
                {
                  EventType: 'origin-request',
                  LambdaFunctionARN: `arn:aws:lambda:us-east-1:${ACCOUNT_ID}:function:sign:1`,
                },
              ],
            },
          },
        ],
      },
    },
    {
      Id: 'E3',
      ARN: `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/E3`,
      DomainName: 'd3.cloudfront.net',
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [{ Id: 'far', DomainName: 'far0000001.execute-api.us-east-1.amazonaws.com' }],
      },
      DefaultCacheBehavior: {
        TargetOriginId: 'far',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: CACHING_OPTIMIZED,
      },
    },
    {
      Id: 'E2',
      ARN: `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/E2`,
      DomainName: 'd2.cloudfront.net',
      Enabled: true,
      Origins: { Quantity: 1, Items: [{ Id: 's3', DomainName: 'pictures.s3.amazonaws.com' }] },
      DefaultCacheBehavior: {
        TargetOriginId: 's3',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: CACHING_OPTIMIZED,
      },
    },
  ),
  cachePolicies: [
    {
      Id: 'own-cache',
      LastModifiedTime: '2025-01-01T00:00:00Z',
      CachePolicyConfig: {
        Name: 'own',
        MinTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: false,
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Quantity: 1, Items: ['Authorization'] } },
          CookiesConfig: { CookieBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
        },
      },
    },
  ],
  originRequestPolicies: [
    {
      Id: 'own-request',
      LastModifiedTime: '2025-01-01T00:00:00Z',
      OriginRequestPolicyConfig: {
        Name: 'own',
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    },
  ],
};
