import rule from '../../../lambda/rules/cognito/id-token-required';
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

const authorizers = [
  cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]),
  cognitoAuthorizer('staff', [poolArn('eu-west-1_Staff')]),
  lambdaAuthorizer('check'),
];

export default ruleTable(rule, {
  flags: [
    {
      when: 'all such methods of an API in one note, whatever stage or authorizer',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'pool'),
              guarded('GET', '/staff', 'staff'),
              guarded('GET', '/stock', 'pool', ['openid']),
            ],
            authorizers,
            stages: ['dev', 'prod'],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'Methods of this API that list no scopes take ID tokens; an access token gets 401 there.',
          affects: ['dev GET /orders', 'dev GET /staff', 'prod GET /orders', 'prod GET /staff'],
        },
      ],
    },
    {
      when: 'one that only the draft has, after the next deployment',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers,
            stages: [stage('prod', { methods: [method('GET', '/orders')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'Methods of this API that list no scopes take ID tokens; an access token gets 401 there.',
          when: 'after-next-deployment',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'methods with scopes',
      account: account({
        restApis: [
          restApi('shop', { methods: [guarded('GET', '/orders', 'pool', ['openid'])], authorizers }),
        ],
      }),
    },
    {
      when: 'a Lambda authorizer, and a guarded preflight, which takes no token at all',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check'), guarded('OPTIONS', '/orders', 'pool')],
            authorizers,
          }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when a method does not say which scopes it requires',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              method('GET', '/orders', {
                authorizationType: 'COGNITO_USER_POOLS',
                authorizer: 'pool',
                scopes: denied('GetExport'),
              }),
            ],
            authorizers,
          }),
        ],
      }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});
