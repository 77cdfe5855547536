import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Explanation } from '../../lambda/explain/explain';
import { MEASUREMENTS } from '../../lambda/measurements';
import type { AuditResult } from '../../lambda/result';
import { ApiAuthAuditorStack } from '../../lib/api-auth-auditor-stack';
import type { SandboxAccount } from '../../sandbox/account-file';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/endpoint';
import { sampleAccount } from '../../sandbox/load';
import { buildHandler } from '../../tools/build';
import { CONTEXT } from '../lib/synthesise';
import { expectGolden } from '../support/golden';
import {
  FunctionEnvironment,
  functionOf,
  runFunction,
  type DeployedFunction,
  type Outcome,
} from './run-function';

const { accountId } = sampleAccount;
const REGION = 'eu-west-1';

const idOf = (name: string): string => {
  const api = sampleAccount.regions[REGION]?.restApis?.find((one) => one['name'] === name);
  if (api === undefined) throw new Error(`the sample account has no API ${name}`);
  return String(api['id']);
};

/** One API with one stage that no usage plan covers. */
const SUPPORT_API = { regions: [REGION], restApiIds: [idOf('support-api')] };

let folder = '';
let deployed: DeployedFunction;
let environment: FunctionEnvironment;

/** Builds the function, synthesises the stack around it and takes function and environment from what would be uploaded. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'end-to-end-'));
  const built = path.join(folder, 'function');
  mkdirSync(built);
  await buildHandler(path.join(built, 'handler.js'));
  const app = new App({ context: CONTEXT, outdir: path.join(folder, 'cdk.out') });
  const stack = new ApiAuthAuditorStack(app, 'ApiAuthAuditor', {
    auditor: {
      functionFolder: built,
      regions: ['eu-west-1', 'eu-central-1'],
      alias: 'shop',
      securityHub: true,
      slackWorkspaceId: 'T0123ABCD',
      slackChannelId: 'C0123ABCD',
    },
  });
  const template = Template.fromStack(stack);
  deployed = functionOf(template, { assembly: app.outdir, accountId, region: REGION });
  environment = new FunctionEnvironment(deployed, accountId, REGION);
});

afterAll(async () => {
  await environment.close();
  rmSync(folder, { recursive: true, force: true });
});

const invoke = async (
  event: unknown,
  options: Partial<SandboxOptions> = {},
): Promise<{ readonly outcome: Outcome; readonly sandbox: Sandbox }> => {
  const sandbox = await startSandbox({ account: sampleAccount, ...options });
  try {
    const outcome = await environment.invoke({ event, endpoint: sandbox.url });
    return { outcome, sandbox };
  } finally {
    await sandbox.close();
  }
};

const topicOf = (arn: string): string =>
  /:Auditor(Alerts|Chat|Events)\w*$/.exec(arn)?.[1]?.toLowerCase() ?? arn;

const messagesTo = (sandbox: Sandbox, topic: string): Sandbox['published'] =>
  sandbox.published.filter(({ topicArn }) => topicOf(topicArn) === topic);

const emailOf = (sandbox: Sandbox): string => {
  const [message] = messagesTo(sandbox, 'alerts');
  return (JSON.parse(message?.message ?? '{}') as { email?: string }).email ?? '';
};

/** Everything that was published, readable, with times masked. */
const transcript = (sandbox: Sandbox): string =>
  sandbox.published
    .map(({ topicArn, subject, message, messageStructure, attributes }) => {
      const body = JSON.parse(message) as Record<string, unknown>;
      const parts = messageStructure === 'json' ? body : { message: body };
      const texts = Object.entries(parts).map(([protocol, part]) => {
        const text =
          typeof part === 'string' && protocol !== 'https'
            ? part
            : JSON.stringify(typeof part === 'string' ? JSON.parse(part) : part, null, 2);
        return `--- ${protocol}\n${text}`;
      });
      return [
        `=== ${topicOf(topicArn)}`,
        `Subject: ${subject}`,
        `Attributes: ${JSON.stringify(attributes)}`,
        ...texts,
        '',
      ].join('\n');
    })
    .join('\n')
    .replaceAll(/http:[^\s"\\]*X-Amz-Signature=[^\s"\\]*/g, '<LINK>')
    .replaceAll(/reports(%2F|\/)\d{4}-\d\d-\d\d/g, 'reports$1<DAY>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<TIME>');

