import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Emulator } from '../harness/emulator';

/** What SNS puts into a queue. */
export interface Mail {
  readonly Subject?: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

/** A queue that is subscribed to a topic. */
export interface Mailbox {
  /** The next message; `null`: none came in this time. */
  next(seconds: number): Promise<Mail | null>;
  /** Throws away what is there. */
  empty(): Promise<void>;
  close(): void;
}

/** One poll of SQS lasts at most 20 seconds. */
const POLL_SECONDS = 20;

export const subscribeMailbox = async (
  emulator: Emulator,
  name: string,
  topicArn: string,
): Promise<Mailbox> => {
  const [sqs, sns] = [new SQSClient(emulator.client()), new SNSClient(emulator.client())];
  const Endpoint = `arn:aws:sqs:${emulator.region}:${emulator.accountId}:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Endpoint,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
  );
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
  sns.destroy();
  const receive = async (seconds: number): Promise<Mail | null> => {
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: seconds }),
    );
    if (message === undefined) return null;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return JSON.parse(message.Body ?? '') as Mail;
  };
  const next = async (seconds: number): Promise<Mail | null> => {
    for (let left = seconds; left > 0; left -= POLL_SECONDS) {
      const mail = await receive(Math.min(left, POLL_SECONDS));
      if (mail !== null) return mail;
    }
    return null;
  };
  return {
    next,
    empty: async () => {
      while ((await receive(0)) !== null);
    },
    close: () => sqs.destroy(),
  };
};
