import rule from '../../../lambda/rules/authorizers/type-mismatch';
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
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const pool = cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]);
const check = lambdaAuthorizer('check');

export default ruleTable(rule, {
  flags: [
    {
      when: 'a CUSTOM method with a Cognito authorizer, and the reverse',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'pool'), guarded('PUT', '/orders', 'check')],
            authorizers: [pool, check],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying:
            'PUT /orders is of type COGNITO_USER_POOLS, but "check" is a Lambda (TOKEN) authorizer, which works with CUSTOM.',
          affects: ['prod PUT /orders'],
        },
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders is of type CUSTOM, but "pool" is a Cognito authorizer, which works with COGNITO_USER_POOLS.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'an open method that names an authorizer, which asks nobody',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizer: 'pool' })],
            authorizers: [pool],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders names authorizer "pool" but is of type NONE: the authorizer is not in force and every caller is admitted.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'several methods with an authorizer of the kind REQUEST, and several open ones',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'whole'),
              guarded('PUT', '/orders', 'whole'),
              method('GET', '/prices', { authorizer: 'pool' }),
              method('PUT', '/prices', { authorizer: 'pool' }),
            ],
            authorizers: [pool, lambdaAuthorizer('whole', { kind: 'REQUEST' })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer whole',
          saying:
            'GET /orders and PUT /orders are of type COGNITO_USER_POOLS, but "whole" is a Lambda (REQUEST) authorizer, which works with CUSTOM.',
          affects: ['prod GET /orders', 'prod PUT /orders'],
        },
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /prices and PUT /prices name authorizer "pool" but are of type NONE: the authorizer is not in force and every caller is admitted.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'types that fit',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool'), custom('PUT', '/orders', 'check')],
            authorizers: [pool, check],
          }),
        ],
      }),
    },
    {
      when: 'an open preflight that names an authorizer: it should be open',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('OPTIONS', '/orders', { authorizer: 'pool' })],
            authorizers: [pool],
          }),
        ],
      }),
    },
    {
      when: 'a kind of authorizer that AWS added later',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'new')],
            authorizers: [{ ...check, key: 'new', kind: 'JWT' }],
          }),
        ],
      }),
    },
    {
      when: 'an authorizer that does not exist: another rule says that',
      account: account({ restApis: [restApi('shop', { methods: [custom('GET', '/orders', 'gone')] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when a method does not say how, or by what, it is authorised',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              method('GET', '/orders', { authorizationType: denied('GetDeployment') }),
              method('PUT', '/orders', { authorizationType: 'CUSTOM', authorizer: denied('GetExport') }),
            ],
          }),
        ],
      }),
      missing: ['GetDeployment', 'GetExport'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'pool')],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});
