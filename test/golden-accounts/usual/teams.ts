import {
  allow,
  apiKey,
  appClient,
  canary,
  cognitoAuthorizer,
  custom,
  domainName,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  machineClient,
  method,
  policy,
  preflight,
  snapshot,
  stage,
  usagePlan,
  userPool,
} from '../../support/build';
import { loggedApi, loggedStage, ordersPool, READABLE_REFUSALS, type Area } from '../area';

const BROWSER = { oauthEnabled: true, oauthFlows: ['code'], callbackUrls: ['https://example.com'] };

/** As the CDK and Amplify make clients: OAuth switched on, and a pool without domain, because people sign in through the SDK. */
const sdkPool = userPool('eu-west-1_Sdk', {
  domain: null,
  clients: [
    appClient('cdk', { ...BROWSER, explicitAuthFlows: null, oauthScopes: ['openid', 'email', 'profile'] }),
    appClient('amplify', { ...BROWSER, oauthScopes: ['openid', 'aws.cognito.signin.user.admin'] }),
  ],
});
/** Clients from before flows had the prefix ALLOW_, and one that signs in by messages. */
const oldPool = userPool('eu-west-1_Old', {
  clients: [
    appClient('server', { explicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }),
    appClient('phone', { explicitAuthFlows: ['USER_PASSWORD_AUTH'] }),
  ],
});
const machines = ordersPool('eu-west-1_Machines', {
  clients: [machineClient('reader', ['orders/read']), machineClient('writer', ['orders/write'])],
  resourceServers: [{ identifier: 'orders', scopeNames: ['read', 'write'] }],
  estimatedUsers: 0,
});

const me = guarded('GET', '/me', 'pool');
const read = guarded('GET', '/orders', 'pool', ['orders/read']);
const write = guarded('POST', '/orders', 'pool', ['orders/write']);
const keyed = method('GET', '/orders', { apiKeyRequired: true });
const behind = (pool: { readonly arn: string }) => [cognitoAuthorizer('pool', [pool.arn])];

const ALIASES = ['live', 'next'];
const byAlias = lambdaAuthorizer('by-alias', {
  uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn('by-alias')}:\${stageVariables.alias}/invocations`,
  resultTtl: 0,
});
const aliased = { methods: [custom('GET', '/orders', 'by-alias')], authorizers: [byAlias] };
const alias = (name: string) => ({
  ...lambdaFunction('by-alias', {
    policy: policy({
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: `${functionArn('by-alias')}:${name}`,
      Condition: {
        ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:eu-west-1:222233334444:*/authorizers/*' },
      },
    }),
  }),
  arn: `${functionArn('by-alias')}:${name}`,
});

const SAM = { deploymentId: 'dep-sam' };

/** How teams run one API for several stages, and one pool for several callers. */
export const teams: Area = {
  restApis: [
    loggedApi('cdk-clients', {
      methods: [me, preflight('/me')],
      authorizers: behind(sdkPool),
      gatewayResponses: READABLE_REFUSALS,
    }),
    loggedApi('old-clients', { methods: [me], authorizers: behind(oldPool) }),
    loggedApi('machines', { methods: [read, write], authorizers: behind(machines) }),
    loggedApi('either-scope', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read', 'orders/write'])],
      authorizers: behind(machines),
    }),
    loggedApi('alias-by-stage', aliased, {
      stages: ALIASES.map((name) => loggedStage(name, aliased, { variables: { alias: name } })),
    }),
    loggedApi(
      'sam',
      { methods: [keyed] },
      {
        stages: [loggedStage('Prod', { methods: [keyed] }, SAM), stage('Stage', { methods: [keyed] }, SAM)],
      },
    ),
    loggedApi(
      'two-plans',
      { methods: [keyed] },
      { stages: ['v1', 'v2'].map((name) => loggedStage(name, { methods: [keyed] })) },
    ),
    loggedApi(
      'canary-of-scopes',
      { methods: [read], authorizers: behind(machines) },
      {
        stages: [
          loggedStage(
            'prod',
            { methods: [read], authorizers: behind(machines) },
            { canary: canary({ snapshot: snapshot({ methods: [read], authorizers: behind(machines) }) }) },
          ),
        ],
      },
    ),
    loggedApi(
      'mutual-tls',
      { methods: [method('ANY', '/{proxy+}'), method('ANY', '/')] },
      { disableExecuteApiEndpoint: true },
    ),
    loggedApi('office-or-partner', {
      methods: [method('GET', '/orders')],
      policy: policy(
        allow({ Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } } }),
        allow({ Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-0partner'] } } }),
      ),
    }),
  ],
  userPools: [sdkPool, oldPool, machines],
  usagePlans: [
    usagePlan('sam', [['idsam', 'Prod']], ['key-rotated', 'key-current']),
    usagePlan(
      'both',
      [
        ['idtwo-plans', 'v1'],
        ['idtwo-plans', 'v2'],
      ],
      ['key-current'],
    ),
  ],
  apiKeys: [apiKey('rotated', false), apiKey('current')],
  domains: [
    domainName('mutual.example.com', {
      mutualTls: { truststoreUri: 's3://trust/clients.pem', truststoreVersion: null, warnings: [] },
      mappings: [{ basePath: 'orders/v1', restApiId: 'idmutual-tls', stage: 'prod' }],
    }),
  ],
  functions: ALIASES.map(alias),
};
