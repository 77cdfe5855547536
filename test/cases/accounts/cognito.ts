import { oauthClient, PLAIN_POOL, SDK_CLIENT, type ClientSketch } from '../build-user-pool';
import type { Methods } from '../build-methods';
import type { ReportedAccount, ReportedAccounts } from '../reported-account';

const COGNITO = { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] } } as const;
const ORDERS = { orders: ['read'] } as const;
const SCOPED = { auth: 'cognito', scopes: ['orders/read'] } as const;

/** Methods without scopes behind a plain pool, and callers who send access tokens. */
const scopeless = (methods: Methods, given: Partial<ReportedAccount> = {}): ReportedAccount => ({
  sketch: { methods, authorizers: COGNITO, pools: { Users: PLAIN_POOL } },
  expected: { named: 'cognito/id-token-required' },
  fixed: {
    methods: Object.fromEntries(
      Object.keys(methods).map((label) => [
        label,
        { auth: 'cognito', scopes: ['aws.cognito.signin.user.admin'] },
      ]),
    ),
  },
  ...given,
});

/** A scope that the app client may have from the OAuth endpoints, and sign-in that does not use them. */
const customScope = (given: ReportedAccount['assumed'], client: ClientSketch = {}): ReportedAccount => ({
  sketch: {
    methods: { 'GET /orders': SCOPED },
    authorizers: COGNITO,
    pools: {
      Users: {
        clients: { app: { ...oauthClient('openid', 'orders/read'), ...SDK_CLIENT, ...client } },
        resourceServers: ORDERS,
      },
    },
  },
  ...(given === undefined ? {} : { assumed: given }),
  restsOn: 'the sign-in flows of the client',
  expected: { named: 'cognito/scope-only-by-oauth' },
  fixed: {
    methods: {
      'GET /orders': { auth: 'cognito', scopes: ['orders/read', 'aws.cognito.signin.user.admin'] },
    },
  },
});

const machineClient = (allowed: boolean): ClientSketch => ({
  ClientSecret: 'EXAMPLE-not-a-real-secret',
  ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthFlowsUserPoolClient: allowed,
  AllowedOAuthScopes: ['orders/read'],
});

/** The token endpoint refuses the client before any API is called. */
const oauthOff: ReportedAccount = {
  sketch: {
    methods: { 'GET /orders': SCOPED },
    authorizers: COGNITO,
    pools: { Users: { clients: { service: machineClient(false) }, resourceServers: ORDERS } },
  },
  assumed: ['an API with a method that asks for the scope of the client', 'the resource server'],
  restsOn: 'the value false: the thread shows only that saving the client again cures it',
  expected: { named: 'clients/oauth-disabled' },
  fixed: { pools: { Users: { clients: { service: machineClient(true) }, resourceServers: ORDERS } } },
};

export const cognitoAccounts: ReportedAccounts = {
  c005: scopeless({ 'GET /RestaurantsInfo': 'cognito' }),
  c069: scopeless({ 'ANY /': 'cognito', 'ANY /{proxy+}': 'cognito' }),
  c001: scopeless({ 'ANY /pets': 'cognito' }, { assumed: ['one path'] }),
  c004: scopeless({ 'POST /path': 'cognito' }),
  c066: {
    sketch: {
      methods: { 'GET /test': 'cognito' },
      authorizers: COGNITO,
      stages: { dev: {} },
      pools: {
        Users: {
          clients: { app: oauthClient('openid', 'app-name/scope.read') },
          resourceServers: { 'app-name': ['scope.read'] },
        },
      },
    },
    assumed: ['an app client that may have the scope'],
    expected: { named: 'cognito/id-token-required' },
    fixed: { methods: { 'GET /test': { auth: 'cognito', scopes: ['app-name/scope.read'] } } },
  },
  c007: scopeless({ 'ANY /{proxy+}': 'cognito' }),
  c074: {
    sketch: {
      methods: { 'GET /items': 'cognito' },
      authorizers: { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Deleted'] } },
      stages: { api: {} },
      pools: { New: PLAIN_POOL },
    },
    assumed: ['one method'],
    expected: { named: 'cognito/user-pool-missing' },
    fixed: { authorizers: { cognito: { type: 'COGNITO_USER_POOLS', pools: ['New'] } } },
  },
  c134: {
    sketch: {
      methods: { 'GET /items': 'cognito' },
      authorizers: { cognito: { type: 'COGNITO_USER_POOLS', pools: ['PoolA'] } },
      pools: { PoolA: PLAIN_POOL, PoolB: PLAIN_POOL },
    },
    assumed: ['both pools serve people'],
    expected: {
      undecidable:
        'two pools that serve people, and an authorizer for one of them, are coherent; which issued the token is not configuration (COG-1)',
    },
  },
  c077: oauthOff,
  c076: oauthOff,
  c072: customScope([
    'the client may use the code flow too, so that the hosted pages are a way out',
    'the scope',
  ]),
  c073: customScope(['the client may use the code flow too', 'SRP and OAuth on one client']),
  c010: customScope(['exact sign-in flows']),
  c130: {
    sketch: {
      methods: { 'GET /orders': SCOPED },
      authorizers: COGNITO,
      pools: { Users: { clients: { app: oauthClient('openid', 'orders/read') }, resourceServers: ORDERS } },
    },
    assumed: ['one method', 'a client that may have the scope'],
    expected: {
      undecidable:
        'a method with scopes that its client can obtain is coherent; that the client sends its ID token is not configuration (COG-2)',
    },
  },
  c131: {
    sketch: {
      methods: { 'GET /items': 'cognito' },
      authorizers: COGNITO,
      pools: { Users: { clients: { app: oauthClient('openid') }, domain: null } },
    },
    assumed: ['an API behind the pool', 'the code flow'],
    expected: { named: 'clients/user-pool-without-domain' },
    fixed: { pools: { Users: { clients: { app: oauthClient('openid') } } } },
  },
  c067: {
    sketch: { methods: { 'POST /hello/world': { auth: 'NONE', scopes: [] } }, stages: { Prod: {} } },
    expected: {
      undecidable:
        'the method as deployed is open and names no scope: nothing is refused, and that it was meant to be guarded is only in the template',
    },
  },
};
