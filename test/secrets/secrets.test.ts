import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FORMATS, lookOf, WRITERS } from '../../lambda/cli/formats';
import { writeSaved } from '../../lambda/cli/saved-file';
import type { SandboxAccount } from '../../sandbox/account-file';
import type { SandboxOptions } from '../../sandbox/endpoint';
import { buildHandler } from '../../tools/build';
import { functionOf, runFunction, type DeployedFunction } from '../end-to-end/run-function';
import { synthesise } from '../lib/synthesise';
import { leadTo, runCommandLine } from '../support/command-line';
import { auditEndpoint, auditSandbox, HOSTILE_ACCOUNT, withSandbox, type Audited } from '../support/hostile';

jest.setTimeout(120_000);

const MARK = 'S3CR3T';

/** A secret wherever AWS's answers may hold one. */
const plant = (account: SandboxAccount): SandboxAccount => {
  let planted = 0;
  const secret = (): string => {
    planted += 1;
    return `${MARK}-${planted}-zqxjkvbpw0123456789`;
  };
  const walk = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
    if (key === 'apiKeys') copy['value'] = secret();
    if (key === 'clients') copy['ClientSecret'] = secret();
    if (key === 'configuration') copy['Environment'] = { Variables: { PASSWORD: secret() } };
    if ('HeaderValue' in copy) copy['HeaderValue'] = secret();
    return copy;
  };
  const marked = walk(account) as SandboxAccount;
  if (planted < 15) throw new Error('too few secrets were planted');
  return marked;
};

const PLANTED = plant(HOSTILE_ACCOUNT);

/** The mark as it is, and in the encodings that might carry it along. */
const FORMS = [
  MARK,
  Buffer.from(MARK).toString('hex'),
  Buffer.from(`${MARK}-`).toString('base64').slice(0, 8),
];

const expectNone = (...texts: readonly string[]): void => {
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(0);
    for (const form of FORMS) expect(text.includes(form)).toBe(false);
  }
};

const everything = ({ result, accounts }: Audited): readonly string[] => [
  JSON.stringify(result),
  JSON.stringify(accounts),
  writeSaved(accounts),
  ...FORMATS.map((format) => WRITERS[format](result, lookOf(null, {}))),
];

const SCENES: readonly (readonly [string, Partial<SandboxOptions>])[] = [
  ['all goes well', {}],
  ['values of keys come unasked', { leaksKeyValues: true }],
  [
    'reads are denied',
    { deny: ['GetExport', 'DescribeUserPoolClient', 'GetUsagePlanKeys', 'ListDistributions'] },
  ],
  [
    'answers are torn, cut and mangled',
    {
      leaksKeyValues: true,
      faults: { seed: 5, halfBody: 0.1, malformed: 0.15, cut: 0.15, listAsText: 0.15, html: 0.1 },
    },
  ],
  ['every body is cut', { leaksKeyValues: true, faults: { seed: 5, cut: 1 } }],
  ['every list is text', { leaksKeyValues: true, faults: { seed: 5, listAsText: 1 } }],
];

test('the wire carries the secrets', async () => {
  expect(JSON.stringify(PLANTED).split(MARK).length).toBeGreaterThan(15);
  await withSandbox({ account: PLANTED, leaksKeyValues: true }, async ({ url }) => {
    const answer = await fetch(`${url}/apikeys`, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/apigateway/aws4_request' },
    });
    expect(await answer.text()).toContain(MARK);
  });
});

test.each(SCENES)('model, saved account and reports hold none when %s', async (_, options) => {
  expectNone(...everything(await auditSandbox({ account: PLANTED, ...options })));
});

/** Error texts that repeat what was sent, as a signature mismatch and many proxies do. */
const ERRORS: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  [
    'a canonical request',
    (response) => {
      response.writeHead(403, { 'x-amzn-errortype': 'SignatureDoesNotMatch' });
      response.end(JSON.stringify({ message: `The Canonical String should have been '${MARK}'` }));
    },
  ],
  [
    'a refusal',
    (response) => {
      response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
      response.end(JSON.stringify({ Message: `User: ${MARK} is not authorized to perform: ${MARK}:x` }));
    },
  ],
  [
    'the name of an error',
    (response) => {
      response.writeHead(400, { 'x-amzn-errortype': `${MARK} Exception` });
      response.end(JSON.stringify({ __type: `${MARK}#${MARK} token`, message: MARK }));
    },
  ],
  [
    'a page',
    (response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end(`<html><title>${MARK}</title></html>`);
    },
  ],
  [
    'a body that is no JSON',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"items":[{"value":"${MARK}`);
    },
  ],
];

