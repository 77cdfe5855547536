import rule from '../../../lambda/rules/deployment/authorization-not-deployed';
import {
  account,
  cognitoAuthorizer,
  custom,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const iam = method('GET', '/orders', { authorizationType: 'AWS_IAM' });
const pool = [poolArn('eu-west-1_Shop')];
const inDraft = cognitoAuthorizer('people', pool, { key: 'abc123', id: 'abc123' });
const deployed = cognitoAuthorizer('people', pool, { id: null });
const other = cognitoAuthorizer('partners', [poolArn('eu-west-1_Partners')]);

const scopes = (given: readonly string[]) =>
  restApi('shop', {
    methods: [guarded('GET', '/orders', 'abc123', ['orders/read', 'orders/write'])],
    authorizers: [inDraft],
    stages: [
      stage('prod', { methods: [guarded('GET', '/orders', 'people', given)], authorizers: [deployed] }),
    ],
  });

const unread = (given: Parameters<typeof method>[2]) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [guarded('GET', '/orders', 'people', ['orders/read'])],
        authorizers: [deployed],
        stages: [
          stage('prod', {
            methods: [
              method('GET', '/orders', {
                authorizationType: 'COGNITO_USER_POOLS',
                authorizer: 'people',
                scopes: ['orders/read'],
                ...given,
              }),
            ],
            authorizers: [deployed],
          }),
        ],
      }),
    ],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an authorization type that was changed after the deployment',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders'), method('GET', '/keys', { apiKeyRequired: true })],
            stages: [stage('prod', { methods: [iam, method('GET', '/keys')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod GET /orders has authorizationType AWS_IAM deployed and NONE in the draft; 1 more method differs too.',
          affects: ['prod GET /orders', 'prod GET /keys'],
        },
      ],
    },
    {
      when: 'a scope that the deployment lacks',
      account: account({ restApis: [scopes(['orders/read'])] }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod GET /orders has authorizationScopes orders/read deployed and orders/read, orders/write in the draft.',
        },
      ],
    },
    {
      when: 'another authorizer, set up differently',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'abc123')],
            authorizers: [inDraft, other],
            stages: [
              stage('prod', { methods: [guarded('GET', '/orders', 'partners')], authorizers: [other] }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'In stage prod GET /orders has authorizer partners deployed and people in the draft.',
        },
      ],
    },
    {
      when: 'all that may differ between two forms of a method, and no more',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              method('GET', '/keyed'),
              guarded('GET', '/unknown-then', 'abc123'),
              guarded('GET', '/unknown-now', 'lost'),
              method('GET', '/none-then', { authorizationType: 'COGNITO_USER_POOLS', authorizer: 'abc123' }),
              method('GET', '/none-now', { authorizationType: 'COGNITO_USER_POOLS' }),
              custom('GET', '/function', 'gate'),
              guarded('GET', '/scopes', 'abc123', ['orders/read']),
              custom('GET', '/type', 'gate'),
            ],
            authorizers: [other, inDraft, lambdaAuthorizer('gate', { resultTtl: 0 })],
            stages: [
              stage('prod', {
                methods: [
                  method('GET', '/keyed', { authorizationType: 'AWS_IAM', apiKeyRequired: true }),
                  guarded('GET', '/unknown-then', 'lost'),
                  guarded('GET', '/unknown-now', 'people'),
                  method('GET', '/none-then', { authorizationType: 'COGNITO_USER_POOLS' }),
                  guarded('GET', '/none-now', 'people'),
                  custom('GET', '/function', 'lock'),
                  guarded('GET', '/scopes', 'people'),
                  guarded('GET', '/type', 'people', ['orders/read']),
                ],
                authorizers: [lambdaAuthorizer('lock'), deployed],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod GET /keyed has authorizationType AWS_IAM deployed and NONE in the draft, apiKeyRequired true deployed and false in the draft; 7 more methods differ too.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'another authorizer that a stage variable sets up the same',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'by-variable')],
            authorizers: [cognitoAuthorizer('by-variable', [poolArn('${stageVariables.pool}')])],
            stages: [
              stage(
                'prod',
                { methods: [guarded('GET', '/orders', 'people')], authorizers: [deployed] },
                { variables: { pool: 'eu-west-1_Shop' } },
              ),
            ],
          }),
        ],
      }),
    },
    {
      when: 'the same scopes in another order, and an id in the draft for the name in the export',
      account: account({ restApis: [scopes(['orders/write', 'orders/read'])] }),
    },
    {
      when: 'another authorizer that is set up the same',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'abc123')],
            authorizers: [inDraft],
            stages: [
              stage('prod', {
                methods: [guarded('GET', '/orders', 'old-people')],
                authorizers: [cognitoAuthorizer('old-people', pool)],
              }),
            ],
          }),
        ],
      }),
    },
    {
      when: 'the authorizer that a method without authorization still names',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizer: 'abc123' })],
            authorizers: [inDraft],
            stages: [stage('prod', { methods: [method('GET', '/orders')] })],
          }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { methods: [iam], stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the draft was denied',
      account: account({
        restApis: [
          restApi('shop', { methods: denied('GetResources'), stages: [stage('prod', { methods: [iam] })] }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the deployment was denied',
      account: account({
        restApis: [
          restApi('shop', { methods: [iam], stages: [stage('prod', { methods: denied('GetDeployment') })] }),
        ],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the export that holds scopes and authorizer failed, once for each read',
      account: unread({ scopes: denied('GetExport'), authorizer: denied('GetExport') }),
      missing: ['GetExport'],
    },
    {
      when: 'when the deployed type and key requirement are unknown',
      account: unread({
        authorizationType: denied('GetDeployment type'),
        apiKeyRequired: denied('GetDeployment key'),
      }),
      missing: ['GetDeployment type', 'GetDeployment key'],
    },
    {
      when: 'when the authorizers of the draft were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'abc123')],
            authorizers: denied('GetAuthorizers'),
            stages: [
              stage('prod', { methods: [guarded('GET', '/orders', 'people')], authorizers: [deployed] }),
            ],
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});
