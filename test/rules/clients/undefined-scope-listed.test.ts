import rule from '../../../lambda/rules/clients/undefined-scope-listed';
import { appClient, denied, guarded, machineClient, userPool, webClient } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const batch = (...scopes: string[]) => shop(shopPool([machineClient('batch', scopes)]));
const at = 'app client batch (client-batch) of user pool pool-eu-west-1_Shop';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a scope with a slip in it',
      account: batch('orders/reed'),
      expect: [
        {
          at,
          saying:
            'App client "batch" (client-batch) lists "orders/reed", which user pool eu-west-1_Shop does not define: it is in no token; the nearest defined scope is "orders/read".',
          affects: [],
        },
      ],
    },
    {
      when: 'scopes of a resource server that is gone, with the methods that require them',
      account: shop(shopPool([machineClient('batch', ['orders/read', 'stock/read', 'stock/write'])]), [
        guarded('GET', '/orders', 'pool', ['orders/read']),
        guarded('GET', '/stock', 'pool', ['orders/read', 'stock/read']),
      ]),
      expect: [
        {
          at,
          saying:
            'App client "batch" (client-batch) lists "stock/read" and "stock/write", which user pool eu-west-1_Shop does not define: they are in no token.',
          affects: ['prod GET /stock'],
        },
      ],
    },
    {
      when: 'a slip beside the scope that was meant, which nobody needs to define',
      account: batch('orders/reed', 'orders/read'),
      expect: [
        {
          at,
          saying:
            'App client "batch" (client-batch) lists "orders/reed", which user pool eu-west-1_Shop does not define: it is in no token; the nearest defined scope is "orders/read".',
          affects: [],
        },
      ],
    },
    {
      when: 'a bare name, in a pool that defines nothing',
      account: shop(userPool('eu-west-1_Shop', { clients: [machineClient('batch', ['openid', 'stock'])] })),
      expect: [
        {
          at,
          saying:
            'App client "batch" (client-batch) lists "stock", which user pool eu-west-1_Shop does not define: it is in no token.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'scopes that the pool defines', account: batch('orders/read', 'orders/write') },
    {
      when: 'reserved scopes, with resource servers unread',
      account: shop(
        userPool('eu-west-1_Shop', {
          clients: [webClient('site', ['openid', 'email', 'aws.cognito.signin.user.admin'])],
          resourceServers: denied('ListResourceServers'),
        }),
      ),
    },
    {
      when: 'a client that uses no OAuth',
      account: shop(shopPool([appClient('web', { oauthFlows: ['code'], oauthScopes: ['stock/read'] })])),
    },
  ],
  cannotTell: [
    ...unreadClients(),
    {
      when: 'when the resource servers were denied',
      account: shop(
        userPool('eu-west-1_Shop', {
          clients: [machineClient('batch', ['stock/read'])],
          resourceServers: denied('ListResourceServers'),
        }),
      ),
      missing: ['ListResourceServers'],
    },
  ],
  standsWithout: {
    'deployment.methods.scopes': 'they decide which methods are listed, not whether the scope is defined',
  },
});

const first = (...scopes: string[]) => judge(rule, batch(...scopes)).raised[0]?.flag.fix[0]?.commands[0];

test('a slip is mended on the client; a resource server that is gone is made again', () => {
  expect(first('orders/write', 'orders/reed')).toContain(
    '"AllowedOAuthScopes":["orders/write","orders/read"]',
  );
  expect(first('stock/count')).toContain('create-resource-server');
});