test('the schedule’s event audits the account and tells people', async () => {
  const { outcome, sandbox } = await invoke({});
  expect(outcome.error).toBeUndefined();
  const result = outcome.result as AuditResult;
  expect(result.schemaVersion).toBe('1');
  expect(result.run).toMatchObject({
    source: 'live',
    account: accountId,
    regions: ['eu-west-1', 'eu-central-1'],
  });
  expect(result.coverage).toEqual({ complete: true, gaps: [], failedRules: [] });
  expect(result.summary.apis).toBe(
    Object.values(sampleAccount.regions).flatMap(({ restApis = [] }) => restApis).length,
  );
  expect(result.findings.length).toBeGreaterThan(0);
  const inHub = [...sandbox.findings.values()];
  expect(new Set(inHub.map(({ Id }) => Id))).toEqual(
    new Set(result.findings.map(({ id }) => `api-auth-auditor/${id}`)),
  );
  expect(new Set(inHub.flatMap(({ Resources }) => Resources.map(({ Region }) => Region)))).toEqual(
    new Set(['eu-west-1', 'eu-central-1']),
  );
  expect(messagesTo(sandbox, 'alerts')).toHaveLength(1);
  expect(emailOf(sandbox)).toContain('X-Amz-Signature=');
  expect(JSON.stringify(outcome)).not.toContain('X-Amz-Signature');
  const [html = ''] = [...sandbox.objects].flatMap(([key, { body }]) =>
    key.endsWith('.html') ? [String(body)] : [],
  );
  expect(html).toMatch(/<section id="matrix">[^]*gets in[^]*refused/);
  expect(html).not.toContain('there was no room');
  expectGolden('end-to-end/schedule.txt', transcript(sandbox));
});

/** Lines of the log in CloudWatch's embedded metric format. */
const measuredIn = (log: string): readonly Record<string, unknown>[] =>
  log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => '_aws' in line);

test('an audit of everything is measured, once', async () => {
  const { outcome } = await invoke({ notify: false });
  const { summary, coverage, stats } = outcome.result as AuditResult;
  const [line, ...others] = measuredIn(outcome.log);
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'ApiAuthAudit',
          Dimensions: [['service', 'FunctionName']],
          Metrics: Object.entries(MEASUREMENTS).map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    },
    service: 'api-auth-audit',
    FunctionName: 'auditor',
    ErrorFindings: summary.findings.error,
    UnreachableMethods: summary.unreachableMethods,
    IncompleteAudits: coverage.complete ? 0 : 1,
    AwsCalls: stats.awsCalls,
    UnsentAlerts: 0,
  });
  expect(summary.unreachableMethods).toBeGreaterThan(0);
});

test('an audit of one API tells nobody when asked not to, and is not measured', async () => {
  const { outcome, sandbox } = await invoke({ action: 'audit', ...SUPPORT_API, notify: false });
  expect((outcome.result as AuditResult).summary.apis).toBe(1);
  expect(measuredIn(outcome.log)).toEqual([]);
  expect(sandbox.published).toEqual([]);
});

test('an audit by one rule finds what that rule finds', async () => {
  const rules = ['api-keys/stage-in-no-usage-plan'];
  const { outcome } = await invoke({ action: 'audit', ...SUPPORT_API, rules, notify: false });
  expect((outcome.result as AuditResult).findings.map(({ rule, subject }) => [rule, subject.stage])).toEqual([
    ['api-keys/stage-in-no-usage-plan', 'v2'],
  ]);
});

test('denied reads are told as lost coverage, not as findings', async () => {
  const { outcome, sandbox } = await invoke(SUPPORT_API, { deny: ['GetUsagePlans'] });
  const { coverage } = outcome.result as AuditResult;
  expect(coverage.complete).toBe(false);
  expect(coverage.gaps.map(({ operation, because }) => `${operation} ${because}`)).toContain(
    'GetUsagePlans denied',
  );
  expect(messagesTo(sandbox, 'alerts')[0]?.subject).toMatch(/, incomplete$/);
  expect(emailOf(sandbox)).toContain('COULD NOT BE JUDGED');
});

