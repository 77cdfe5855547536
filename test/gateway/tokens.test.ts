import { known, type Known } from '../../lambda/model/known';
import type { AppClient, AppClientSettings, UserPool } from '../../lambda/model/user-pool';
import {
  activeOAuthFlows,
  authFlowsOf,
  conceivableTokens,
  obtainableTokens,
  opens,
  signsInThroughSdk,
  tokensOfClient,
  unknownFlowsOf,
} from '../../lambda/gateway/tokens';
import { appClient, denied, machineClient, userPool, webClient } from '../support/build';

const ADMIN = 'aws.cognito.signin.user.admin';
const orders = [{ identifier: 'orders', scopeNames: ['read', 'write'] }];

const poolOf = (
  clients: readonly AppClient[] | ReturnType<typeof denied>,
  given: Parameters<typeof userPool>[1] = {},
): UserPool => {
  const { pool } = userPool('eu-west-1_Shop', { clients, resourceServers: orders, ...given });
  if (pool.state !== 'known' || pool.value === null) throw new Error('the builder makes a pool');
  return pool.value;
};

const settingsOf = (client: AppClient): AppClientSettings => {
  const settings: Known<AppClientSettings> = client.settings;
  if (settings.state !== 'known') throw new Error('the builder makes known settings');
  return settings.value;
};

/** `code access: openid orders/read`, one line a token. */
const tokensOf = (client: AppClient, given: Parameters<typeof userPool>[1] = {}): readonly string[] =>
  obtainableTokens(poolOf([client], given)).tokens.map(
    ({ flow, kind, scopes }) => `${flow} ${kind}: ${scopes.join(' ')}`,
  );

describe('what a client can obtain', () => {
  test.each([
    [
      'SDK sign-in: an ID token, and an access token with one scope (CLI-1)',
      appClient('web', { oauthScopes: ['orders/read'] }),
      ['sdk id: ', `sdk access: ${ADMIN}`],
    ],
    [
      'unset flows allow SRP (CLI-16)',
      appClient('web', { explicitAuthFlows: null }),
      ['sdk id: ', `sdk access: ${ADMIN}`],
    ],
    [
      'an empty list of flows is an unset one',
      appClient('web', { explicitAuthFlows: [] }),
      ['sdk id: ', `sdk access: ${ADMIN}`],
    ],
    ['refreshing alone: nothing', appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }), []],
    [
      'code with openid: both kinds',
      webClient('site', ['openid', 'orders/read']),
      ['code id: ', 'code access: openid orders/read'],
    ],
    [
      'code without openid: no ID token, nor the scopes that go with openid (CLI-8)',
      webClient('site', ['email', 'profile', ADMIN, 'orders/read']),
      [`code access: ${ADMIN} orders/read`],
    ],
    [
      'a listed scope that nothing defines is not issued (CLI-11)',
      webClient('site', ['openid', 'stock/read']),
      ['code id: ', 'code access: openid'],
    ],
    [
      'client credentials: custom scopes only',
      machineClient('batch', ['orders/read']),
      ['client_credentials access: orders/read'],
    ],
    [
      'client credentials without a secret: nothing (CLI-7)',
      appClient('batch', { ...settingsOf(machineClient('batch', ['orders/read'])), hasSecret: false }),
      [],
    ],
    [
      'OAuth that is off: nothing (CLI-6)',
      appClient('site', { ...settingsOf(webClient('site', ['openid'])), oauthEnabled: false }),
      [],
    ],
    [
      'GetClientToken: custom scopes, with a secret',
      appClient('batch', {
        hasSecret: true,
        explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
        oauthScopes: ['openid', 'orders/read'],
      }),
      ['client_credentials access: orders/read'],
    ],
    [
      'GetClientToken without a secret: nothing',
      appClient('batch', { explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] }),
      [],
    ],
    [
      'a legacy name of a sign-in flow',
      appClient('web', { explicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }),
      ['sdk id: ', `sdk access: ${ADMIN}`],
    ],
  ])('%s', (_, client, expected) => {
    expect(tokensOf(client)).toEqual(expected);
  });

  test('both of a client with both ways', () => {
    const both = appClient('both', { oauthEnabled: true, oauthFlows: ['implicit'], oauthScopes: ['openid'] });
    expect(tokensOf(both)).toEqual([
      'sdk id: ',
      `sdk access: ${ADMIN}`,
      'implicit id: ',
      'implicit access: openid',
    ]);
  });

  test('names pool and client', () => {
    const [token] = obtainableTokens(poolOf([machineClient('batch', ['orders/read'])])).tokens;
    expect(token).toMatchObject({
      userPoolArn: 'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/eu-west-1_Shop',
      clientId: 'client-batch',
      clientName: 'batch',
    });
  });
});

