import rule from '../../../lambda/rules/cognito/scope-undefined';
import type { UserPoolEntry } from '../../../lambda/model/user-pool';
import type { Method } from '../../../lambda/model/method';
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
  stage,
  userPool,
} from '../../support/build';
import { judge, ruleTable, type Expected } from '../../support/rule-table';

const orders = [{ identifier: 'orders', scopeNames: ['read', 'write'] }];
const pool = userPool('eu-west-1_Shop', {
  clients: [machineClient('batch', ['orders/read'])],
  resourceServers: orders,
});

const shop = (methods: readonly Method[], ...pools: readonly UserPoolEntry[]) =>
  account({
    restApis: [
      restApi('shop', {
        methods,
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
/** What stage prod serves, where the draft requires something else. */
const served = (
  methods: readonly Method[],
  draft: Parameters<typeof restApi>[1],
  authorizers = [cognitoAuthorizer('pool', [pool.arn])],
) =>
  account({
    restApis: [restApi('shop', { authorizers, ...draft, stages: [stage('prod', { methods, authorizers })] })],
    userPools: [pool],
  });
const slip = 'which user pool eu-west-1_Shop does not define; the nearest defined scope is "orders/read".';
const needing = (...scopes: string[]) => [guarded('GET', '/orders', 'pool', scopes)];

export default ruleTable(rule, {
  flags: [
    {
      when: 'a scope with a slip in it, with the one that was meant',
      account: shop(needing('orders/raed'), pool),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "orders/raed", which user pool eu-west-1_Shop does not define; the nearest defined scope is "orders/read".',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a bare scope name, with its full form',
      account: shop(needing('read'), pool),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "read", which user pool eu-west-1_Shop does not define; its full name is "orders/read".',
        },
      ],
    },
    {
      when: 'a scope that is like no other',
      account: shop(needing('invoices/approve'), pool),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'one of two scopes, the other of which a client can get',
      account: shop(needing('invoices/approve', 'orders/read'), pool),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'one of two scopes, the other of which a client that was not read may get',
      account: shop(
        needing('invoices/approve', 'orders/read'),
        userPool('eu-west-1_Shop', {
          clients: [appClient('web', denied('DescribeUserPoolClient'))],
          resourceServers: orders,
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'an undefined scope though the clients were not read',
      account: shop(
        needing('invoices/approve'),
        userPool('eu-west-1_Shop', { clients: denied('ListUserPoolClients'), resourceServers: orders }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'a trigger that writes into the tokens of people, where only machines get any',
      account: shop(
        needing('invoices/approve'),
        userPool('eu-west-1_Shop', {
          clients: [machineClient('batch', ['orders/read'])],
          resourceServers: orders,
          preTokenGeneration: 'V2_0',
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'methods of two pools that do not define the scope, nor any other',
      account: shop(
        [
          guarded('GET', '/orders', 'pool', ['orders/read']),
          guarded('POST', '/orders', 'pool', ['orders/read']),
        ],
        userPool('eu-west-1_Shop', { clients: [appClient('web')] }),
        userPool('eu-west-1_Books'),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders and POST /orders require the scope "orders/read", which user pools eu-west-1_Shop and eu-west-1_Books do not define.',
        },
      ],
    },
    {
      when: 'the methods of which every call fails, where another scope opens some',
      account: shop(
        [
          guarded('GET', '/open', 'pool', ['invoices/approve', 'orders/read']),
          guarded('GET', '/shut', 'pool', ['invoices/approve']),
        ],
        pool,
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /shut requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
          affects: ['prod GET /shut'],
        },
      ],
    },
    {
      when: 'one of two scopes, the other of which no client may have',
      account: shop(needing('invoices/approve', 'orders/write'), pool),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'scopes that are no pair of resource server and name, which nobody can define',
      account: shop(needing('approve', 'invoices/', '/invoices'), pool),
      expect: ['invoices/', '/invoices', 'approve'].map((scope) => ({
        at: 'shop (idshop) authorizer pool',
        saying: `GET /orders requires the scope "${scope}", which user pool eu-west-1_Shop does not define.`,
      })) as [Expected, ...Expected[]],
    },
    {
      when: 'a scope to be added to one of two resource servers',
      account: shop(
        needing('orders/administer'),
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: [{ identifier: 'stock', scopeNames: ['read'] }, ...orders],
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "orders/administer", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'a slip that the draft has mended on one of the verbs of a path',
      account: served(
        ['GET', 'POST', 'PUT'].map((verb) => guarded(verb, '/orders', 'pool', ['orders/raed'])),
        {
          methods: [
            guarded('GET', '/orders', 'pool', ['orders/read']),
            guarded('POST', '/orders', 'pool', ['orders/raed']),
            guarded('PUT', '/orders', 'pool', ['orders/raed', 'orders/read']),
          ],
        },
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying: `GET /orders, POST /orders and PUT /orders require the scope "orders/raed", ${slip}`,
        },
      ],
    },
    {
      when: 'a slip of what is served, where the draft requires another scope by now',
      account: served(needing('orders/raed'), { methods: needing('orders/write') }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying: `GET /orders requires the scope "orders/raed", ${slip}`,
        },
      ],
    },
    {
      when: 'a scope of what is served that is like no other, where the draft requires another by now',
      account: served(needing('invoices/approve'), { methods: needing('orders/write') }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'GET /orders requires the scope "invoices/approve", which user pool eu-west-1_Shop does not define.',
        },
      ],
    },
    {
      when: 'a slip of what is served, where the draft was not read',
      account: served(needing('orders/raed'), { methods: denied('GetResources') }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying: `GET /orders requires the scope "orders/raed", ${slip}`,
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a scope that the pool defines, even one no client may ask for',
      account: shop(needing('orders/write'), pool),
    },
    { when: 'reserved scopes', account: shop(needing('openid', 'aws.cognito.signin.user.admin'), pool) },
    {
      when: 'a scope that the second pool defines',
      account: shop(needing('invoices/approve'), pool, {
        ...userPool('eu-west-1_Books', {
          resourceServers: [{ identifier: 'invoices', scopeNames: ['approve'] }],
        }),
      }),
    },
    {
      when: 'a deleted pool: another rule says that',
      account: shop(needing('orders/raed'), deletedPool('eu-west-1_Gone')),
    },
    { when: 'a method without scopes', account: shop(needing(), pool) },
  ],
  cannotTell: [
    {
      when: 'when the resource servers were denied',
      account: shop(
        needing('orders/raed'),
        userPool('eu-west-1_Shop', { resourceServers: denied('ListResourceServers') }),
      ),
      missing: ['ListResourceServers'],
    },
    {
      when: 'when one of two pools was denied',
      account: shop(needing('orders/raed'), pool, {
        arn: poolArn('eu-west-1_Shut'),
        pool: denied('DescribeUserPool'),
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when a trigger may add the scope',
      account: shop(
        needing('orders/raed'),
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: orders,
          preTokenGeneration: 'V2_0',
        }),
      ),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when a method does not say which scopes it requires',
      account: shop(
        [
          method('GET', '/orders', {
            authorizationType: 'COGNITO_USER_POOLS',
            authorizer: 'pool',
            scopes: denied('GetExport'),
          }),
        ],
        pool,
      ),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});

const commandsFor = (scope: string): readonly string[] =>
  judge(rule, shop(needing(scope), pool)).raised[0]?.flag.fix.flatMap(({ commands }) => commands) ?? [];

test('a slip is mended on the method, one patch for each scope, and deployed', () => {
  expect(commandsFor('orders/raed')).toEqual([
    `aws apigateway update-method --region eu-west-1 --rest-api-id idshop --resource-id '<RESOURCE_ID>' --http-method GET --patch-operations '[{"op":"remove","path":"/authorizationScopes","value":"orders/raed"},{"op":"add","path":"/authorizationScopes","value":"orders/read"}]'`,
    'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
  ]);
});

test('a scope of a new resource server is created with it', () => {
  expect(commandsFor('invoices/approve')).toEqual([
    `aws cognito-idp create-resource-server --region eu-west-1 --cli-input-json '{"UserPoolId":"eu-west-1_Shop","Identifier":"invoices","Name":"invoices","Scopes":[{"ScopeName":"approve","ScopeDescription":"approve"}]}'`,
  ]);
});

test('a scope of an existing resource server is added to the ones it has', () => {
  const [name, scopes, update] = commandsFor('orders/administer');
  expect(name).toMatch(
    /^RESOURCE_SERVER_NAME=\$\(aws cognito-idp describe-resource-server .*--output text\)$/,
  );
  expect(scopes).toContain(
    '--query \'[ResourceServer.Scopes || `[]`, `[{"ScopeName":"administer","ScopeDescription":"administer"}]`][]\'',
  );
  expect(update).toBe(
    `aws cognito-idp update-resource-server --region eu-west-1 --cli-input-json '{"UserPoolId":"eu-west-1_Shop","Identifier":"orders"}' --name "$RESOURCE_SERVER_NAME" --scopes "$RESOURCE_SERVER_SCOPES"`,
  );
});
