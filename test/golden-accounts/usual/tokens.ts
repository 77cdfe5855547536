import {
  appClient,
  cognitoAuthorizer,
  custom,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  machineClient,
  method,
  policy,
  poolArn,
  preflight,
  userPool,
  webClient,
} from '../../support/build';
import { loggedApi, loggedStage, READABLE_REFUSALS, type Area } from '../area';

/** One pool for people who sign in through the SDK and machines that fetch tokens for themselves. */
const shared = userPool('eu-west-1_Shared', {
  clients: [appClient('web'), machineClient('batch', ['orders/read'])],
  resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
});
const triggered = userPool('eu-west-1_Triggered', {
  clients: [appClient('app')],
  preTokenGeneration: 'V2_0',
  triggers: { PreTokenGeneration: functionArn('tokens') },
});
const named = userPool('eu-west-1_Named', {
  clients: [webClient('site', ['openid', 'email', 'https://api.example.com/read'])],
  resourceServers: [{ identifier: 'https://api.example.com', scopeNames: ['read'] }],
});
const foreign = poolArn('eu-west-1_Foreign', 'eu-west-1', '999900001111');

const mayInvoke = (service: string, name: string, source: string) =>
  lambdaFunction(name, {
    policy: policy({
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'lambda:InvokeFunction',
      Resource: functionArn(name),
      Condition: { ArnLike: { 'AWS:SourceArn': source } },
    }),
  });

const { uri } = lambdaAuthorizer('check');
const asking = (given: Parameters<typeof lambdaAuthorizer>[1]) =>
  lambdaAuthorizer('check', { uri, resultTtl: 0, ...given });
const checked = custom('GET', '/orders', 'check');

/** Authorizers as people set them up. */
export const tokens: Area = {
  restApis: [
    loggedApi('people-and-machines', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [shared.arn])],
    }),
    loggedApi('another-accounts-pool', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [foreign])],
    }),
    loggedApi('two-pools', {
      methods: [guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [foreign, shared.arn])],
    }),
    loggedApi('scope-of-sign-in', {
      methods: [
        guarded('GET', '/me', 'pool', ['aws.cognito.signin.user.admin']),
        guarded('GET', '/us', 'pool', ['openid', 'aws.cognito.signin.user.admin']),
      ],
      authorizers: [cognitoAuthorizer('pool', [shared.arn])],
    }),
    loggedApi('scope-by-trigger', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read'])],
      authorizers: [cognitoAuthorizer('pool', [triggered.arn])],
    }),
    loggedApi('scope-of-a-url', {
      methods: [guarded('GET', '/orders', 'pool', ['https://api.example.com/read'])],
      authorizers: [cognitoAuthorizer('pool', [named.arn])],
    }),
    loggedApi('audience', {
      methods: [guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [shared.arn], { validationExpression: 'client-(web|mobile)' })],
    }),
    loggedApi(
      'pool-by-stage',
      {
        methods: [guarded('GET', '/me', 'pool')],
        authorizers: [cognitoAuthorizer('pool', [poolArn('${stageVariables.pool}')])],
      },
      {
        stages: [
          loggedStage(
            'prod',
            {
              methods: [guarded('GET', '/me', 'pool')],
              authorizers: [cognitoAuthorizer('pool', [poolArn('${stageVariables.pool}')])],
            },
            { variables: { pool: 'eu-west-1_Shared' } },
          ),
        ],
      },
    ),
    loggedApi('bearer', {
      methods: [checked],
      authorizers: [asking({ validationExpression: '^Bearer [-0-9a-zA-Z._~+/]+=*$' })],
    }),
    loggedApi('own-header', {
      methods: [checked, preflight('/orders', "'Content-Type,X-Auth'"), method('GET', '/health')],
      authorizers: [asking({ identitySources: ['method.request.header.X-Auth'] })],
      gatewayResponses: READABLE_REFUSALS,
    }),
    loggedApi('no-source', {
      methods: [checked],
      authorizers: [asking({ kind: 'REQUEST', identitySources: [] })],
    }),
    loggedApi('by-address-and-route', {
      methods: [checked, custom('PUT', '/orders', 'check')],
      authorizers: [
        asking({
          kind: 'REQUEST',
          resultTtl: 300,
          identitySources: ['method.request.header.X-Forwarded-For', 'context.httpMethod', 'context.path'],
        }),
      ],
    }),
  ],
  userPools: [shared, triggered, named],
  functions: [
    mayInvoke(
      'apigateway.amazonaws.com',
      'check',
      'arn:aws:execute-api:eu-west-1:222233334444:*/authorizers/*',
    ),
    mayInvoke('cognito-idp.amazonaws.com', 'tokens', triggered.arn),
  ],
};
