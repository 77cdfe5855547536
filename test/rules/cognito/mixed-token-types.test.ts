import rule from '../../../lambda/rules/cognito/mixed-token-types';
import { account, cognitoAuthorizer, denied, guarded, method, poolArn, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const authorizers = [
  cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]),
  cognitoAuthorizer('staff', [poolArn('eu-west-1_Staff')]),
];
const scoped = guarded('GET', '/orders', 'pool', ['orders/read']);

export default ruleTable(rule, {
  flags: [
    {
      when: 'both kinds behind one authorizer, stage by stage',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [scoped, guarded('GET', '/me', 'pool')],
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
  ],
  staysSilent: [
    {
      when: 'each kind behind its own authorizer',
      account: account({
        restApis: [restApi('shop', { methods: [scoped, guarded('GET', '/staff', 'staff')], authorizers })],
      }),
    },
    {
      when: 'scopes throughout, a guarded preflight aside',
      account: account({
        restApis: [
          restApi('shop', { methods: [scoped, guarded('OPTIONS', '/orders', 'pool')], authorizers }),
        ],
      }),
    },
    {
      when: 'an open method beside a scoped one',
      account: account({
        restApis: [restApi('shop', { methods: [scoped, method('GET', '/health')], authorizers })],
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
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [restApi('shop', { methods: [scoped], authorizers: denied('GetAuthorizers') })],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});