test('a test alert reaches every subscriber and audits nothing', async () => {
  const { outcome, sandbox } = await invoke({ action: 'test-alert' });
  expect(outcome.result).toMatchObject({
    schemaVersion: '1',
    sent: sandbox.published.map(({ topicArn, messageId }) => ({ topic: topicOf(topicArn), messageId })),
  });
  expect(sandbox.calls.map(({ operation }) => operation)).toEqual([
    'Publish',
    'Publish',
    'Publish',
    'GetTopicAttributes',
  ]);
  expectGolden('end-to-end/test-alert.txt', transcript(sandbox));
});

/** The sample account with the topics of the stack, the one for people with these subscriptions. */
const withSubscriptions = (...arns: readonly string[]): SandboxAccount => {
  const subscriptions = arns.map((SubscriptionArn) => ({ SubscriptionArn, Protocol: 'email' }));
  const topics = Object.values(deployed.environment)
    .filter((value) => value.startsWith('arn:aws:sns:'))
    .map((topicArn) => ({ topicArn, subscriptions: topicOf(topicArn) === 'alerts' ? subscriptions : [] }));
  const { regions } = sampleAccount;
  return { ...sampleAccount, regions: { ...regions, [REGION]: { ...regions[REGION], topics } } };
};

describe('whether anybody hears alerts', () => {
  const NOBODY = 'Nobody hears alerts: no subscription of the alerts topic is confirmed;';

  test.each([
    [[], { confirmed: 0, pending: 0 }, `${NOBODY} nobody subscribed.`],
    [
      ['PendingConfirmation', 'Deleted'],
      { confirmed: 0, pending: 1 },
      `${NOBODY} 1 subscription waits for somebody to click the link in the mail from AWS.`,
    ],
    [
      ['arn:aws:sns:eu-west-1:111122223333:alerts:1', 'PendingConfirmation'],
      { confirmed: 1, pending: 1 },
      null,
    ],
  ])('is told by a test alert and by a run: %j', async (arns, audience, warning) => {
    const account = withSubscriptions(...arns);
    const { outcome } = await invoke({ action: 'test-alert' }, { account });
    expect(outcome.result).toMatchObject({ audience, ...(warning === null ? {} : { warning }) });
    expect('warning' in (outcome.result as object)).toBe(warning !== null);
    const run = await invoke(SUPPORT_API, { account });
    expect((run.outcome.result as AuditResult).audience).toEqual(audience);
    expect(run.outcome.log.includes(NOBODY)).toBe(warning !== null);
  });

  test('is not guessed where SNS does not tell, which is told, with what to allow', async () => {
    const deny = ['GetTopicAttributes'];
    const { outcome } = await invoke({ action: 'test-alert' }, { deny });
    const audience = { unknown: 'AuthorizationErrorException; allow sns:GetTopicAttributes' };
    const warning = `It cannot be told whether anybody hears alerts: reading the subscriptions of the alerts topic failed (${audience.unknown}).`;
    expect(outcome.result).toMatchObject({ audience, warning });
    expect(outcome.log).toContain(warning);
    const run = await invoke(SUPPORT_API, { deny });
    expect((run.outcome.result as AuditResult).audience).toEqual(audience);
    expect(run.outcome.log).toContain(warning);
  });
});

