import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAccount, type Sketch } from '../cases/build-account';
import { ACCOUNT_ID, API_ID, REGION } from '../cases/places';
import { PLAIN_POOL } from '../cases/build-user-pool';
import { startSandbox, type SandboxCall, type SandboxOptions } from '../../sandbox/endpoint';
import { permittedOnRequest, permittedOperations } from '../../sandbox/permitted';
import { leadTo, runCommandLine } from '../support/command-line';
import { jwt } from './support';

const POOL_ID = `${REGION}_Users`;
const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${POOL_ID}`;
/** After the clock of the command line, by which the sandbox goes too. */
const LATER = Date.parse('2026-11-23T10:00:00Z') / 1000;
const id = jwt({ token_use: 'id', iss: ISSUER, aud: 'app', exp: LATER });
const access = jwt({ token_use: 'access', iss: ISSUER, client_id: 'app', scope: 'a', exp: LATER });

const sketch: Sketch = {
  methods: { 'GET /pets': 'cognito', 'GET /orders': 'tokens', 'GET /open': 'NONE' },
  authorizers: {
    cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] },
    tokens: { type: 'TOKEN' },
  },
  pools: { Users: PLAIN_POOL },
};

const users = [
  { Username: 'ann', UserStatus: 'CONFIRMED', Enabled: true },
  { Username: 'bob', UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true },
  { Username: 'eve', UserStatus: 'CONFIRMED', Enabled: false },
] as const;

const account = (): SandboxOptions['account'] => {
  const built = buildAccount(sketch);
  const region = built.regions[REGION];
  if (region === undefined) throw new Error('the sketch has a region');
  return {
    ...built,
    regions: {
      [REGION]: {
        ...region,
        userPools: (region.userPools ?? []).map((pool) => ({ ...pool, users: [...users] })),
      },
    },
  };
};

const run = async (
  path: string,
  options: readonly string[],
  {
    token,
    permitted = permittedOnRequest(),
  }: { readonly token?: string; readonly permitted?: readonly string[] } = {},
) => {
  const sandbox = await startSandbox({
    account: account(),
    permitted,
    clock: () => Date.parse('2026-11-23T09:00:00Z'),
  });
  try {
    const url = `https://${API_ID}.execute-api.${REGION}.amazonaws.com/prod${path}`;
    const ran = await runCommandLine(
      [
        'explain',
        '--url',
        url,
        '--format',
        'json',
        ...(token === undefined ? [] : ['--token-stdin']),
        ...options,
      ],
      { env: { ...leadTo(sandbox.url), AWS_REGION: REGION }, input: token ?? '' },
    );
    const notes =
      ran.out === '' ? '' : (JSON.parse(ran.out) as { notes: readonly string[] }).notes.join('\n');
    return { ...ran, notes, calls: [...sandbox.calls] as readonly SandboxCall[] };
  } finally {
    await sandbox.close();
  }
};

const asked = (calls: readonly SandboxCall[]) =>
  calls.map(({ operation }) => operation).filter((one) => /^(TestInvoke|AdminGet)/.test(one));

test('nothing of it is asked unless a person wants it', async () => {
  const { calls, err } = await run('/pets', [], { token: id, permitted: permittedOperations() });
  expect(asked(calls)).toEqual([]);
  expect(err).toBe('');
});

