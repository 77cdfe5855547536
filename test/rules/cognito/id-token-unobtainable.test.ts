import rule from '../../../lambda/rules/cognito/id-token-unobtainable';
import type { UserPoolEntry } from '../../../lambda/model/user-pool';
import {
  account,
  appClient,
  cognitoAuthorizer,
  deletedPool,
  denied,
  guarded,
  machineClient,
  method,
  poolArn,
  restApi,
  userPool,
  webClient,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const orders = [{ identifier: 'orders', scopeNames: ['read'] }];
const withClients = (...clients: ReturnType<typeof appClient>[]) =>
  userPool('eu-west-1_Shop', { clients, resourceServers: orders });
const shop = (pool: UserPoolEntry, ...scopes: string[]) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [guarded('GET', '/orders', 'pool', scopes)],
        authorizers: [cognitoAuthorizer('pool', [pool.arn])],
      }),
    ],
    userPools: [pool],
  });
const at = 'shop (idshop) authorizer pool';
const batch = machineClient('batch', ['orders/read']);

export default ruleTable(rule, {
  flags: [
    {
      when: 'a pool of machine clients',
      account: shop(withClients(batch)),
      expect: [
        {
          at,
          saying:
            'GET /orders has no scopes and takes ID tokens; app client "batch" (client-batch) can get none.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a web client without openid',
      account: shop(withClients(webClient('site', ['orders/read']))),
      expect: [
        {
          at,
          saying:
            'GET /orders has no scopes and takes ID tokens; app client "site" (client-site) can get none.',
        },
      ],
    },
    {
      when: 'a client that may only refresh',
      account: shop(withClients(appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }))),
      expect: [
        {
          at,
          saying:
            'GET /orders has no scopes and takes ID tokens; app client "old" (client-old) can get none.',
        },
      ],
    },
    {
      when: 'several methods and clients, none of which signs people in',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool'), guarded('POST', '/orders', 'pool')],
            authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
          }),
        ],
        userPools: [withClients(batch, webClient('site', ['orders/read', 'orders/gone']))],
      }),
      expect: [
        {
          at,
          saying:
            'GET /orders and POST /orders have no scopes and take ID tokens; app clients "batch" (client-batch) and "site" (client-site) can get none.',
        },
      ],
    },
    {
      when: 'a client without any way in that lists a scope which is gone',
      account: shop(
        withClients(
          appClient('old', {
            explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
            oauthScopes: ['orders/read', 'orders/gone'],
            updateInput: {
              UserPoolId: 'eu-west-1_Shop',
              ClientId: 'client-old',
              AllowedOAuthScopes: ['orders/read', 'orders/gone'],
            },
          }),
        ),
      ),
      expect: [
        {
          at,
          saying:
            'GET /orders has no scopes and takes ID tokens; app client "old" (client-old) can get none.',
        },
      ],
    },
    {
      when: 'two clients without any way in, of which people have to choose',
      account: shop(
        withClients(
          appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }),
          appClient('older', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }),
        ),
      ),
      expect: [
        {
          at,
          saying:
            'GET /orders has no scopes and takes ID tokens; app clients "old" (client-old) and "older" (client-older) can get none.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a machine client whose sign-in flows are unset: SRP is allowed',
      account: shop(
        withClients(
          appClient('batch', {
            hasSecret: true,
            explicitAuthFlows: null,
            oauthEnabled: true,
            oauthFlows: ['client_credentials'],
            oauthScopes: ['orders/read'],
          }),
        ),
      ),
    },
    { when: 'a web client with openid', account: shop(withClients(webClient('site', ['openid']))) },
    { when: 'a scoped method behind machine clients', account: shop(withClients(batch), 'orders/read') },
    { when: 'a pool without clients: another rule says that', account: shop(withClients()) },
    { when: 'a deleted pool: another rule says that', account: shop(deletedPool('eu-west-1_Gone')) },
    {
      when: 'a readable client that gets one beside one that was not read',
      account: shop(withClients(appClient('old', denied('DescribeUserPoolClient')), appClient('web'))),
    },
  ],
  cannotTell: [
    {
      when: 'when a client was denied',
      account: shop(withClients(batch, appClient('web', denied('DescribeUserPoolClient')))),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when the clients were denied',
      account: shop(userPool('eu-west-1_Shop', { clients: denied('ListUserPoolClients') })),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when a client allows a flow that Cognito added later',
      account: shop(withClients(appClient('web', { explicitAuthFlows: ['ALLOW_TELEPATHY'] }))),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when the pool was denied',
      account: shop({ arn: poolArn('eu-west-1_Shop'), pool: denied('DescribeUserPool') }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when a method does not say which token it takes',
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
            authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
          }),
        ],
        userPools: [withClients(batch)],
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

const firstCommand = (...clients: ReturnType<typeof appClient>[]) =>
  judge(rule, shop(withClients(...clients))).raised[0]?.flag.fix[0]?.commands[0];

test('the fix goes by what the clients are', () => {
  expect(firstCommand(batch)).toContain('"op":"add","path":"/authorizationScopes","value":"orders/read"');
  expect(firstCommand(batch, webClient('site', ['orders/read']))).toContain(
    '"AllowedOAuthScopes":["openid","orders/read"]',
  );
  expect(firstCommand(appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }))).toContain(
    '"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH","ALLOW_USER_SRP_AUTH"]',
  );
});
