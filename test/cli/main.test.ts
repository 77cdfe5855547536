import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../../lambda/cli/io';
import { main } from '../../lambda/cli/main';
import { readSaved, writeSaved } from '../../lambda/cli/saved-file';
import type { Account } from '../../lambda/model/account';
import { readAudit } from '../../lambda/report/schema';
import { catalogue } from '../../lambda/rules/catalogue';
import { account, denied, method, restApi, usagePlan } from '../support/build';

const folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = async (argv: readonly string[], given: Partial<Io> & { input?: string } = {}): Promise<Ran> => {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    isTerminal: false,
    columns: null,
    write: (text: string) => {
      written[name] += text;
      return Promise.resolve();
    },
  });
  const code = await main(argv, {
    stdout: output('out'),
    stderr: output('err'),
    readInput: () => Promise.resolve(given.input ?? ''),
    env: {},
    clock: () => new Date('2026-11-23T09:00:00.000Z'),
    makeId: () => 'run-1',
    ...given,
  });
  return { code, ...written };
};

const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const keyed = method('GET', '/orders', { apiKeyRequired: true });
const keyedApis = (...names: readonly string[]): Account =>
  account({ restApis: names.map((name) => restApi(name, { methods: [keyed] })) });
const faulty = keyedApis('shop', 'till');
const saved = fileOf('faulty.json', writeSaved([faulty]));
const RULE = ['--rule', 'api-keys/stage-in-no-usage-plan'];