describe('--test-invoke', () => {
  test('a good ID token: what passing proves, and what it does not (TST-2, TST-4)', async () => {
    const { notes, calls, err, out, code } = await run('/pets', ['--test-invoke'], { token: id });
    expect(asked(calls)).toEqual(['TestInvokeAuthorizer']);
    expect(notes).toContain('TestInvokeAuthorizer of authorizer cognito answered 200');
    expect(notes).toContain('knows no method, no scopes and no deployment');
    expect(code).toBe(0);
    for (const part of id.split('.')) expect(out + err).not.toContain(part);
  });

  test('it says that it is a POST and invokes the authorizer (TST-5)', async () => {
    const { err } = await run('/pets', ['--test-invoke'], { token: id });
    expect(err).toContain('apigateway:POST');
    expect(err).toContain('invokes the authorizer');
  });

  test('an access token is not sent there (TST-1)', async () => {
    const { notes, calls } = await run('/pets', ['--test-invoke'], { token: access });
    expect(asked(calls)).toEqual([]);
    expect(notes).toContain('it takes ID tokens only, and this is an access token (TST-1)');
  });

  test('an expired token: 401', async () => {
    const old = jwt({ token_use: 'id', iss: ISSUER, aud: 'app', exp: LATER - 7200 });
    expect((await run('/pets', ['--test-invoke'], { token: old })).notes).toContain('answered 401');
  });

  test.each([
    ['allow', '"Effect":"Allow"'],
    ['deny', '"Effect":"Deny"'],
    ['unauthorized', 'answered 401'],
    ['something', 'answered 500'],
  ])('a Lambda authorizer and the token %s', async (token, said) => {
    expect((await run('/orders', ['--test-invoke'], { token })).notes).toContain(said);
  });

  test.each([
    ['an open method', '/open', id, 'meets no method with an authorizer'],
    ['no token', '/pets', undefined, 'no token to send'],
  ])('%s: not asked', async (_, path, token, why) => {
    const { notes, calls } = await run(path, ['--test-invoke'], token === undefined ? {} : { token });
    expect(asked(calls)).toEqual([]);
    expect(notes).toContain(why);
  });

  test('without the permission the rest of the answer stands, with what to allow', async () => {
    const { notes, code } = await run('/pets', ['--test-invoke'], {
      token: id,
      permitted: permittedOperations(),
    });
    expect(notes).toContain('Allow apigateway:POST: "permissions --test-invoke" prints the policy.');
    expect(code).toBe(0);
  });
});

describe('--user', () => {
  test.each([
    ['ann', 'is enabled and in status CONFIRMED'],
    ['bob', 'is in status FORCE_CHANGE_PASSWORD: until that is settled, no token can be had'],
    ['eve', 'is disabled: no token can be had'],
    ['nobody', 'does not exist'],
  ])('%s %s (CLI-20)', async (name, said) => {
    const { notes, calls } = await run('/pets', ['--user', name]);
    expect(asked(calls)).toEqual(['AdminGetUser']);
    expect(notes).toContain(`arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${POOL_ID}`);
    expect(notes).toContain(said);
  });

  test('a user who cannot sign in gets no token (CLI-20)', async () => {
    expect((await run('/pets', ['--user', 'bob'])).notes).toContain('no token can be had');
  });

  test('a method without a pool: nobody is asked about', async () => {
    const { notes, calls } = await run('/open', ['--user', 'ann']);
    expect(asked(calls)).toEqual([]);
    expect(notes).toContain('no authorizer whose one user pool is known');
  });

  test('without the permission the rest of the answer stands, with what to allow', async () => {
    const { notes } = await run('/pets', ['--user', 'ann'], { permitted: permittedOperations() });
    expect(notes).toContain('Allow cognito-idp:AdminGetUser: "permissions --user" prints the policy.');
  });
});

test('the sample account can be asked, a saved one cannot', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'saved-'));
  const file = path.join(folder, 'account.json');
  const url = 'https://tjxksdqlfc.execute-api.eu-west-1.amazonaws.com/prod/reports';
  const ask = ['--url', url, '--user', 'ann'];
  try {
    const sample = await runCommandLine(['explain', '--sandbox', ...ask]);
    expect(sample.out).toMatch(/User ann of \S+ does not\s+exist/);
    await runCommandLine(['audit', '--sandbox', '--api', 'tjxksdqlfc', '--rule', 'waf/', '--save', file]);
    const saved = await runCommandLine(['explain', '--from', file, ...ask]);
    expect([saved.code, saved.out, saved.err]).toEqual([
      3,
      '',
      'error: --user asks AWS, and neither a saved account nor a template can be asked.\n',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const actionsOf = async (...options: readonly string[]) =>
  (
    JSON.parse((await runCommandLine(['permissions', ...options])).out) as {
      Statement: readonly { Action: string }[];
    }
  ).Statement.map(({ Action }) => Action);

test('the permissions are printed when asked for, and belong to no audit', async () => {
  const plain = await actionsOf();
  expect(plain).not.toContain('apigateway:POST');
  expect(plain).not.toContain('cognito-idp:AdminGetUser');
  expect(plain).not.toContain('ec2:DescribeRegions');
  expect(await actionsOf('--test-invoke')).toEqual([...plain, 'apigateway:POST']);
  expect(await actionsOf('--user')).toEqual([...plain, 'cognito-idp:AdminGetUser']);
  expect(await actionsOf('--all-regions')).toEqual([...plain, 'ec2:DescribeRegions']);
});
