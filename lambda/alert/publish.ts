import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { nameOf, type Message, type TopicName } from './message';
import { refusalOf } from './refusal';

/** ARNs; a topic that is not there gets nothing. */
export interface Topics {
  readonly alerts: string;
  readonly events: string;
  readonly chat?: string;
}

export interface Sent {
  readonly topic: TopicName;
  readonly messageId: string;
}

/** Some messages could not be sent; the others were. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  constructor(
    readonly failed: readonly { readonly topic: TopicName; readonly reason: string }[],
    of: number,
    options: ErrorOptions,
  ) {
    const list = failed.map(({ topic, reason }) => `${topic} (${reason})`).join(', ');
    super(`${failed.length} of ${of} messages could not be published: ${list}`, options);
  }
}

const commandOf = (arn: string, { subject, body, structure, attributes }: Message): PublishCommand =>
  new PublishCommand({
    TopicArn: arn,
    Message: body,
    ...(subject === undefined ? {} : { Subject: subject }),
    ...(structure === undefined ? {} : { MessageStructure: structure }),
    ...(attributes === undefined
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [
              name,
              { DataType: 'String', StringValue: String(value) },
            ]),
          ),
        }),
  });

/** What SNS took, and what went wrong with the rest. */
export interface Published {
  readonly sent: readonly Sent[];
  /** The same, by their names within the run. */
  readonly told: readonly string[];
  /** `null`: it took everything. */
  readonly failure: PublishError | null;
}

/** Sends all messages in order. One that fails does not stop the others. */
export const publish = async (messages: readonly Message[], topics: Topics): Promise<Published> => {
  const client = new SNSClient({ maxAttempts: 5 });
  const sent: Sent[] = [];
  const told: string[] = [];
  const failed: { topic: TopicName; reason: string; error: unknown }[] = [];
  for (const message of messages) {
    const arn = topics[message.topic];
    if (arn === undefined) continue;
    try {
      const { MessageId } = await client.send(commandOf(arn, message));
      sent.push({ topic: message.topic, messageId: MessageId ?? 'unknown' });
      told.push(nameOf(message));
    } catch (error) {
      failed.push({ topic: message.topic, reason: refusalOf(error, 'sns:Publish'), error });
    }
  }
  client.destroy();
  const failure =
    failed.length === 0
      ? null
      : new PublishError(failed, failed.length + sent.length, { cause: failed[0]?.error });
  return { sent, told, failure };
};
