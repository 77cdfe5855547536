import { publish } from '../../lambda/alert/publish';
import type { Message } from '../../lambda/alert/message';
import { startSandbox, type Sandbox } from '../../sandbox/endpoint';

const ACCOUNT_ID = '222233334444';
const TOPICS = {
  alerts: `arn:aws:sns:eu-west-1:${ACCOUNT_ID}:alerts`,
  events: `arn:aws:sns:eu-west-1:${ACCOUNT_ID}:events`,
  chat: `arn:aws:sns:eu-west-1:${ACCOUNT_ID}:chat`,
};
const ALERT: Message = {
  topic: 'alerts',
  part: 'run',
  subject: 'Hello',
  structure: 'json',
  body: '{"default":"a","email":"b"}',
};
const CHAT: Message = { topic: 'chat', part: 'thread', structure: 'json', body: '{"default":"c"}' };
const EVENT: Message = {
  topic: 'events',
  part: 'eu-west-1',
  body: '{}',
  attributes: { severity_max: 'error', change: 'new', account: ACCOUNT_ID, region: 'eu-west-1', schema: '1' },
};

const withSandbox = async (
  deny: readonly string[],
  use: (sandbox: Sandbox) => Promise<void>,
): Promise<void> => {
  const sandbox = await startSandbox({ account: { accountId: ACCOUNT_ID, regions: {} }, deny });
  process.env['AWS_ENDPOINT_URL'] = sandbox.url;
  try {
    await use(sandbox);
  } finally {
    delete process.env['AWS_ENDPOINT_URL'];
    await sandbox.close();
  }
};

beforeAll(() => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

test('each message goes to its topic, in order, and the ids come back', async () => {
  await withSandbox([], async (sandbox) => {
    const { sent, told, failure } = await publish([ALERT, CHAT, EVENT], TOPICS);
    expect(failure).toBeNull();
    expect(told).toEqual(['alerts run', 'chat thread', 'events eu-west-1']);
    expect(sent.map(({ topic }) => topic)).toEqual(['alerts', 'chat', 'events']);
    expect(sandbox.published.map(({ topicArn }) => topicArn)).toEqual([
      TOPICS.alerts,
      TOPICS.chat,
      TOPICS.events,
    ]);
    expect(sandbox.published[0]).toMatchObject({
      subject: 'Hello',
      message: ALERT.body,
      messageStructure: 'json',
      attributes: {},
    });
    expect(sandbox.published[2]).toMatchObject({ message: '{}' });
    expect(Object.keys(sandbox.published[2]?.attributes ?? {})).toEqual(Object.keys(EVENT.attributes ?? {}));
  });
});

test('without a chat topic, threads are not sent', async () => {
  await withSandbox([], async (sandbox) => {
    await publish([ALERT, CHAT], { alerts: TOPICS.alerts, events: TOPICS.events });
    expect(sandbox.published).toHaveLength(1);
  });
});

test('one topic that refuses does not silence the others, and is told with what to allow', async () => {
  await withSandbox([`Publish:${TOPICS.alerts}`], async (sandbox) => {
    const { told, failure } = await publish([ALERT, EVENT], TOPICS);
    expect(told).toEqual(['events eu-west-1']);
    expect(failure?.message).toBe(
      '1 of 2 messages could not be published: alerts (AuthorizationErrorException; allow sns:Publish)',
    );
    expect(sandbox.published.map(({ topicArn }) => topicArn)).toEqual([TOPICS.events]);
  });
});