describe('explain', () => {
  const url = `https://${idOf('support-api')}.execute-api.${REGION}.amazonaws.com/v2/status`;
  const claims = Buffer.from(JSON.stringify({ sub: 'someone' })).toString('base64url');
  const token = `eyJhbGciOiJSUzI1NiJ9.${claims}.c2lnbmF0dXJl`;

  test('says which gate refuses a call, reads that API only, and tells nobody', async () => {
    const { outcome, sandbox } = await invoke({ action: 'explain', url, sourceIp: '203.0.113.7' });
    expect((outcome.result as Explanation).decision).toMatchObject({
      outcome: 'refused',
      status: 403,
      gate: 'api-key',
      rule: 'api-keys/stage-in-no-usage-plan',
    });
    expect(new Set(sandbox.calls.map(({ params }) => params['restApiId']).filter(Boolean))).toEqual(
      new Set([idOf('support-api')]),
    );
    expect(sandbox.published).toEqual([]);
  });

  test('neither logs nor echoes a token, nor its parts', async () => {
    const { outcome } = await invoke({ action: 'explain', url: `${url}?token=${token}`, token });
    expect(outcome.error).toBeUndefined();
    const told = JSON.stringify(outcome.result) + outcome.log;
    for (const secret of [token, claims, 'c2lnbmF0dXJl']) expect(told).not.toContain(secret);
  });

  test.each([
    [{}, 'Event: url: is missing'],
    [{ url: 'ftp://example.com' }, 'Event: url: is not an http or https URL'],
    [{ url, sourceIp: token }, 'Event: sourceIp: is not an IP address'],
    [{ url, token: 7 }, 'Event: token: Invalid input: expected string, received number'],
    [{ url, tokens: token }, 'Event: tokens: unknown field'],
  ])('names the field that is wrong and not its value: %#', async (fields, words) => {
    const { outcome, sandbox } = await invoke({ action: 'explain', ...fields });
    expect(outcome.error).toEqual({ name: 'EventError', message: words });
    expect(outcome.log).not.toContain(token);
    expect(sandbox.published).toEqual([]);
  });
});

test('an audit that fails says so to people and fails', async () => {
  const { outcome, sandbox } = await invoke({}, { deny: ['GetCallerIdentity'] });
  expect(outcome.error?.name).toMatch(/AccessDenied/);
  expectGolden('end-to-end/audit-failed.txt', transcript(sandbox));
});

test('tried again under the same id, a failed audit tells people once', async () => {
  const sandbox = await startSandbox({ account: sampleAccount, deny: ['GetCallerIdentity'] });
  try {
    const invocation = { event: {}, endpoint: sandbox.url };
    const [first, second] = [await environment.invoke(invocation), await environment.invoke(invocation)];
    expect([first.error?.name, second.error?.name]).toEqual(['AccessDenied', 'AccessDenied']);
    expect(messagesTo(sandbox, 'alerts')).toHaveLength(1);
  } finally {
    await sandbox.close();
  }
});

test('an audit that fails while S3 does not answer either is told all the same', async () => {
  const { outcome, sandbox } = await invoke({}, { deny: ['GetCallerIdentity', 'PutObject'] });
  expect(outcome.error?.name).toMatch(/AccessDenied/);
  expect(messagesTo(sandbox, 'alerts')).toHaveLength(1);
});

test('an audit whose alerts SNS refuses answers with its result and says so', async () => {
  const { outcome, sandbox } = await invoke(SUPPORT_API, { deny: ['Publish'] });
  expect(outcome.error).toBeUndefined();
  const result = outcome.result as AuditResult;
  expect(result.findings.length).toBeGreaterThan(0);
  expect(result.alerts).toMatchObject({
    state: 'failed',
    detail: expect.stringMatching(/messages could not be published: alerts/),
  });
  expect(sandbox.published).toEqual([]);
  expect(outcome.log).toContain('alerts could not be sent');
});

