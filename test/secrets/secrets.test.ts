import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FORMATS, lookOf, WRITERS } from '../../lambda/cli/formats';
import { writeSaved } from '../../lambda/cli/saved-file';
import type { SandboxOptions } from '../../sandbox/endpoint';
import { leadTo, runCommandLine } from '../support/command-line';
import { auditEndpoint, auditSandbox, withSandbox, type Audited } from '../support/hostile';
import { EXPLAINED, expectNone, MARK, PLANTED, RAW_PARTS, TOKEN } from './planted';

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
  expect(JSON.stringify(PLANTED).split(MARK).length).toBeGreaterThan(100);
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
  const folder = mkdtempSync(path.join(tmpdir(), 'explained-'));
  const file = path.join(folder, 'account.json');
  beforeAll(() => runCommandLine(['audit', '--sandbox', '--save', file]));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(
    ASKED.flatMap(([name, argv, input]) =>
      (['text', 'json'] as const).map((format) => [name, format, argv, input] as const),
    ),
  )('does not show %s in %s', async (_, format, argv, input) => {
    const { out, err } = await runCommandLine(['explain', '--from', file, ...argv, '--format', format], {
      input,
    });
    const said = `${out}${err}`;
    expectNone(said);
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