describe('audit', () => {
  test('finds, reports on standard output and ends with 1', async () => {
    const { code, out, err } = await run(['audit', '--from', saved, ...RULE]);
    expect(code).toBe(1);
    expect(out).toContain('shop (idshop)');
    expect(out).toContain('2 errors, 0 warnings and 0 notes.');
    expect(err).toBe('');
  });

  test('ends with 0 when everything was judged and nothing is wrong', async () => {
    const healthy = account({
      restApis: [restApi('shop', { methods: [keyed] })],
      usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
    });
    const { code, out } = await run([
      'audit',
      '--from',
      fileOf('healthy.json', writeSaved([healthy])),
      ...RULE,
    ]);
    expect([code, out.includes('Nothing found that keeps callers out.')]).toEqual([0, true]);
  });

  test('ends with 2 when something could not be judged, and prints what to allow', async () => {
    const blind = account({
      restApis: [restApi('shop', { methods: [keyed] })],
      usagePlans: denied('GetUsagePlans'),
    });
    const { code, out } = await run(['audit', '--from', fileOf('blind.json', writeSaved([blind])), ...RULE]);
    expect(code).toBe(2);
    expect(out).toMatch(/^INCOMPLETE: 1 thing /);
    expect(out).toContain('"Action": "apigateway:GET"');
    expect(out).toContain(':eu-west-1::/usageplans"');
    expect(out).not.toContain('/restapis');
  });

  test('--fail-on decides what ends with 1', async () => {
    expect((await run(['audit', '--from', saved, ...RULE, '--fail-on', 'never'])).code).toBe(0);
  });

  test('--format json fits the schema, and --matrix adds rows', async () => {
    const { out } = await run(['audit', '--from', saved, ...RULE, '--format', 'json', '--matrix']);
    const result = readAudit(JSON.parse(out));
    expect(result.run).toMatchObject({ id: 'run-1', source: 'saved', regions: ['eu-west-1'] });
    expect(
      result.matrix?.map(({ restApiId, method: name, requires }) => [restApiId, name, requires]),
    ).toEqual([
      ['idshop', 'GET /orders', 'api-key'],
      ['idtill', 'GET /orders', 'api-key'],
    ]);
    const without = await run(['audit', '--from', saved, ...RULE, '--format', 'json']);
    expect(readAudit(JSON.parse(without.out)).matrix).toBeUndefined();
  });

  test('--api looks at that API only, and leaves out the rules that compare all of them', async () => {
    const { out, err } = await run([
      'audit',
      '--from',
      saved,
      '--api',
      'idtill',
      '--format',
      'json',
      '--matrix',
    ]);
    const { summary, matrix, findings } = readAudit(JSON.parse(out));
    expect(summary.apis).toBe(1);
    expect(matrix?.every(({ restApiId }) => restApiId === 'idtill')).toBe(true);
    expect(findings.some(({ subject }) => subject.restApiId === 'idshop')).toBe(false);
    const shared = catalogue.filter(({ scope }) => scope === 'account').length;
    expect(err).toContain(`${shared} rules about what all APIs share did not run`);
  });

  test('--write-baseline accepts what is open, --suppressions keeps it accepted, and another baseline keeps both', async () => {
    const TERMS = ['--owner', 'team-shop', '--reason', 'before the audit', '--until', '2026-12-31'];
    const [first, second] = ['first.yaml', 'second.yaml'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    const from = ['audit', '--from', saved, ...RULE];
    const written = await run([...from, '--write-baseline', first, ...TERMS]);
    expect(written.code).toBe(1);
    expect(written.err).toContain('Baseline with 2 findings written to');
    const accepted = await run([...from, '--suppressions', first]);
    expect([accepted.code, accepted.out]).toEqual([0, expect.stringContaining('2 suppressed')]);
    expect(accepted.out).toContain('before the audit (team-shop, until 2026-12-31)');
    const later = { clock: () => new Date('2027-01-01T00:00:00.000Z') };
    const ended = await run([...from, '--suppressions', first], later);
    expect([ended.code, ended.out]).toEqual([1, expect.stringContaining('NO LONGER IN FORCE')]);

    const grown = fileOf('grown.json', writeSaved([keyedApis('shop', 'till', 'pos')]));
    const next = ['audit', '--from', grown, ...RULE, '--suppressions', first];
    expect((await run([...next, '--write-baseline', second, ...TERMS])).err).toContain(
      'Baseline with 1 finding',
    );
    expect((await run(['audit', '--from', grown, ...RULE, '--suppressions', second])).code).toBe(0);
  });

  test.each([
    [['--write-baseline', 'b.yaml'], 'needs --owner, --reason and --until'],
    [['--owner', 'me'], 'belong to --write-baseline'],
    [
      ['--write-baseline', 'b.yaml', '--owner', 'me', '--reason', 'so', '--until', '2026-02-30'],
      '--until takes a day such as 2026-12-31',
    ],
    [
      ['--suppressions', fileOf('broken.yaml', 'suppressions:\n  - rule: x\n')],
      'entry 1, subject: is missing',
    ],
  ])('refuses %j', async (given, words) => {
    const { code, err } = await run(['audit', '--from', saved, ...given]);
    expect([code, err]).toEqual([3, expect.stringContaining(words)]);
  });

  test('--output and --save write files for their owner only', async () => {
    const report = path.join(folder, 'report.html');
    const again = path.join(folder, 'again.json');
    const { out, err } = await run([
      'audit',
      '--from',
      saved,
      ...RULE,
      '--format',
      'html',
      '--output',
      report,
      '--save',
      again,
    ]);
    expect(out).toBe('');
    expect(err).toBe(`Account saved in ${again}\nReport written to ${report}\n`);
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/);
    expect(readSaved(readFileSync(again, 'utf8'), again)).toEqual([faulty]);
    expect([statSync(report).mode & 0o777, statSync(again).mode & 0o777]).toEqual([0o600, 0o600]);
  });

  test.each([
    [
      'a rule that does not exist',
      ['--from', saved, '--rule', 'cognito/scope-undefind'],
      'Did you mean cognito/scope-undefined?',
    ],
    [
      'an API that does not exist',
      ['--from', saved, '--api', 'nope'],
      'There is no REST API nope in eu-west-1.',
    ],
    [
      'a region that was not saved',
      ['--from', saved, '--region', 'us-east-1'],
      'does not hold us-east-1; it holds eu-west-1',
    ],
    ['a file that is not there', ['--from', path.join(folder, 'nope')], 'no such file or folder'],
    ['a file that is no saved audit', ['--from', fileOf('x.json', '{}')], 'it has no schemaVersion'],
    [
      'a file that cannot be written',
      ['--from', saved, '--output', path.join(folder, 'no/such/x')],
      'could not be written',
    ],
    ['a region that is none', ['--region', 'nowhere'], 'nowhere is no AWS Region'],
    ['no region', [], 'No AWS Region is set'],
    ['two sources', ['--from', saved, '--sandbox'], 'cannot be used with'],
    ['a format that does not exist', ['--format', 'xml'], 'Allowed choices are text, json'],
    [
      'only rules that --api rules out',
      ['--from', saved, '--api', 'idshop', '--rule', 'edge/domain-without-route'],
      'without --api',
    ],
  ])('ends with 3 on %s', async (_, argv, saying) => {
    const { code, out, err } = await run(['audit', ...argv]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(saying);
  });

  test('has no colours where NO_COLOR asks for none, and some where FORCE_COLOR asks for them', async () => {
    const escape = String.fromCodePoint(27);
    const argv = ['audit', '--from', saved, ...RULE];
    expect((await run(argv, { env: { FORCE_COLOR: '1' } })).out).toContain(escape);
    expect((await run(argv, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain(escape);
  });

  test('reads the sandbox like AWS, and a saved sandbox tells the same', async () => {
    const file = path.join(folder, 'sandbox.json');
    const live = await run([
      'audit',
      '--sandbox',
      '--region',
      'eu-central-1',
      '--format',
      'json',
      '--save',
      file,
    ]);
    const again = await run(['audit', '--from', file, '--format', 'json']);
    const [first, second] = [readAudit(JSON.parse(live.out)), readAudit(JSON.parse(again.out))];
    expect(first.run.source).toBe('sandbox');
    expect(first.stats.awsCalls).toBeGreaterThan(5);
    expect(first.findings.length).toBeGreaterThan(0);
    expect(second.findings).toEqual(first.findings);
    expect(second.coverage).toEqual(first.coverage);
    expect([live.code, again.code]).toEqual([1, 1]);
  });
});

describe('rules', () => {
  test('lists every rule', async () => {
    const { code, out } = await run(['rules']);
    expect(code).toBe(0);
    for (const { id } of catalogue) expect(out).toContain(`  ${id} `);
  });

  test('lists a family, as JSON too', async () => {
    const { out } = await run(['rules', 'cognito/', '--format', 'json']);
    const ids = (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(catalogue.map(({ id }) => id).filter((id) => id.startsWith('cognito/')));
  });

  test('prints the page of a rule', async () => {
    const { out } = await run(['rules', 'cognito/scope-undefined']);
    const rule = catalogue.find(({ id }) => id === 'cognito/scope-undefined');
    expect(out.split('\n', 1)[0]).toBe(rule?.title);
    for (const source of rule?.sources ?? ['missing']) expect(out).toContain(`  - ${source}\n`);
    expect(out).toContain('401 {"message":"Unauthorized"} (UNAUTHORIZED)');
    expect(out).toContain('    const server = pool.addResourceServer(');
    expect(out).toContain('docs/rules/cognito/scope-undefined.md');
  });

  test('prints every page without the marks of Markdown', async () => {
    for (const { id, title } of catalogue) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- quick, and the first that fails is named
      const { out } = await run(['rules', id]);
      expect(out.startsWith(`${title}\n`)).toBe(true);
      expect(out).not.toMatch(/^#|^```|&amp;|&lt;|&#|\\[{}_[\]]/m);
    }
  });

  test('ends with 3 on a rule that does not exist', async () => {
    const { code, err } = await run(['rules', 'scope-undefined']);
    expect([code, err]).toEqual([
      3,
      'error: There is no rule scope-undefined. Did you mean cognito/scope-undefined?\n',
    ]);
  });
});

test('permissions prints a policy that only reads', async () => {
  const { code, out } = await run(['permissions']);
  const { Version, Statement } = JSON.parse(out) as {
    Version: string;
    Statement: { Effect: string; Action: string; Resource: string[] }[];
  };
  expect([code, Version]).toEqual([0, '2012-10-17']);
  expect(Statement.length).toBeGreaterThan(10);
  for (const { Effect, Action, Resource } of Statement) {
    expect(Effect).toBe('Allow');
    expect(Action).toMatch(/:(GET|Get\w+|List\w+|Describe\w+)$/);
    expect(Resource.length).toBeGreaterThan(0);
    expect(Resource.join()).not.toMatch(/PARTITION|REGION|ACCOUNT/);
  }
});

describe('explain', () => {
  const url = 'https://idshop.execute-api.eu-west-1.amazonaws.com/prod';
  const openAccount = account({
    restApis: [restApi('shop', { methods: [method('GET', '/health'), keyed] })],
  });
  const file = fileOf('explain.json', writeSaved([account({ region: 'us-east-1' }), openAccount]));

  test.each([
    ['admitted', ['--url', `${url}/health`], 0, 'ADMITTED'],
    ['refused', ['--url', `${url}/nothing`], 1, 'Missing Authentication Token'],
    ['refused', ['--curl', `curl -X POST ${url}/health`], 1, 'Missing Authentication Token'],
    ['refused', ['--url', `${url}/orders`], 1, 'REFUSED with 403'],
  ])('says %s of %j', async (_, argv, code, saying) => {
    const ran = await run(['explain', '--from', file, ...argv]);
    expect([ran.code, ran.err]).toEqual([code, '']);
    expect(ran.out).toContain(saying);
  });

  test('answers JSON', async () => {
    const { out } = await run(['explain', '--from', file, '--url', `${url}/health`, '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: '1', decision: { outcome: 'admitted' } });
  });

  test('takes the command from standard input, and never shows a token of it', async () => {
    const token = `eyJhbGciOiJub25lIn0.${Buffer.from('{"token_use":"id","sub":"hush"}').toString('base64url')}.sig`;
    const input = `curl ${url}/orders -H 'Authorization: Bearer ${token}'`;
    const { code, out, err } = await run(['explain', '--from', file, '--curl', '-'], { input });
    expect(code).toBe(1);
    expect(out + err).not.toContain(token);
    const piped = await run(['explain', '--from', file, '--url', `${url}/orders`, '--token-stdin'], {
      input: token,
    });
    expect(piped.out + piped.err).not.toContain(token);
  });

  test.each([
    ['no request', [], '--url URL, or --curl'],
    ['a URL that is none', ['--url', 'http://['], '--url: is not a URL.'],
    ['a header that is none', ['--url', url, '--header', 'bad'], '--header: one of them'],
    ['an address that is none', ['--url', url, '--source-ip', 'here'], '--source-ip: is not an IP address.'],
    ['an empty token', ['--url', url, '--token-stdin'], 'standard input is empty'],
    [
      'claims that are no JSON',
      ['--url', url, '--claims', fileOf('claims.txt', 'secret-claim')],
      'claims.txt is not JSON.',
    ],
    [
      'claims that are no object',
      ['--url', url, '--claims', fileOf('claims.json', '[1]')],
      '--claims: is not a JSON object.',
    ],
    ['two tokens', ['--url', url, '--token-stdin', '--claims', 'x'], 'cannot be used with'],
    ['verifying nothing', ['--url', url, '--verify'], '--token-stdin'],
  ])('ends with 3 on %s', async (_, argv, saying) => {
    const { code, out, err } = await run(['explain', '--from', file, ...argv]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(saying);
    expect(err).not.toContain('secret-claim');
  });
});

describe('the program', () => {
  test.each([
    ['--help', ['--help'], 0],
    ['--version', ['--version'], 0],
    ['no command', [], 3],
    ['a command that does not exist', ['audt'], 3],
    ['an option that does not exist', ['audit', '--regoin', 'x'], 3],
  ])('ends as documented on %s', async (_, argv, code) => {
    expect((await run(argv)).code).toBe(code);
  });
});
