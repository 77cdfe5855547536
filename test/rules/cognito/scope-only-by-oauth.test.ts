import rule from '../../../lambda/rules/cognito/scope-only-by-oauth';
import type { Known } from '../../../lambda/model/known';
import type { AppClient } from '../../../lambda/model/user-pool';
import {
  account,
  appClient,
  cognitoAuthorizer,
  denied,
  guarded,
  machineClient,
  method,
  poolArn,
  restApi,
  userPool,
  webClient,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const authorizers = [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])];
const both = appClient('both', {
  oauthEnabled: true,
  oauthFlows: ['code'],
  oauthScopes: ['openid', 'orders/read'],
});
const shop = (
  clients: readonly AppClient[] | Extract<Known<never>, { state: 'unreadable' }>,
  scopes: readonly string[] = ['orders/read'],
  preTokenGeneration: string | null = null,
) =>
  account({
    restApis: [restApi('shop', { methods: [guarded('GET', '/orders', 'pool', scopes)], authorizers })],
    userPools: [
      userPool('eu-west-1_Shop', {
        clients,
        resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
        preTokenGeneration,
      }),
    ],
  });
const at = 'shop (idshop) authorizer pool';
const SAYING =
  'GET /orders requires scopes that SDK sign-in never yields, and app client "web" (client-web) can sign in no other way.';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a client that can sign in through the SDK only',
      account: shop([appClient('web', { oauthScopes: ['orders/read'] }), webClient('site', ['orders/read'])]),
      expect: [
        {
          at,
          saying: SAYING,
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a client whose flows are unset, which allows SRP',
      account: shop([appClient('web', { explicitAuthFlows: null })]),
      expect: [
        {
          at,
          saying: SAYING,
        },
      ],
    },
    {
      when: 'a client that has both ways: the way decides',
      account: shop([both]),
      expect: [
        {
          at,
          saying:
            'GET /orders requires scopes that app client "both" (client-both) gets through the OAuth endpoints only, not through SDK sign-in, which is allowed too.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'people beside machines, each with methods of their own',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'pool')],
            authorizers,
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
          }),
        ],
      }),
      expect: [
        {
          at,
          saying: SAYING,
          reach: 'possible',
        },
      ],
    },
    {
      when: 'people beside machines, with an authorizer for each kind of method',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'people')],
            authorizers: [...authorizers, cognitoAuthorizer('people', [poolArn('eu-west-1_Shop')])],
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
          }),
        ],
      }),
      expect: [{ at, saying: SAYING, reach: 'possible' }],
    },
    {
      when: 'people beside machines, where the methods without scopes take tokens of another pool',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'people')],
            authorizers: [...authorizers, cognitoAuthorizer('people', [poolArn('eu-west-1_Staff')])],
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
          }),
          userPool('eu-west-1_Staff', { clients: [appClient('staff')] }),
        ],
      }),
      expect: [{ at, saying: SAYING }],
    },
    {
      when: 'a trigger that writes into ID tokens only',
      account: shop([appClient('web')], ['orders/read'], 'V1_0'),
      expect: [
        {
          at,
          saying: SAYING,
        },
      ],
    },
    {
      when: 'several methods and clients of each way',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'pool', ['orders/read']),
              guarded('POST', '/orders', 'pool', ['orders/read', 'orders/write']),
            ],
            authorizers,
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [
              appClient('web'),
              appClient('mobile'),
              both,
              { ...both, id: 'client-too', name: 'too' },
            ],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read', 'write'] }],
          }),
        ],
      }),
      expect: [
        {
          at,
          saying:
            'GET /orders and POST /orders require scopes that SDK sign-in never yields, and app clients "web" (client-web) and "mobile" (client-mobile) can sign in no other way.',
        },
        {
          at,
          saying:
            'GET /orders and POST /orders require scopes that app clients "both" (client-both) and "too" (client-too) get through the OAuth endpoints only, not through SDK sign-in, which is allowed too.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'people who have a method that takes their scope, beside machines that have the other, as a note',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'pool', ['orders/read']),
              guarded('GET', '/me', 'pool', ['aws.cognito.signin.user.admin']),
            ],
            authorizers,
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
          }),
        ],
      }),
      expect: [
        {
          at,
          saying:
            'GET /orders requires scopes that SDK sign-in never yields, and app client "web" (client-web) can sign in no other way.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'people who have a method of their own, where one of the others opens to nobody',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'pool', ['orders/read']),
              guarded('POST', '/orders', 'pool', ['orders/write']),
              guarded('GET', '/me', 'pool'),
            ],
            authorizers,
          }),
        ],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers: [{ identifier: 'orders', scopeNames: ['read', 'write'] }],
          }),
        ],
      }),
      expect: [
        {
          at,
          saying:
            'GET /orders and POST /orders require scopes that SDK sign-in never yields, and app client "web" (client-web) can sign in no other way.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a method that lists the scope of SDK tokens as well',
      account: shop([appClient('web'), both], ['aws.cognito.signin.user.admin', 'orders/read']),
    },
    {
      when: 'clients that OAuth alone signs in',
      account: shop([webClient('site', ['orders/read']), machineClient('batch', ['orders/read'])]),
    },
    { when: 'a method without scopes', account: shop([appClient('web')], []) },
    {
      when: 'a client of both ways that is not meant to have the scope by either',
      account: shop([
        appClient('other', { oauthEnabled: true, oauthFlows: ['code'], oauthScopes: ['openid'] }),
      ]),
    },
  ],
  cannotTell: [
    {
      when: 'when a trigger may add the scope to tokens of the SDK',
      account: shop([appClient('web')], ['orders/read'], 'V2_0'),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the clients were denied',
      account: shop(denied('ListUserPoolClients')),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when a client was denied',
      account: shop([appClient('web', denied('DescribeUserPoolClient'))]),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when the pool was denied',
      account: {
        ...shop([appClient('web')]),
        slices: account({ userPools: [{ arn: poolArn('eu-west-1_Shop'), pool: denied('DescribeUserPool') }] })
          .slices,
      },
      missing: ['DescribeUserPool'],
    },
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
        userPools: [userPool('eu-west-1_Shop', { clients: [appClient('web')] })],
      }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});
