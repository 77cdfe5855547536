import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomNotification } from '../../lambda/alert/amazon-q';
import type { Explanation } from '../../lambda/explain/explain';
import type { AuditResult } from '../../lambda/result';
import type { SlackMessage } from '../../lambda/slack/blocks';
import { expectGolden } from '../support/golden';
import { printTable } from './harness/print';
import { errorsOf, FAULTS } from './shop/faults';
import { destroyStack, readTemplate } from './stack/deploy';
import { droppedProperties } from './stack/dropped';
import { leftovers, runLine } from './stack/leftovers';
import { gapKinds, namedMissing, toBeNamed, UNREAD, whyNotNamed } from './stack/permissions';
import { cutsOf, readRole, type Role } from './stack/role';
import { masked, transcript } from './stack/transcript';
import { standUp, type World } from './stack/world';

jest.setTimeout(600_000);

let world: World;
/** A run with the whole role, which tells nobody. */
let whole: AuditResult;

beforeAll(async () => {
  world = await standUp();
  whole = await world.auditor.audit({ notify: false });
});

afterAll(() => world.stop());

const typesOf = (types: readonly (string | undefined)[]): readonly string[] =>
  types.map((type = '') => type).sort();

test('npx cdk deploy makes every resource of the template', () => {
  const made = world.resources.filter(
    ({ ResourceStatus, PhysicalResourceId = '' }) =>
      ResourceStatus === 'CREATE_COMPLETE' && PhysicalResourceId !== '',
  );
  // The CDK's note about itself is no resource.
  const wanted = Object.values(readTemplate(world.emulator))
    .map(({ Type }) => Type)
    .filter((type) => type !== 'AWS::CDK::Metadata');
  const types = typesOf(made.map(({ ResourceType }) => ResourceType));
  printTable(
    `Deployed: ${made.length} of ${wanted.length} resources`,
    [...new Set(types)].map((type) => [type, String(types.filter((one) => one === type).length)]),
  );
  expect(types).toEqual(typesOf(wanted));
});

test('what the emulator drops without a word stands in the template', async () => {
  const dropped = await droppedProperties(world.emulator, readTemplate(world.emulator), world.deployed);
  printTable('Dropped by MiniStack, held on the template', [
    ['property', 'template', 'deployed'],
    ...dropped.map(({ property, wanted, found }) => [property, String(wanted), String(found)]),
  ]);
  expect(dropped.map(({ wanted }) => wanted)).toEqual([
    1,
    ['Reports', 'Checkpoints', 'Deployments', 'Claims', 'OldVersions'],
  ]);
});

describe('the schedule', () => {
  test('starts the audit, and both topics tell what the shop has wrong', () => {
    const { people, machines } = world.first;
    if (people === null || machines === null) throw new Error(`nothing came:\n${world.emulator.log()}`);
    printTable('Received after the schedule fired', [
      ['people', people.Subject ?? ''],
      [
        'machines',
        Object.entries(machines.MessageAttributes ?? {})
          .map(([name, { Value }]) => `${name}=${Value}`)
          .join(' '),
      ],
    ]);
    expectGolden('emulator/people.txt', transcript(people, world.shop));
    expectGolden('emulator/machines.txt', transcript(machines, world.shop));
  });

  test('Slack gets its message through the webhook, and a subscriber by https the one for Amazon Q', () => {
    const { slack, chat } = world.first;
    if (slack === null || chat === null) throw new Error(`nothing came:\n${world.emulator.log()}`);
    const message = JSON.parse(slack) as SlackMessage;
    const notification = JSON.parse(chat) as CustomNotification;
    printTable('Posted to web hooks after the schedule fired', [
      ['Slack', message.text],
      ['https', notification.content.title ?? ''],
    ]);
    expectGolden('emulator/slack-webhook.json', pretty(outline(message)));
    expectGolden('emulator/amazon-q.json', pretty(notification));
  });

  test('leaves state, report, claim and what deployments froze in the bucket', async () => {
    const s3 = new S3Client({ ...world.emulator.client(), forcePathStyle: true });
    const Bucket = world.deployed.historyBucket;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'state/findings.json' }));
    const state = JSON.parse((await Body?.transformToString()) ?? '') as {
      readonly findings: readonly { readonly finding: { readonly id: string } }[];
    };
    s3.destroy();
    const keys = Contents.map(({ Key = '' }) =>
      masked(Key, world.shop).replace(/<[^>]+>\/[^/]+\/<ID>/, '<API>/<STAGE>/<ID>'),
    );
    expect([...new Set(keys)].sort()).toEqual([
      'alerts/<UUID>.json',
      'deployments/us-east-1/<API>/<STAGE>/<ID>.json',
      'reports/<DAY>/<UUID>.html',
      'reports/<DAY>/<UUID>.json',
      'state/findings.json',
    ]);
    expect(state.findings.map(({ finding }) => finding.id).sort()).toEqual(
      whole.findings.map(({ id }) => id).sort(),
    );
  });
});

const pretty = (value: object): string => masked(`${JSON.stringify(value, null, 2)}\n`, world.shop);