describe.each(ERRORS)('an endpoint that repeats a secret in %s', (_, answer) => {
  const server = createServer((_request, response) => answer(response));
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('is not repeated by an audit', async () => {
    expectNone(...everything(await auditEndpoint(url)));
  });

  test.each([
    ['audit'],
    ['audit', '--all-regions'],
    ['explain', '--url', 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/x'],
  ])('is not repeated by the command line: %s %s', async (...argv) => {
    const { code, out, err } = await runCommandLine(argv, {
      env: { ...leadTo(url), AWS_MAX_ATTEMPTS: '1', AWS_SECRET_ACCESS_KEY: `${MARK}-own` },
    });
    expect(code).toBe(3);
    expectNone(err, `${out} `);
  });
});

const TOKEN = [
  Buffer.from('{"alg":"RS256","kid":"k"}').toString('base64url'),
  Buffer.from(`{"sub":"${MARK}","token_use":"id"}`).toString('base64url'),
  `${MARK}-signature`,
].join('.');
const RAW_PARTS = TOKEN.split('.').slice(1);

const EXPLAINED = 'https://gwngyh0qxw.execute-api.eu-west-1.amazonaws.com/prod/orders';

const ASKED: readonly (readonly [string, readonly string[], string])[] = [
  ['a token on standard input', ['--url', EXPLAINED, '--token-stdin'], TOKEN],
  ['something that is no token', ['--url', EXPLAINED, '--token-stdin'], `${MARK} not.a.token`],
  ['a header', ['--url', EXPLAINED, '--header', `Authorization: Bearer ${TOKEN}`], ''],
  ['an API key', ['--url', EXPLAINED, '--header', `x-api-key: ${MARK}-key`], ''],
  ['a header that does not parse', ['--url', EXPLAINED, '--header', MARK], ''],
  [
    'curl',
    ['--curl', '-'],
    `curl '${EXPLAINED}' -H 'Authorization: ${TOKEN}' -H 'x-api-key: ${MARK}-key' -b 's=${MARK}'`,
  ],
  ['curl with a user', ['--curl', '-'], `curl -u me:${MARK} '${EXPLAINED}'`],
  ['curl with an unknown option', ['--curl', '-'], `curl --what-is-this ${MARK} '${EXPLAINED}'`],
  ['curl with an open quote', ['--curl', '-'], `curl '${EXPLAINED} -H 'Authorization: ${TOKEN}`],
];

describe('explain', () => {
  test.each(
    ASKED.flatMap(([name, argv, input]) =>
      (['text', 'json'] as const).map((format) => [name, format, argv, input] as const),
    ),
  )('does not show %s in %s', async (_, format, argv, input) => {
    const { out, err } = await runCommandLine(['explain', '--sandbox', ...argv, '--format', format], {
      input,
    });
    const said = `${out}${err}`;
    expectNone(said);
    for (const part of RAW_PARTS) expect(said.includes(part)).toBe(false);
  });
});

describe('the function', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  let deployed: DeployedFunction;
  beforeAll(async () => {
    const built = path.join(folder, 'function');
    mkdirSync(built);
    await buildHandler(path.join(built, 'handler.js'));
    const template = synthesise({
      regions: ['eu-west-1', 'eu-central-1'],
      slackWorkspaceId: 'T0123ABCD',
      slackChannelId: 'C0123ABCD',
    });
    const { accountId } = PLANTED;
    deployed = {
      ...functionOf(template, { assembly: folder, accountId, region: 'eu-west-1' }),
      folder: built,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const invoke = (event: unknown, options: Partial<SandboxOptions> = {}) =>
    withSandbox({ account: PLANTED, leaksKeyValues: true, ...options }, async ({ url, published }) => {
      const outcome = await runFunction(deployed, {
        event,
        endpoint: url,
        accountId: PLANTED.accountId,
        region: 'eu-west-1',
      });
      return { outcome, published };
    });

  test('logs, publishes and answers none', async () => {
    const { outcome, published } = await invoke({ full: true });
    expect(published.length).toBeGreaterThan(1);
    expectNone(outcome.log, JSON.stringify(published), JSON.stringify(outcome));
  });

  test('nor where it fails', async () => {
    const { outcome, published } = await invoke({}, { deny: ['GetCallerIdentity'] });
    expect(outcome.error).toBeDefined();
    expectNone(outcome.log, JSON.stringify(published), JSON.stringify(outcome));
  });

  test.each([
    { action: 'audit', token: TOKEN },
    { action: TOKEN },
    { action: 'explain', url: 'https://x.example.com/pets', token: TOKEN },
    { action: 'explain', url: EXPLAINED, token: TOKEN, apiKey: `${MARK}-key` },
    { action: 'audit', regions: [TOKEN] },
    { action: 'audit', rules: [TOKEN] },
    { [TOKEN]: 1 },
    TOKEN,
  ])('nor what an event holds: %#', async (event) => {
    const { outcome, published } = await invoke(event);
    const said = `${JSON.stringify(outcome)}${JSON.stringify(published)}`;
    expectNone(outcome.log === '' ? ' ' : outcome.log, said);
    for (const part of RAW_PARTS) expect(said.includes(part)).toBe(false);
  });
});

test('--save writes none', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'saved-'));
  const file = path.join(folder, 'account.json');
  try {
    await withSandbox({ account: PLANTED, leaksKeyValues: true }, async ({ url }) => {
      const argv = ['audit', '--save', file, '--matrix', '--rule', 'cognito/'];
      const { out, err } = await runCommandLine(argv, { env: leadTo(url) });
      expectNone(out, err, readFileSync(file, 'utf8'));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
