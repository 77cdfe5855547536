import rule from '../../../lambda/rules/cognito/scope-no-client-may-request';
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

const orders = [{ identifier: 'orders', scopeNames: ['read', 'write'] }];
const withClients = (...clients: ReturnType<typeof appClient>[]) =>
  userPool('eu-west-1_Shop', { clients, resourceServers: orders });
const shop = (scopes: readonly string[], ...pools: readonly UserPoolEntry[]) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [guarded('GET', '/orders', 'pool', scopes)],
        authorizers: [
          cognitoAuthorizer(
            'pool',
            pools.map(({ arn }) => arn),
          ),
        ],
      }),
    ],
    userPools: pools,
  });
const at = 'user pool pool-eu-west-1_Shop (eu-west-1_Shop)';
const saying = (scope: string) =>
  `GET /orders requires the scope "${scope}", and no app client of user pool "pool-eu-west-1_Shop" (eu-west-1_Shop) can get it by an OAuth flow.`;

export default ruleTable(rule, {
  flags: [
    {
      when: 'a scope that no client lists',
      account: shop(['orders/write'], withClients(machineClient('batch', ['orders/read']))),
      expect: [{ at, saying: saying('orders/write'), affects: ['prod GET /orders'] }],
    },
    {
      when: 'a scope whose only client signs in through the SDK',
      account: shop(['orders/read'], withClients(appClient('web', { oauthScopes: ['orders/read'] }))),
      expect: [{ at, saying: saying('orders/read') }],
    },
    {
      when: 'both of two scopes, each by itself',
      account: shop(['orders/read', 'orders/write'], withClients(webClient('site', ['openid']))),
      expect: [
        { at, saying: saying('orders/read') },
        { at, saying: saying('orders/write') },
      ],
    },
    {
      when: 'a reserved scope that machines cannot have',
      account: shop(['openid'], withClients(machineClient('batch', ['orders/read']))),
      expect: [{ at, saying: saying('openid') }],
    },
    {
      when: 'a scope that one pool defines and only the clients of the other pool could use',
      account: shop(['orders/read'], userPool('eu-west-1_Shop', { resourceServers: orders }), {
        ...userPool('eu-west-1_Staff', { clients: [appClient('staff')] }),
      }),
      expect: [{ at, saying: saying('orders/read') }],
    },
    {
      when: 'a trigger that writes into the tokens of people, where only machines get any',
      account: shop(
        ['orders/write'],
        userPool('eu-west-1_Shop', {
          clients: [machineClient('batch', ['orders/read'])],
          resourceServers: orders,
          preTokenGeneration: 'V2_0',
        }),
      ),
      expect: [{ at, saying: saying('orders/write') }],
    },
    {
      when: 'a scope of two methods that each of two clients could be given',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              guarded('GET', '/orders', 'pool', ['orders/write']),
              guarded('POST', '/orders', 'pool', ['orders/write']),
            ],
            authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
          }),
        ],
        userPools: [withClients(webClient('site', ['openid']), machineClient('batch', ['orders/read']))],
      }),
      expect: [
        {
          at,
          saying: saying('orders/write').replace('/orders requires', '/orders and POST /orders require'),
        },
      ],
    },
    {
      when: 'the scope of SDK tokens, where only machines get any',
      account: shop(['aws.cognito.signin.user.admin'], withClients(machineClient('batch', ['orders/read']))),
      expect: [{ at, saying: saying('aws.cognito.signin.user.admin').replace(' by an OAuth flow', '') }],
    },
    {
      when: 'a client with a flow of machines beside that of people, for a scope of people',
      account: shop(
        ['profile'],
        withClients(
          appClient('site', {
            hasSecret: true,
            explicitAuthFlows: [],
            oauthEnabled: true,
            oauthFlows: ['client_credentials', 'code'],
            oauthScopes: ['openid'],
          }),
        ),
      ),
      expect: [{ at, saying: saying('profile') }],
    },
  ],
  staysSilent: [
    {
      when: 'a scope that a machine may request',
      account: shop(['orders/read'], withClients(machineClient('batch', ['orders/read']))),
    },
    {
      when: 'one scope out of reach, the other not',
      account: shop(['orders/read', 'orders/write'], withClients(machineClient('batch', ['orders/read']))),
    },
    {
      when: 'a client that gets its tokens from GetClientToken',
      account: shop(
        ['orders/read'],
        withClients(
          appClient('batch', {
            hasSecret: true,
            explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
            oauthEnabled: true,
            oauthScopes: ['orders/read'],
          }),
        ),
      ),
    },
    {
      when: 'the scope that SDK sign-in yields',
      account: shop(['aws.cognito.signin.user.admin'], withClients(appClient('web'))),
    },
    {
      when: 'a scope that nothing defines: another rule says that',
      account: shop(['invoices/approve'], withClients(machineClient('batch', ['orders/read']))),
    },
    {
      when: 'a pool without clients: another rule says that',
      account: shop(['orders/read'], withClients()),
    },
    {
      when: 'a deleted pool: another rule says that',
      account: shop(['orders/read'], deletedPool('eu-west-1_Gone')),
    },
    {
      when: 'a readable client that can get it beside one that was not read',
      account: shop(
        ['orders/read'],
        withClients(
          appClient('web', denied('DescribeUserPoolClient')),
          machineClient('batch', ['orders/read']),
        ),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when a trigger may add the scope',
      account: shop(
        ['orders/write'],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: orders,
          preTokenGeneration: 'V3_0',
        }),
      ),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when a client was denied',
      account: shop(['orders/read'], withClients(appClient('web', denied('DescribeUserPoolClient')))),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when a client allows a flow that Cognito added later',
      account: shop(
        ['orders/read'],
        withClients(appClient('web', { explicitAuthFlows: ['ALLOW_TELEPATHY'] })),
      ),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when the clients, or the resource servers, or a pool were denied',
      account: shop(
        ['orders/read'],
        userPool('eu-west-1_Shop', {
          clients: denied('ListUserPoolClients'),
          resourceServers: denied('ListResourceServers'),
        }),
      ),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when the resource servers were denied',
      account: shop(
        ['orders/write'],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: denied('ListResourceServers'),
        }),
      ),
      missing: ['ListResourceServers'],
    },
    {
      when: 'when a pool was denied',
      account: shop(['orders/read'], { arn: poolArn('eu-west-1_Shut'), pool: denied('DescribeUserPool') }),
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
            authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
          }),
        ],
        userPools: [withClients(appClient('web'))],
      }),
      missing: ['GetExport'],
    },
  ],
});

test('the only client that could have the scope gets it, whole and without what nothing defines', () => {
  const client = machineClient('batch', ['orders/read', 'gone/read']);
  const given = {
    ...client,
    settings: {
      state: 'known' as const,
      value: {
        ...(client.settings.state === 'known' ? client.settings.value : never()),
        updateInput: {
          UserPoolId: 'eu-west-1_Shop',
          ClientId: 'client-batch',
          AllowedOAuthScopes: ['orders/read', 'gone/read'],
        },
      },
    },
  };
  const [raised] = judge(rule, shop(['orders/write'], withClients(given))).raised;
  expect(raised?.flag.fix[0]?.commands).toEqual([
    `aws cognito-idp update-user-pool-client --region eu-west-1 --cli-input-json '{"UserPoolId":"eu-west-1_Shop","ClientId":"client-batch","AllowedOAuthScopes":["orders/read","orders/write"]}'`,
  ]);
});

const never = (): never => {
  throw new Error('the builder makes known settings');
};
