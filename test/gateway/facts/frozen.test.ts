import { ANONYMOUS } from '../../../lambda/gateway/request';
import type { Snapshot } from '../../../lambda/model/rest-api';
import {
  account,
  apiKey,
  appClient,
  canary,
  cognitoAuthorizer,
  custom,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  policy,
  deny,
  poolArn,
  preflight,
  restApi,
  snapshot,
  stage,
  usagePlan,
  userPool,
} from '../../support/build';
import { admitted, at, cannotTell, factTable, idToken, refused, request } from './fact-table';

const [A, B] = ['eu-west-1_Old', 'eu-west-1_New'] as const;
const pools = [A, B].map((id) => userPool(id, { clients: [appClient('web')] }));
const pets = at('idshop', '/prod/pets');
const get = request('GET', pets);
const options = request('OPTIONS', pets);
const trusting = (...ids: readonly string[]) =>
  cognitoAuthorizer(
    'auth',
    ids.map((id) => poolArn(id)),
  );
const guard = [guarded('GET', '/pets', 'auth')];
const unauthorized = refused(401, 'authentication', 'Unauthorized', 'UNAUTHORIZED');
const noRoute = refused(403, 'route', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN');

type Served = Parameters<typeof snapshot>[0];

/** What the draft says, and what the stage serves. */
const drafted = (
  draft: Parameters<typeof restApi>[1],
  served: Served,
  given: Parameters<typeof stage>[2] = {},
) =>
  account({
    restApis: [restApi('shop', { ...draft, stages: [stage('prod', served, given)] })],
    userPools: pools,
  });
const serving = (served: Served, shared: Parameters<typeof account>[0] = {}) =>
  account({ restApis: [restApi('shop', { stages: [stage('prod', served)] })], userPools: pools, ...shared });
const onCanary = (served: Served, other: Snapshot, given: object = {}) =>
  drafted({}, served, { canary: canary({ snapshot: other, ...given }) });

const keyed = [method('GET', '/pets', { apiKeyRequired: true })];
const allowed = lambdaFunction('fn', {
  policy: policy({
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: functionArn('fn'),
  }),
});

export default factTable('frozen', [
  {
    fact: 'DEP-1',
    when: 'a method that is closed in the draft and open as deployed',
    account: drafted({ methods: guard, authorizers: [trusting(A)] }, { methods: [method('GET', '/pets')] }),
    request: get,
    expect: admitted,
  },
  {
    fact: 'DEP-9',
    when: 'a stage that was set back to an older deployment: that one decides',
    account: drafted(
      { methods: [method('GET', '/pets')] },
      { methods: guard, authorizers: [trusting(A)] },
      { deploymentId: 'dep-older' },
    ),
    request: get,
    expect: unauthorized,
  },
  {
    fact: 'COG-29',
    when: 'a pool that only the draft of the authorizer lists',
    account: drafted(
      { methods: guard, authorizers: [trusting(A, B)] },
      { methods: guard, authorizers: [trusting(A)] },
    ),
    request: get,
    identity: idToken(B),
    expect: { ...unauthorized, cause: 'issuer-unknown' },
  },
  {
    fact: 'LAM-22',
    when: 'an identity source that only the draft has dropped',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [custom('GET', '/pets', 'fn')],
          authorizers: [lambdaAuthorizer('fn', { kind: 'REQUEST', identitySources: [], resultTtl: 0 })],
          stages: [
            stage('prod', {
              methods: [custom('GET', '/pets', 'fn')],
              authorizers: [
                lambdaAuthorizer('fn', {
                  kind: 'REQUEST',
                  identitySources: ['method.request.header.X-Tenant'],
                }),
              ],
            }),
          ],
        }),
      ],
      functions: [allowed],
    }),
    request: get,
    identity: { ...ANONYMOUS, lambdaAuthorizer: 'allows' },
    expect: unauthorized,
  },
  ...['DEP-3', 'DEP-6'].map((fact) => ({
    fact,
    when: 'a stage variable, which is live, and names the pool of the deployed authorizer',
    account: drafted(
      {},
      {
        methods: guard,
        authorizers: [
          cognitoAuthorizer('auth', [
            'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
          ]),
        ],
      },
      { variables: { pool: B } },
    ),
    request: get,
    identity: idToken(B),
    expect: admitted,
  })),
  {
    fact: 'DEP-5',
    when: 'a key that was just put into the plan, while nothing was deployed',
    account: serving(
      { methods: keyed },
      { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
    ),
    request: get,
    identity: { ...ANONYMOUS, apiKey: { id: 'key-a' } },
    expect: admitted,
  },
  {
    fact: 'DEP-5',
    when: 'the same key, just disabled',
    account: serving(
      { methods: keyed },
      { apiKeys: [apiKey('a', false)], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
    ),
    request: get,
    identity: { ...ANONYMOUS, apiKey: { id: 'key-a' } },
    expect: refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY'),
  },
  {
    fact: 'DEP-8',
    when: 'a deployment that no stage points to',
    account: account({ restApis: [restApi('shop', { methods: [method('GET', '/pets')], stages: [] })] }),
    request: get,
    expect: { ...refused(403, 'stage', 'Forbidden'), cause: 'never-deployed' },
  },
  {
    fact: 'DEP-22',
    when: 'a canary that refuses what the stage admits: chance decides',
    account: onCanary(
      { methods: [method('GET', '/pets')] },
      snapshot({ methods: guard, authorizers: [trusting(A)] }),
    ),
    request: get,
    expect: { ...cannotTell('authentication'), refusedEitherWay: false },
  },
  {
    fact: 'DEP-24',
    when: 'a mended method that was deployed while a canary exists: only the canary has it',
    account: onCanary(
      { methods: guard, authorizers: [trusting(A)] },
      snapshot({ methods: guard, authorizers: [trusting(A, B)] }),
    ),
    request: get,
    identity: idToken(B),
    expect: { ...cannotTell('authentication'), refusedEitherWay: false },
  },
  {
    fact: 'CRS-1',
    when: 'a preflight, which carries no credential, and a method for it',
    account: serving({ methods: [...guard, preflight('/pets')], authorizers: [trusting(A)] }),
    request: options,
    expect: admitted,
  },
  {
    fact: 'CRS-2',
    when: 'a preflight whose method wants a token',
    account: serving({ methods: [guarded('OPTIONS', '/pets', 'auth')], authorizers: [trusting(A)] }),
    request: options,
    expect: unauthorized,
  },
  {
    fact: 'CRS-2',
    when: 'a preflight whose method wants an API key',
    account: serving(
      { methods: [method('OPTIONS', '/pets', { apiKeyRequired: true })] },
      { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
    ),
    request: options,
    expect: refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY'),
  },
  {
    fact: 'IAM-11',
    when: 'a preflight whose method wants a signature',
    account: serving({ methods: [method('OPTIONS', '/pets', { authorizationType: 'AWS_IAM' })] }),
    request: options,
    expect: refused(403, 'authentication', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'),
  },
  {
    fact: 'CRS-3',
    when: 'a preflight that ANY takes, with its authorizer',
    account: serving({ methods: [guarded('ANY', '/pets', 'auth')], authorizers: [trusting(A)] }),
    request: options,
    expect: unauthorized,
  },
  {
    fact: 'CRS-4',
    when: 'a preflight that no method serves',
    account: serving({ methods: guard, authorizers: [trusting(A)] }),
    request: options,
    expect: noRoute,
  },
  {
    fact: 'CRS-4',
    when: 'a preflight that a greedy resource serves',
    account: serving({ methods: [...guard, method('ANY', '/{proxy+}')], authorizers: [trusting(A)] }),
    request: options,
    expect: admitted,
  },
  ...['CRS-5', 'CRS-16'].map((fact) => ({
    fact,
    when: 'a preflight that only the draft serves',
    account: drafted(
      { methods: [...guard, preflight('/pets')], authorizers: [trusting(A)] },
      { methods: guard, authorizers: [trusting(A)] },
    ),
    request: options,
    expect: noRoute,
  })),
  {
    fact: 'DEP-2',
    when: 'a policy that only the draft has',
    account: drafted(
      { methods: [method('GET', '/pets')], policy: policy(deny()) },
      { methods: [method('GET', '/pets')] },
    ),
    request: get,
    expect: admitted,
  },
]);