/** With one finding in place of as many as Slack's limits let through. */
const outline = ({ text, blocks }: SlackMessage): object => ({
  text,
  blocks: [...blocks.slice(0, 3), ...blocks.slice(-1)],
});

/** The invocation that a page prints, with the function's name. */
const printed = (page: string, words: string): string => {
  const lines = readFileSync(join(__dirname, '..', '..', page), 'utf8').split('\n');
  const line = lines.find((one) => one.includes('aws lambda invoke') && one.includes(words));
  if (line === undefined) throw new Error(`${page} prints no invocation with ${words}`);
  return line.trim().replace('FUNCTION', world.deployed.functionName);
};

describe('invoked by hand, as the pages print it', () => {
  test('a second run answers with the same findings and stays silent', async () => {
    await runLine(world.emulator, printed('README.md', 'result.json'));
    const result = JSON.parse(await runLine(world.emulator, 'cat result.json')) as AuditResult;
    expect(errorsOf(result, world.shop)).toEqual(FAULTS);
    expect(result.findings.map(({ id, change }) => [id, change])).toEqual(
      whole.findings.map(({ id }) => [id, 'open']),
    );
    const { people, machines, slack, chat } = world;
    expect([await people.next(1), await machines.next(1), await slack.next(1), await chat.next(0)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('a sample alert reaches both topics', async () => {
    await runLine(world.emulator, printed('README.md', 'test-alert'));
    const [people, machines] = [await world.people.next(20), await world.machines.next(20)];
    expect(people?.Subject).toContain('test');
    expect(machines?.Message).toContain(world.emulator.accountId);
    expect(await world.slack.next(20)).toContain('test alert');
    expect(await world.chat.next(20)).toContain('test');
  });

  test('one call is explained', async () => {
    const id = world.shop.get('support-in-no-plan') ?? '';
    const call = { action: 'explain', url: `https://${id}.execute-api.us-east-1.amazonaws.com/v2/tickets` };
    await runLine(world.emulator, `cat > call.json <<< '${JSON.stringify(call)}'`);
    const command = printed('docs/deploy.md', 'call.json').replace('/dev/stdout', 'explained.json');
    await runLine(world.emulator, command);
    const explained = JSON.parse(await runLine(world.emulator, 'cat explained.json')) as Explanation;
    expect(explained.decision).toMatchObject({
      outcome: 'refused',
      status: 403,
      rule: 'api-keys/stage-in-no-usage-plan',
    });
  });
});

test('an event that fails ends in the queue of the undelivered', async () => {
  const sqs = new SQSClient(world.emulator.client());
  const queue = world.resources.find(
    ({ ResourceType, LogicalResourceId = '' }) =>
      ResourceType === 'AWS::SQS::Queue' && !LogicalResourceId.includes('Slack'),
  );
  const QueueName = queue?.PhysicalResourceId?.split('/').at(-1);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  await world.auditor.start({ action: 'no such action' });
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
  );
  sqs.destroy();
  expect(message?.Body).toContain('Event: action: must be');
});

describe('the role', () => {
  let role: Role;
  beforeAll(async () => {
    role = await readRole(world.emulator, world.deployed.functionName);
  });
  afterAll(async () => {
    await role.replace(role.statements);
    role.close();
  });

  test('is enough: what stays unread is what the emulator lacks', () => {
    printTable(
      'Not read with the whole role, because of MiniStack',
      gapKinds(whole).map((kind) => [kind, UNREAD[kind] ?? 'UNEXPECTED']),
    );
    expect(gapKinds(whole)).toEqual(Object.keys(UNREAD));
    expect(errorsOf(whole, world.shop)).toEqual(FAULTS);
    expect(whole.coverage.failedRules).toEqual([]);
  });

  test('is not too much: without a statement, or one action of it, the run names what is missing and goes on', async () => {
    const cuts = cutsOf(role.statements);
    const said: (readonly string[])[] = [];
    for (const { left } of cuts) {
      await role.replace(left);
      const run = await world.auditor.audit({ full: true });
      said.push([...namedMissing(run, whole), ...run.coverage.failedRules.map(({ rule }) => rule)]);
    }
    printTable(
      `Permissions: each of ${role.statements.length} statements taken away, and each action of those that hold several; what the run says is missing`,
      cuts.map(({ taken }, index) => [
        said[index]?.join(', ') || `not named: ${whyNotNamed(taken)}`,
        `without ${taken.join(', ')}`,
      ]),
    );
    expect(said).toEqual(cuts.map(({ taken }) => toBeNamed(taken)));
  });
});

test('npx cdk destroy leaves the bucket of the history, as docs/deploy.md says', async () => {
  const { emulator, deployed } = world;
  const before = await leftovers(emulator, deployed.stackName);
  await destroyStack(emulator);
  const after = await leftovers(emulator, deployed.stackName);
  printTable(
    'Before and after npx cdk destroy',
    Object.entries(before).map(([kind, names]) => [
      kind,
      String(names.length),
      String(after[kind]?.length ?? 0),
    ]),
  );
  expect(Object.keys(before)).toEqual([
    'alarms',
    'buckets',
    'functions',
    'log groups',
    'roles',
    'schedules',
    'topics',
  ]);
  expect(after).toEqual({ buckets: [deployed.historyBucket] });
});