describe('what a trigger may change (CLI-2, CLI-3)', () => {
  test.each([
    [null, false, false],
    ['V1_0', false, false],
    ['V2_0', true, false],
    ['V3_0', true, true],
    ['V9_0', true, true],
  ])('%s: people %s, machines %s', (preTokenGeneration, people, machines) => {
    const pool = poolOf([webClient('site', ['orders/read']), machineClient('batch', ['orders/read'])], {
      preTokenGeneration,
    });
    const tokens = obtainableTokens(pool).tokens;
    expect(tokens.map(({ flow, scopesMayChange }) => [flow, scopesMayChange])).toEqual([
      ['code', people],
      ['client_credentials', machines],
    ]);
  });
});

const audiences = (given: Parameters<typeof userPool>[1], ...clients: readonly AppClient[]) =>
  obtainableTokens(poolOf(clients, given)).tokens.map(
    ({ kind, flow, audience }) => `${flow} ${kind} ${audience}`,
  );

describe('the audience (COG-13, COG-15)', () => {
  test('ID tokens carry the client id, access tokens nothing', () => {
    expect(audiences({}, appClient('web'))).toEqual(['sdk id client-id', 'sdk access none']);
  });
  test('a trigger or resource binding may add one to access tokens', () => {
    expect(audiences({ preTokenGeneration: 'V2_0' }, appClient('web'))).toEqual([
      'sdk id client-id',
      'sdk access cannot-tell',
    ]);
    const servers = { resourceServers: [{ identifier: 'https://api.example.com', scopeNames: ['read'] }] };
    expect(
      audiences(servers, appClient('web'), machineClient('batch', ['https://api.example.com/read'])),
    ).toEqual(['sdk id client-id', 'sdk access none', 'client_credentials access cannot-tell']);
  });
});

test.each([
  ['https://api.example.com', 'cannot-tell'],
  ['http://api.example.com', 'cannot-tell'],
  ['urn:https://api.example.com', 'none'],
  ['shop', 'none'],
])('the audience of machine tokens beside the resource server %s', (identifier, audience) => {
  const resourceServers = [
    { identifier: 'orders', scopeNames: ['read'] },
    { identifier, scopeNames: ['read'] },
  ];
  expect(audiences({ resourceServers }, machineClient('batch', ['orders/read']))).toEqual([
    `client_credentials access ${audience}`,
  ]);
});

test('the best settings that a client could have (CLI-12)', () => {
  const tokens = conceivableTokens(poolOf([]), ['orders/read', 'orders/gone', 'openid']);
  const said = tokens.map(({ flow, kind, scopes, audience }) => [
    flow,
    kind,
    scopes.filter((one) => one.includes('/')),
    audience,
  ]);
  expect(said).toEqual([
    ['sdk', 'id', [], 'cannot-tell'],
    ['sdk', 'access', [], 'none'],
    ['code', 'id', [], 'cannot-tell'],
    ['code', 'access', ['orders/read'], 'none'],
    ['implicit', 'id', [], 'cannot-tell'],
    ['implicit', 'access', ['orders/read'], 'none'],
    ['client_credentials', 'access', ['orders/read'], 'none'],
  ]);
});

