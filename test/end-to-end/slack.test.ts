import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeAlerts } from '../../lambda/alert/compose';
import { alarmWords, runbookPage } from '../../lambda/runbook';
import type { SlackMessage } from '../../lambda/slack/blocks';
import { ApiAuthAuditorStack } from '../../lib/api-auth-auditor-stack';
import { startSandbox } from '../../sandbox/endpoint';
import { buildSlackHandler } from '../../tools/build';
import { CONTEXT } from '../lib/synthesise';
import { sample } from '../report/sample';
import { withSlack, type SlackStub, type StubAnswer } from '../support/slack-stub';
import { alarmNotification } from '../slack/alarm-notification';
import { functionOf, runFunction, type DeployedFunction, type Outcome } from './run-function';

const ACCOUNT_ID = '222233334444';
const REGION = 'eu-west-1';
const NAME = 'api-auth-audit/slack';

let folder = '';
let deployed: DeployedFunction;

/** Builds the function, synthesises the stack around it and takes function and environment from what would be uploaded. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'slack-'));
  const audit = path.join(folder, 'audit');
  mkdirSync(audit);
  writeFileSync(path.join(audit, 'handler.js'), '');
  const built = path.join(folder, 'slack');
  await buildSlackHandler(path.join(built, 'handler.js'));
  const app = new App({ context: CONTEXT, outdir: path.join(folder, 'cdk.out') });
  const stack = new ApiAuthAuditorStack(app, 'ApiAuthAuditor', {
    auditor: { functionFolder: audit, slackFunctionFolder: built, slackWebhookSecret: NAME },
  });
  deployed = functionOf(Template.fromStack(stack), {
    prefix: 'AuditorSlack',
    assembly: app.outdir,
    accountId: ACCOUNT_ID,
    region: REGION,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EVENT = composeAlerts(sample, { alias: 'prod', full: false }).find(({ topic }) => topic === 'events');

/** As SNS invokes a function. */
const snsEvent = (message: string): object => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:events:1`,
      Sns: {
        Type: 'Notification',
        MessageId: '1',
        TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:events`,
        Message: message,
        MessageAttributes: {},
      },
    },
  ],
});

interface Invocation {
  readonly message?: string;
  /** Milliseconds until Lambda would end the run. */
  readonly remaining?: number;
  /** What the secret holds. */
  readonly secret?: (url: string) => string;
}

const invoke = (
  answers: readonly (StubAnswer | 'silent')[],
  { message = EVENT?.body ?? '', remaining = 120_000, secret = (url) => url }: Invocation = {},
): Promise<{ readonly outcome: Outcome; readonly posted: SlackStub['posted'] }> =>
  withSlack(answers, async (slack) => {
    const arn = `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:${NAME}-AbCdEf`;
    const sandbox = await startSandbox({
      account: {
        accountId: ACCOUNT_ID,
        regions: { [REGION]: { secrets: [{ name: NAME, arn, value: secret(slack.url) }] } },
      },
      permitted: ['GetSecretValue'],
    });
    try {
      const outcome = await runFunction(deployed, {
        event: snsEvent(message),
        endpoint: sandbox.url,
        accountId: ACCOUNT_ID,
        region: REGION,
        remaining,
      });
      expect(JSON.stringify(outcome)).not.toMatch(/s3cr3t|SECRET\/|services\//);
      return { outcome, posted: slack.posted };
    } finally {
      await sandbox.close();
    }
  });

test('an event becomes one message of Slack', async () => {
  const { outcome, posted } = await invoke([]);
  expect(outcome.error).toBeUndefined();
  expect(posted).toHaveLength(1);
  const [{ text, blocks }] = posted as readonly [SlackMessage];
  expect(text).toBe('API auth audit: 3 new (prod (222233334444) eu-west-1)');
  expect(blocks.length).toBeGreaterThan(3);
  expect(outcome.log).toContain('posted to Slack');
});

test('an alarm on the audit becomes one, too', async () => {
  const description = alarmWords('A run of the API auth audit failed.', 'audit-failed');
  const { outcome, posted } = await invoke([], {
    message: alarmNotification({ AlarmDescription: description }),
  });
  expect(outcome.error).toBeUndefined();
  const [{ text, blocks }] = posted as readonly [SlackMessage];
  expect(text).toBe('API auth audit: alarm (222233334444 eu-west-1)');
  expect(JSON.stringify(blocks)).toContain(`<${runbookPage('audit-failed')}|What to do>`);
  expect(outcome.log).toContain('AuditFailed');
});

test('the secret may be the JSON that the console makes', async () => {
  const { outcome, posted } = await invoke([], { secret: (url) => JSON.stringify({ url }) });
  expect([outcome.error, posted.length]).toEqual([undefined, 1]);
});

test('429 is waited for and the message sent again', async () => {
  const started = Date.now();
  const { outcome, posted } = await invoke([{ status: 429, headers: { 'retry-after': '1' } }]);
  expect([outcome.error, posted.length]).toEqual([undefined, 2]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
});

test('a Slack that failed once gets the message', async () => {
  const { outcome, posted } = await invoke([{ status: 500 }]);
  expect([outcome.error, posted.length]).toEqual([undefined, 2]);
});

test.each([
  ['gone', [{ status: 404, body: 'no_service' }], {}, 'Slack answered 404: no_service'],
  ['strict', [{ status: 400, body: 'invalid_payload' }], {}, 'Slack answered 400: invalid_payload'],
  ['silent', ['silent' as const], { remaining: 3_000 }, 'Slack did not answer in time'],
  ['busy', [{ status: 429 }], { remaining: 6_000 }, 'Slack answered 429; there is no time to wait 5 s'],
])(
  'a Slack that is %s makes the function fail, so that Lambda tries again',
  async (_, answers, given, words) => {
    const { outcome } = await invoke(answers, given);
    expect(outcome.error).toMatchObject({ name: 'SlackError', message: expect.stringContaining(words) });
    expect(outcome.log).toContain('not posted to Slack');
  },
);

test.each([
  ['is no address', () => 's3cr3t, services/', 'must hold an https address'],
  ['is an address without TLS', () => 'http://hooks.example/services/s3cr3t', 'must hold an https address'],
  ['is JSON of another shape', () => '{"address":"s3cr3t"}', 'must hold an https address'],
])('a secret that %s is refused and not repeated', async (_, secret, words) => {
  const { outcome, posted } = await invoke([], { secret });
  expect(outcome.error).toMatchObject({
    name: 'WebhookSecretError',
    message: expect.stringContaining(words),
  });
  expect(posted).toEqual([]);
});

test('a message that is no event is refused', async () => {
  const { outcome, posted } = await invoke([], { message: '{"AlarmName":"x"}' });
  expect(outcome.error?.name).toBe('UnknownEventError');
  expect(posted).toEqual([]);
});

test('the artefact is small, alone, and holds no part of the audit', () => {
  expect(readdirSync(deployed.folder)).toEqual(['handler.js']);
  expect(statSync(path.join(deployed.folder, 'handler.js')).size).toBeLessThan(600 * 1024);
});