describe('an audit whose time is up', () => {
  const [ireland] = Object.keys(sampleAccount.regions);
  const own = {
    FunctionArn: `arn:aws:lambda:${REGION}:${accountId}:function:auditor`,
    configuration: { State: 'Active', LastUpdateStatus: 'Successful', Runtime: 'nodejs24.x' },
  } as const;
  const account = structuredClone(sampleAccount);
  const region = account.regions[ireland ?? ''];
  Object.assign(region ?? {}, { functions: [...(region?.functions ?? []), own] });

  test('goes on in another invocation, once, and tells people as one run', async () => {
    const sandbox = await startSandbox({ account });
    try {
      const run = (event: unknown, remaining?: number): Promise<Outcome> =>
        runFunction(deployed, {
          event,
          endpoint: sandbox.url,
          accountId,
          region: REGION,
          ...(remaining === undefined ? {} : { remaining }),
        });
      const first = await run({}, 55_000);
      expect(first.error).toBeUndefined();
      expect(first.result).toMatchObject({ continues: { invocation: 2 } });
      expect(sandbox.published).toEqual([]);
      const [{ functionName, payload } = { functionName: '', payload: '' }, ...others] = sandbox.invocations;
      expect(functionName).toBe(own.FunctionArn);
      expect(others).toEqual([]);

      const second = await run(JSON.parse(payload));
      expect(second.error).toBeUndefined();
      const { run: told, coverage, summary } = second.result as AuditResult;
      expect(told.id).toBe((JSON.parse(payload) as { runId: string }).runId);
      expect(coverage.complete).toBe(true);
      expect(summary.apis).toBe(
        Object.values(sampleAccount.regions).flatMap(({ restApis = [] }) => restApis).length,
      );
      expect(messagesTo(sandbox, 'alerts')).toHaveLength(1);

      // Lambda may deliver an event twice.
      const again = await run(JSON.parse(payload));
      expect(again.result).toMatchObject({ continues: { invocation: 2 } });
      expect(messagesTo(sandbox, 'alerts')).toHaveLength(1);
    } finally {
      await sandbox.close();
    }
  });

  test.each([
    ['nobody saved where it stopped', { action: 'continue', runId: 'gone', invocation: 2 }, {}, undefined],
    ['it may not invoke itself', {}, { deny: ['Invoke'] }, 55_000],
  ])('fails and says so when %s', async (_, event, options, remaining) => {
    const sandbox = await startSandbox({ account, ...options });
    try {
      const outcome = await runFunction(deployed, {
        event,
        endpoint: sandbox.url,
        accountId,
        region: REGION,
        ...(remaining === undefined ? {} : { remaining }),
      });
      expect(outcome.error).toBeDefined();
      expect(messagesTo(sandbox, 'alerts')[0]?.subject).toMatch(/audit failed$/);
    } finally {
      await sandbox.close();
    }
  });
});

test('an audit that would outlast its time says so before Lambda ends it', async () => {
  const sandbox = await startSandbox({ account: sampleAccount, latencyMs: { GetCallerIdentity: 1_500 } });
  try {
    const invocation = { event: {}, endpoint: sandbox.url, remaining: 20_500 };
    // What it still waits for must not meet another test.
    const outcome = await runFunction(deployed, { ...invocation, accountId, region: REGION });
    expect(outcome.error?.message).toMatch(/^The audit did not finish within \d+ seconds?$/);
    expect(messagesTo(sandbox, 'alerts')[0]?.subject).toBe(
      `[api-auth-audit] shop ${accountId} 2 regions: audit failed`,
    );
  } finally {
    await sandbox.close();
  }
});

test.each([
  [{ action: 'audit', regions: ['Ireland'] }, 'Event: regions[0]: must be an AWS Region such as eu-west-1'],
  [{ action: 'audit', rules: ['no/such-rule'] }, 'Event: rules[0]: no rule has this id'],
  [{ action: 'destroy' }, 'Event: action: must be '],
])('%j is refused before anything is asked or told', async (event, words) => {
  const { outcome, sandbox } = await invoke(event);
  expect(outcome.error).toMatchObject({ name: 'EventError', message: expect.stringContaining(words) });
  expect(sandbox.calls).toEqual([]);
});

test('logs are JSON lines without values of the event', async () => {
  const secret = 'eyJraWQiOiJzZWNyZXQifQ.e30.c2ln';
  const { outcome } = await invoke({ action: 'audit', token: secret });
  expect(outcome.log).not.toContain(secret);
  const lines = outcome.log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; reason: string });
  expect(lines.map(({ level, reason }) => [level, reason])).toEqual([
    ['ERROR', 'EventError: Event: token: unknown field'],
  ]);
});

test('the artefact stays small enough to start quickly', () => {
  const file = path.join(deployed.folder, 'handler.js');
  expect(readdirSync(deployed.folder)).toEqual(['handler.js']);
  expect(statSync(file).size).toBeLessThan(1_500 * 1024);
  expect(readFileSync(file, 'utf8')).not.toContain('aws-cdk-lib');
});
