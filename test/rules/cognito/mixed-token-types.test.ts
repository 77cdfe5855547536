import rule from '../../../lambda/rules/cognito/mixed-token-types';
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
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const authorizers = [
  cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]),
  cognitoAuthorizer('staff', [poolArn('eu-west-1_Staff')]),
];
const resourceServers = [{ identifier: 'orders', scopeNames: ['read'] }];
/** Signs people in through the SDK and by OAuth. */
const both = { oauthEnabled: true, oauthFlows: ['code'], oauthScopes: ['openid', 'orders/read'] };
const userPools = [
  userPool('eu-west-1_Shop', {
    clients: [appClient('web', both), machineClient('batch', ['orders/read'])],
    resourceServers,
  }),
  userPool('eu-west-1_Staff', { clients: [appClient('staff')] }),
];
const mixed = [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'pool')];
const scoped = guarded('GET', '/orders', 'pool', ['orders/read']);

export default ruleTable(rule, {
  flags: [
    {
      when: 'both kinds behind one authorizer, stage by stage',
      account: account({
        userPools,
        restApis: [
          restApi('shop', {
            methods: mixed,
            authorizers,
            stages: ['dev', 'prod'],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage dev',
          saying: 'Behind authorizer "pool", GET /me takes ID tokens and GET /orders takes access tokens.',
          affects: ['dev GET /me', 'dev GET /orders'],
        },
        {
          at: 'shop (idshop) stage prod',
          saying: 'Behind authorizer "pool", GET /me takes ID tokens and GET /orders takes access tokens.',
          affects: ['prod GET /me', 'prod GET /orders'],
        },
      ],
    },
    {
      when: 'the same where a trigger may add the scope',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web')],
            resourceServers,
            preTokenGeneration: 'V2_0',
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Behind authorizer "pool", GET /me takes ID tokens and GET /orders takes access tokens.',
        },
      ],
    },
    {
      when: 'several methods of each kind, where clients get the scopes of some',
      account: account({
        userPools,
        restApis: [
          restApi('shop', {
            methods: [
              ...mixed,
              guarded('POST', '/me', 'pool'),
              guarded('POST', '/orders', 'pool', ['orders/write']),
            ],
            authorizers,
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Behind authorizer "pool", GET /me and POST /me take ID tokens and GET /orders and POST /orders take access tokens.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'people on one side and machines on the other, each with the token that it takes',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: [
          userPool('eu-west-1_Shop', {
            clients: [appClient('web'), machineClient('batch', ['orders/read'])],
            resourceServers,
          }),
        ],
      }),
    },
    {
      when: 'a pool in which only machines get tokens: that methods want ID tokens is the fault',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: [
          userPool('eu-west-1_Shop', { clients: [machineClient('batch', ['orders/read'])], resourceServers }),
        ],
      }),
    },
    {
      when: 'a scope that no client gets: that is the fault',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: [userPool('eu-west-1_Shop', { clients: [appClient('web')], resourceServers })],
      }),
    },
    {
      when: 'each kind behind its own authorizer',
      account: account({
        userPools,
        restApis: [restApi('shop', { methods: [scoped, guarded('GET', '/staff', 'staff')], authorizers })],
      }),
    },
    {
      when: 'scopes throughout, a guarded preflight aside',
      account: account({
        userPools,
        restApis: [
          restApi('shop', { methods: [scoped, guarded('OPTIONS', '/orders', 'pool')], authorizers }),
        ],
      }),
    },
    {
      when: 'an open method beside a scoped one',
      account: account({
        userPools,
        restApis: [restApi('shop', { methods: [scoped, method('GET', '/health')], authorizers })],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the user pools were denied',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: denied('ListUserPools'),
      }),
      missing: ['ListUserPools'],
    },
    {
      when: 'whether a client can have both tokens, when the pool was denied',
      account: account({
        restApis: [restApi('shop', { methods: mixed, authorizers })],
        userPools: [{ arn: poolArn('eu-west-1_Shop'), pool: denied('DescribeUserPool') }],
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when a method does not say which scopes it requires',
      account: account({
        userPools,
        restApis: [
          restApi('shop', {
            methods: [
              scoped,
              method('GET', '/me', {
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
      account: account({ userPools, restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        userPools,
        restApis: [restApi('shop', { methods: [scoped], authorizers: denied('GetAuthorizers') })],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});
