import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ALERTS_TOPIC_ARN,
  AUDITED_REGIONS,
  CHAT_TOPIC_ARN,
  EVENTS_TOPIC_ARN,
  HISTORY_BUCKET,
} from '../../lambda/environment';
import type { Sandbox, SandboxOptions } from '../../sandbox/endpoint';
import { buildHandler } from '../../tools/build';
import { FunctionEnvironment, type Outcome } from '../end-to-end/run-function';
import { REGIONS, withSandbox } from '../support/hostile';
import { EXPLAINED, expectNone, MARK, PLANTED, RAW_PARTS, TOKEN } from './planted';

const [REGION] = REGIONS;
const topic = (name: string): string => `arn:aws:sns:${REGION}:${PLANTED.accountId}:${name}`;

const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
let environment: FunctionEnvironment;

beforeAll(async () => {
  await buildHandler(path.join(folder, 'handler.js'));
  const deployed = {
    folder,
    handler: 'handler.handler',
    environment: {
      [ALERTS_TOPIC_ARN]: topic('alerts'),
      [EVENTS_TOPIC_ARN]: topic('events'),
      [CHAT_TOPIC_ARN]: topic('chat'),
      [HISTORY_BUCKET]: 'history',
      [AUDITED_REGIONS]: REGIONS.join(),
    },
  };
  environment = new FunctionEnvironment(deployed, PLANTED.accountId, REGION);
});
afterAll(async () => {
  await environment.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Invoked extends Pick<Sandbox, 'published' | 'objects'> {
  readonly outcome: Outcome;
}

const invoke = (event: unknown, options: Partial<SandboxOptions> = {}): Promise<Invoked> =>
  withSandbox(
    { account: PLANTED, leaksKeyValues: true, ...options },
    async ({ url, published, objects }) => ({
      outcome: await environment.invoke({ event, endpoint: url }),
      published,
      objects,
    }),
  );

/** All that outlives an invocation, and what it answers. */
const leftBy = ({ outcome, published, objects }: Invoked): readonly string[] => [
  outcome.log,
  JSON.stringify(outcome),
  JSON.stringify(published),
  ...[...objects].flatMap(([key, { body }]) => [key, Buffer.from(body).toString()]),
];

const kept = ({ objects }: Invoked): readonly string[] => [...objects.keys()].map((key) => path.extname(key));

test('logs, publishes, stores and answers none', async () => {
  const invoked = await invoke({ full: true });
  expect(invoked.published.length).toBeGreaterThan(1);
  // State and claim, and the report in both formats.
  expect(kept(invoked)).toEqual(expect.arrayContaining(['.json', '.html']));
  expect(invoked.objects.size).toBeGreaterThan(3);
  expectNone(...leftBy(invoked));
});

test.each<[string, Partial<SandboxOptions>]>([
  ['nobody is known', { deny: ['GetCallerIdentity'] }],
  ['S3 and SNS refuse', { deny: ['PutObject', 'GetObject', 'Publish'] }],
  [
    'answers are torn, cut and mangled',
    { faults: { seed: 5, halfBody: 0.1, malformed: 0.15, cut: 0.15, listAsText: 0.15 } },
  ],
])('nor where %s', async (_, options) => {
  const invoked = await invoke({ full: true }, options);
  expectNone(...leftBy(invoked));
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
  const left = leftBy(await invoke(event)).join('\n');
  expectNone(left);
  for (const part of RAW_PARTS) expect(left.includes(part)).toBe(false);
});
