import rule from '../../../lambda/rules/authorizers/validation-rejects-tokens';
import type { Authorizer } from '../../../lambda/model/rest-api';
import type { UserPoolEntry } from '../../../lambda/model/user-pool';
import {
  account,
  appClient,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  guarded,
  lambdaAuthorizer,
  machineClient,
  method,
  poolArn,
  restApi,
  userPool,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const orders = [{ identifier: 'orders', scopeNames: ['read'] }];
const scoped = guarded('GET', '/orders', 'pool', ['orders/read']);
const scopeless = guarded('GET', '/me', 'pool');

const cognito = (
  validationExpression: string,
  methods: readonly ReturnType<typeof method>[],
  pool: UserPoolEntry = userPool('eu-west-1_Shop', {
    clients: [appClient('web'), machineClient('batch', ['orders/read'])],
    resourceServers: orders,
  }),
) =>
  account({
    restApis: [
      restApi('shop', {
        methods,
        authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')], { validationExpression })],
      }),
    ],
    userPools: [pool],
  });

const lambda = (validationExpression: string, given: Partial<Authorizer> = {}) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [custom('GET', '/orders', 'check')],
        authorizers: [lambdaAuthorizer('check', { validationExpression, ...given })],
      }),
    ],
  });

const kills = (expression: string, name: string) =>
  `Authorizer "${name}" takes tokens that match "${expression}", which neither a bare JWT nor "Bearer" and a JWT does: API Gateway refuses them without asking the function.`;

