import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SandboxAccount } from '../../sandbox/account-file';
import { answered, refusal, settings, start } from './support';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';

const withTopic: SandboxAccount = {
  accountId: '111122223333',
  regions: {
    'eu-west-1': {
      topics: [
        {
          topicArn: TOPIC,
          subscriptions: ['a', 'b', 'c'].map((name) => ({
            SubscriptionArn: `${TOPIC}:${name}`,
            Protocol: 'email',
            Endpoint: `${name}@example.org`,
            Owner: '111122223333',
            TopicArn: TOPIC,
          })),
        },
      ],
    },
  },
};

const publish = async (input: Partial<PublishCommandInput>, account: SandboxAccount = withTopic) => {
  const sandbox = await start({ account });
  const sns = new SNSClient(settings(sandbox));
  const sent = sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'hello', ...input }));
  return { sent, sandbox };
};

test('GetTopicAttributes counts who confirmed, who did not yet, and who left', async () => {
  const [region = {}] = Object.values(withTopic.regions);
  const [topic] = region.topics ?? [];
  const account = {
    ...withTopic,
    regions: {
      'eu-west-1': {
        topics: [
          {
            topicArn: TOPIC,
            subscriptions: [
              ...(topic?.subscriptions ?? []),
              ...['PendingConfirmation', 'PendingConfirmation', 'Deleted'].map((SubscriptionArn) => ({
                SubscriptionArn,
                Protocol: 'email',
              })),
            ],
          },
        ],
      },
    },
  };
  const sandbox = await start({ account });
  const { Attributes } = await new SNSClient(settings(sandbox)).send(
    new GetTopicAttributesCommand({ TopicArn: TOPIC }),
  );
  expect(Attributes).toMatchObject({
    SubscriptionsConfirmed: '3',
    SubscriptionsPending: '2',
    SubscriptionsDeleted: '1',
  });
});

describe('Publish', () => {
  test('keeps what was sent, under the id that it answers', async () => {
    const message = JSON.stringify({ default: 'a & b <c>', email: 'ü' });
    const { sent, sandbox } = await publish({
      Message: message,
      MessageStructure: 'json',
      Subject: '2 new findings',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'error' },
        region: { DataType: 'String', StringValue: 'eu-west-1' },
      },
    });
    const { MessageId } = await sent;
    expect(MessageId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(sandbox.published).toEqual([
      {
        messageId: MessageId,
        topicArn: TOPIC,
        message,
        subject: '2 new findings',
        messageStructure: 'json',
        attributes: { severity: 'error', region: 'eu-west-1' },
        groupId: null,
      },
    ]);
  });

  const attribute = { DataType: 'String', StringValue: 'x'.repeat(10) };

  test.each<[string, Partial<PublishCommandInput>]>([
    ['message of the greatest size', { Message: 'x'.repeat(262_144) }],
    [
      'message of the greatest size with attributes',
      { Message: 'x'.repeat(262_144 - 17), MessageAttributes: { n: attribute } },
    ],
    ['subject of 99 characters', { Subject: 's'.repeat(99) }],
  ])('takes a %s', async (_, input) => {
    const { sent, sandbox } = await publish(input);
    await sent;
    expect(sandbox.published).toHaveLength(1);
  });

  test.each<[string, Partial<PublishCommandInput>]>([
    ['too long by a byte', { Message: 'x'.repeat(262_145) }],
    ['too long in bytes, not in characters', { Message: 'ü'.repeat(131_073) }],
    [
      'too long with its attributes',
      { Message: 'x'.repeat(262_144 - 16), MessageAttributes: { n: attribute } },
    ],
    ['without a default text', { Message: '{"email":"x"}', MessageStructure: 'json' }],
    ['with a default that is no text', { Message: '{"default":{}}', MessageStructure: 'json' }],
    ['that is not the JSON it claims to be', { Message: 'default', MessageStructure: 'json' }],
    ['of an unknown structure', { MessageStructure: 'xml' }],
    ['without text', { Message: '' }],
    ['with a subject of 100 characters', { Subject: 's'.repeat(100) }],
    ['with a subject beyond ASCII', { Subject: 'Prüfung' }],
    ['with a subject of two lines', { Subject: 'a\nb' }],
    ['with a subject that begins with a blank', { Subject: ' a' }],
    ['to something that is no topic', { TopicArn: 'alerts' }],
  ])('refuses a message %s', async (_, input) => {
    const { sent, sandbox } = await publish(input);
    expect(await refusal(sent)).toEqual({ name: 'InvalidParameterException', status: 400 });
    expect(sandbox.published).toEqual([]);
  });

  test('refuses a topic that the account lacks, and takes any where the file is silent about topics', async () => {
    const TopicArn = `${TOPIC}-gone`;
    const missing = await publish({ TopicArn });
    expect(await refusal(missing.sent)).toEqual({ name: 'NotFoundException', status: 404 });
    const silent = await publish({ TopicArn }, { accountId: '111122223333', regions: {} });
    await silent.sent;
    expect(silent.sandbox.published).toHaveLength(1);
  });
});

test('subscriptions come in pages', async () => {
  const sns = new SNSClient(settings(await start({ account: withTopic, pageSize: 2 })));
  const first = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  const second = await sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC, NextToken: first.NextToken }),
  );
  const seen = [first, second].flatMap(({ Subscriptions = [] }) => Subscriptions);
  expect(seen).toEqual(withTopic.regions['eu-west-1']?.topics?.[0]?.subscriptions);
  expect(second.NextToken).toBeUndefined();
});

test('GetCallerIdentity tells the account of the file', async () => {
  const sts = new STSClient(settings(await start()));
  expect(await answered(sts.send(new GetCallerIdentityCommand({})))).toEqual({
    UserId: 'AROAEXAMPLESANDBOX000:audit',
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/api-auth-auditor/audit',
  });
});
