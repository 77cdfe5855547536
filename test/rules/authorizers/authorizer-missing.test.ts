import rule from '../../../lambda/rules/authorizers/authorizer-missing';
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

const pool = cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]);

export default ruleTable(rule, {
  flags: [
    {
      when: 'methods that name a deleted authorizer, those of one authorizer together',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'gone'), guarded('PUT', '/orders', 'gone')],
            authorizers: [pool],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'GET /orders and PUT /orders are of type COGNITO_USER_POOLS and name authorizer "gone", which the API does not have.',
          affects: ['prod GET /orders', 'prod PUT /orders'],
        },
      ],
    },
    {
      when: 'a CUSTOM method that names none at all',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizationType: 'CUSTOM' })],
            authorizers: [lambdaAuthorizer('check')],
          }),
        ],
      }),
      expect: [{ at: 'shop (idshop)', saying: 'GET /orders is of type CUSTOM and names no authorizer.' }],
    },
    {
      when: 'a dangling authorizer in the draft, met after the next deployment',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'gone')],
            stages: [stage('prod', { methods: [method('GET', '/orders')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'GET /orders is of type CUSTOM and names authorizer "gone", which the API does not have.',
          when: 'after-next-deployment',
        },
      ],
    },
    {
      when: 'two deleted authorizers, in an API that has one of each kind',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'gone'), guarded('PUT', '/orders', 'lost')],
            authorizers: [lambdaAuthorizer('check'), pool],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'PUT /orders is of type COGNITO_USER_POOLS and names authorizer "lost", which the API does not have.',
        },
        {
          at: 'shop (idshop)',
          saying:
            'GET /orders is of type COGNITO_USER_POOLS and names authorizer "gone", which the API does not have.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'methods whose authorizer exists',
      account: account({
        restApis: [restApi('shop', { methods: [guarded('GET', '/orders', 'pool')], authorizers: [pool] })],
      }),
    },
    {
      when: 'an open method that names an authorizer the API lost: nobody asks it',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizer: 'gone' })],
            authorizers: [pool],
          }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when a method does not say how it is authorised',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizationType: denied('GetDeployment') })],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the authorizers, or which one a method names, were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'gone'),
              method('PUT', '/orders', { authorizationType: 'CUSTOM', authorizer: denied('GetExport') }),
            ],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers', 'GetExport'],
    },
  ],
});