export default ruleTable(rule, {
  flags: [
    {
      when: 'a scoped method, even while a client could not be read: no access token of the pool has an audience',
      account: cognito(
        '^client-web$',
        [scoped],
        userPool('eu-west-1_Shop', {
          clients: [
            machineClient('batch', ['orders/read']),
            appClient('web', denied('DescribeUserPoolClient')),
          ],
          resourceServers: orders,
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^client-web$" against the aud claim, which access tokens lack, and GET /orders takes access tokens only.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a scoped method behind a Cognito expression, even one that matches the client',
      account: cognito('^client-web$', [scoped]),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^client-web$" against the aud claim, which access tokens lack, and GET /orders takes access tokens only.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a scoped method, where a trigger may add aud',
      account: cognito(
        '^client-web$',
        [scoped],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: orders,
          preTokenGeneration: 'V2_0',
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^client-web$" against the aud claim, which access tokens lack unless a trigger or resource binding adds it: GET /orders takes access tokens.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a scoped method, where resource binding may add aud',
      account: cognito(
        '^https://api.example.com$',
        [guarded('GET', '/orders', 'pool', ['https://api.example.com/read'])],
        userPool('eu-west-1_Shop', {
          clients: [machineClient('batch', ['https://api.example.com/read'])],
          resourceServers: [{ identifier: 'https://api.example.com', scopeNames: ['read'] }],
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^https://api.example.com$" against the aud claim, which access tokens lack unless a trigger or resource binding adds it: GET /orders takes access tokens.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a Cognito expression that no client with ID tokens matches',
      account: cognito('^client-old$', [scopeless]),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" admits ID tokens whose aud matches "^client-old$"; the id of app client "web" (client-web) does not match.',
          affects: ['prod GET /me'],
        },
      ],
    },
    {
      when: 'a Cognito expression that one of two clients matches: the other is refused',
      account: cognito(
        '^client-web$',
        [scopeless],
        userPool('eu-west-1_Shop', { clients: [appClient('web'), appClient('mobile')] }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" admits ID tokens whose aud matches "^client-web$"; the id of app client "mobile" (client-mobile) does not match.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a Cognito expression that the client does not match, beside one that was not read',
      account: cognito(
        '^client-old$',
        [scopeless],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web'), appClient('shut', denied('DescribeUserPoolClient'))],
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" admits ID tokens whose aud matches "^client-old$"; the id of app client "web" (client-web) does not match.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a TOKEN expression that no JWT matches, where opaque tokens may',
      account: lambda('^x-[a-z]+$'),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying: kills('^x-[a-z]+$', 'check'),
          reach: 'some-calls',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a TOKEN expression that leaves out the underscore and hyphen of every JWT, and Bearer',
      account: lambda('^[A-Za-z0-9]+$'),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying: kills('^[A-Za-z0-9]+$', 'check'),
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a TOKEN expression that no value can match: HTTP takes the blank off',
      account: lambda('^ Bearer .+$'),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying:
            'Authorizer "check" takes tokens that match "^ Bearer .+$", and no header value can match it.',
        },
      ],
    },
    {
      when: 'a TOKEN expression that asks for text after the end',
      account: lambda('Bearer$.+'),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying: 'Authorizer "check" takes tokens that match "Bearer$.+", and no header value can match it.',
        },
      ],
    },
    {
      when: 'two clients that a Cognito expression refuses, on two methods of each kind',
      account: cognito(
        '^client-old$',
        [
          scoped,
          guarded('PUT', '/orders', 'pool', ['orders/read']),
          scopeless,
          guarded('PUT', '/me', 'pool'),
        ],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web'), appClient('mobile')],
          resourceServers: orders,
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^client-old$" against the aud claim, which access tokens lack, and GET /orders and PUT /orders take access tokens only.',
        },
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" admits ID tokens whose aud matches "^client-old$"; the ids of app clients "web" (client-web) and "mobile" (client-mobile) do not match.',
        },
      ],
    },
    {
      when: 'two scoped methods, where a trigger may add aud',
      account: cognito(
        '^client-web$',
        [scoped, guarded('PUT', '/orders', 'pool', ['orders/read'])],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web')],
          resourceServers: orders,
          preTokenGeneration: 'V2_0',
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" matches "^client-web$" against the aud claim, which access tokens lack unless a trigger or resource binding adds it: GET /orders and PUT /orders take access tokens.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a Cognito expression that the clients with ID tokens match',
      account: cognito('^client-(web|mobile)$', [scopeless]),
    },
    { when: 'an empty expression', account: cognito('', [scoped, scopeless]) },
    { when: 'the usual Bearer expression', account: lambda('^Bearer [-0-9a-zA-Z._]*$') },
    { when: 'an expression for bare JWTs', account: lambda('^[\\w-]+\\.[\\w-]+\\.[\\w-]+$') },
    {
      when: 'an expression for Basic credentials, which is no slip',
      account: lambda('^Basic [A-Za-z0-9+/=]+$'),
    },
    {
      when: 'a REQUEST authorizer, on which the expression has no effect',
      account: lambda('^x-[a-z]+', { kind: 'REQUEST' }),
    },
    {
      when: 'a pool that does not exist: another rule says that',
      account: cognito('^client-old$', [scoped, scopeless], deletedPool('eu-west-1_Shop')),
    },
  ],
  cannotTell: [
    {
      when: 'when a client was denied whose access tokens may have an audience',
      account: cognito(
        '^client-web$',
        [scoped],
        userPool('eu-west-1_Shop', {
          clients: [appClient('web'), appClient('batch', denied('DescribeUserPoolClient'))],
          resourceServers: [{ identifier: 'https://orders.example.com', scopeNames: ['read'] }],
        }),
      ),
      missing: ['DescribeUserPoolClient'],
    },
    {
      when: 'when the pools were denied',
      account: {
        ...cognito('^client-web$', [scoped]),
        slices: account({ userPools: denied('ListUserPools') }).slices,
      },
      missing: ['ListUserPools'],
    },
    {
      when: 'when the pool was denied',
      account: cognito('^client-web$', [scoped, scopeless], {
        arn: poolArn('eu-west-1_Shop'),
        pool: denied('DescribeUserPool'),
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the clients were denied',
      account: cognito(
        '^client-web$',
        [scopeless],
        userPool('eu-west-1_Shop', { clients: denied('ListUserPoolClients') }),
      ),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when a method does not say which token it takes',
      account: cognito('^client-web$', [
        method('GET', '/me', {
          authorizationType: 'COGNITO_USER_POOLS',
          authorizer: 'pool',
          scopes: denied('GetExport'),
        }),
      ]),
      missing: ['GetExport'],
    },
    {
      when: 'when the expression is beyond what can be worked out',
      account: lambda('^(?<=x)y$'),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when an expression matches a part of the client id only',
      account: cognito('client', [scopeless]),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});