describe('what was not read', () => {
  test('clients', () => {
    const gap = denied('ListUserPoolClients');
    expect(obtainableTokens(poolOf(gap))).toEqual({ tokens: [], unknown: [gap] });
  });
  test('one client beside another', () => {
    const gap = denied('DescribeUserPoolClient');
    const { tokens, unknown } = obtainableTokens(
      poolOf([appClient('shut', gap), machineClient('batch', ['orders/read'])]),
    );
    expect(tokens.map(({ clientId }) => clientId)).toEqual(['client-batch']);
    expect(unknown).toEqual([gap]);
  });
  test('resource servers: listed scopes are taken as issued, and the gap is told', () => {
    const gap = denied('ListResourceServers');
    const { tokens, unknown } = obtainableTokens(
      poolOf([machineClient('batch', ['openid', 'stock/read'])], { resourceServers: gap }),
    );
    expect(tokens[0]?.scopes).toEqual(['stock/read']);
    expect(unknown).toEqual([gap]);
  });
  test('flows that Cognito added later', () => {
    const { tokens, unknown } = obtainableTokens(
      poolOf([
        appClient('new', { explicitAuthFlows: ['ALLOW_TELEPATHY', 'ALLOW_USER_AUTH', 'ALLOW_MAGIC'] }),
      ]),
    );
    expect(tokens).toHaveLength(2);
    expect(unknown).toEqual([
      expect.objectContaining({
        because: 'unsupported',
        operation: 'DescribeUserPoolClient',
        subject: 'app client client-new of user pool eu-west-1_Shop',
        detail:
          'app client client-new allows ALLOW_TELEPATHY, ALLOW_MAGIC, and what tokens that yields is not known here',
      }),
    ]);
  });
  test('flows that renew tokens or serve machines are known', () => {
    const explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'ALLOW_CLIENT_TOKEN_AUTH'];
    expect(unknownFlowsOf(settingsOf(appClient('job', { explicitAuthFlows })))).toEqual([]);
  });
  test('OAuth flows that Cognito added later count only where OAuth is on', () => {
    const settings = settingsOf(appClient('new', { oauthFlows: ['device'] }));
    expect(unknownFlowsOf(settings)).toEqual([]);
    expect(unknownFlowsOf({ ...settings, oauthEnabled: true })).toEqual(['device']);
  });
});

test('flows in force', () => {
  const off = settingsOf(appClient('web', { oauthFlows: ['code', 'client_credentials'] }));
  expect(activeOAuthFlows(off)).toEqual([]);
  expect(activeOAuthFlows({ ...off, oauthEnabled: true })).toEqual(['code']);
  expect(activeOAuthFlows({ ...off, oauthEnabled: true, hasSecret: true })).toEqual([
    'code',
    'client_credentials',
  ]);
  expect(authFlowsOf({ ...off, explicitAuthFlows: null })).toContain('ALLOW_USER_SRP_AUTH');
  expect(signsInThroughSdk({ ...off, explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })).toBe(false);
});

test('settings may be hypothetical', () => {
  const off = appClient('site', { ...settingsOf(webClient('site', ['openid'])), oauthEnabled: false });
  const pool = poolOf([off]);
  expect(tokensOfClient(pool, off, settingsOf(off))).toEqual([]);
  expect(tokensOfClient(pool, off, { ...settingsOf(off), oauthEnabled: true })).toHaveLength(2);
});

test('which method a token opens (COG-1, COG-2)', () => {
  const [id, access] = obtainableTokens(poolOf([webClient('site', ['openid', 'orders/read'])])).tokens;
  if (id === undefined || access === undefined) throw new Error('two tokens');
  expect(opens(id, [])).toBe(true);
  expect(opens(access, [])).toBe(false);
  expect(opens(access, ['stock/read', 'orders/read'])).toBe(true);
  expect(opens(access, ['orders/write'])).toBe(false);
  expect(opens({ ...id, scopes: ['orders/read'] }, ['orders/read'])).toBe(false);
});

test('the answer is kept with the pool', () => {
  const pool = poolOf([appClient('web')]);
  expect(obtainableTokens(pool)).toBe(obtainableTokens(pool));
  expect(obtainableTokens({ ...pool, clients: known([]) })).toEqual({ tokens: [], unknown: [] });
});
