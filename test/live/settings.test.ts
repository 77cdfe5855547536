import { spawn } from 'node:child_process';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/endpoint';
import { sampleAccount } from '../../sandbox/load';
import { leadTo } from '../support/command-line';
import { checkAccount, LiveRefused, readLiveSettings } from './settings';

const ACCOUNT = ['--account', '111122223333'];
const REGION = ['--region', 'eu-west-1'];

test('account and Region, and what to run', () => {
  expect(readLiveSettings([...ACCOUNT, ...REGION])).toEqual({
    accountId: '111122223333',
    region: 'eu-west-1',
    only: null,
  });
  expect(readLiveSettings([...REGION, '--only', 'scopes', ...ACCOUNT]).only).toBe('scopes');
});

test.each([
  ['nothing', [], '--account is missing'],
  ['no account', REGION, '--account is missing'],
  ['no Region', ACCOUNT, '--region is missing'],
  ['an alias for the account', ['--account', 'my-sandbox', ...REGION], 'twelve digits'],
  ['a Region that is none', [...ACCOUNT, '--region', 'Ireland'], 'name of a Region'],
  ['an option without its value', [...ACCOUNT, '--region'], '--region has no value'],
  ['an option in place of a value', ['--account', ...REGION], '--account has no value'],
  ['an unknown option', [...ACCOUNT, ...REGION, '--yes', 'please'], '--yes is no option'],
])('refuses %s', (_, argv, why) => {
  expect(() => readLiveSettings(argv)).toThrow(LiveRefused);
  expect(() => readLiveSettings(argv)).toThrow(why);
});

test('refuses credentials of another account', () => {
  expect(() => checkAccount({ accountId: '111122223333' }, '444455556666')).toThrow(
    'The credentials are of account 444455556666, not of 111122223333: nothing was made.',
  );
  expect(() => checkAccount({ accountId: '111122223333' }, undefined)).toThrow(LiveRefused);
  expect(() => checkAccount({ accountId: '111122223333' }, '111122223333')).not.toThrow();
});

const ROOT = path.join(__dirname, '..', '..');

/** The program, led to an endpoint on loopback. */
const runLive = (
  url: string,
  ...argv: readonly string[]
): Promise<{ readonly code: number | null; readonly err: string }> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), path.join(__dirname, 'live.ts'), ...argv],
      {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: process.env['PATH'], ...leadTo(url), AWS_EC2_METADATA_DISABLED: 'true' },
      },
    );
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.on('close', (code) => resolve({ code, err }));
  });

describe('the program itself', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ account: sampleAccount });
  });
  afterAll(() => sandbox.close());

  test('asks AWS nothing without being told where', async () => {
    const { code, err } = await runLive(sandbox.url);
    expect(code).toBe(2);
    expect(err).toContain('--account is missing');
    expect(sandbox.calls).toEqual([]);
  });

  test('makes nothing with credentials of another account', async () => {
    const { code, err } = await runLive(sandbox.url, '--account', '999999999999', ...REGION);
    expect(code).toBe(2);
    expect(err).toContain(`The credentials are of account ${sampleAccount.accountId}`);
    expect(sandbox.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });
});
