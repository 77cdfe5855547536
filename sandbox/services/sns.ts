import { createHash } from 'node:crypto';
import {
  GetTopicAttributes$,
  ListSubscriptionsByTopic$,
  Publish$,
  SNSClient,
  type GetTopicAttributesCommandInput,
  type GetTopicAttributesCommandOutput,
  type ListSubscriptionsByTopicCommandInput,
  type ListSubscriptionsByTopicCommandOutput,
  type PublishCommandInput,
  type PublishCommandOutput,
} from '@aws-sdk/client-sns';
import type { ParsedRegion } from '../account-file';
import { pageOf } from '../paging';
import { operation, type Context, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

/** Bytes of a message with its attributes. */
const MOST_BYTES = 262_144;

const invalid = (what: string): AwsError =>
  new AwsError('InvalidParameter', 400, `Invalid parameter: ${what}`);

type Topic = NonNullable<ParsedRegion['topics']>[number];

const topicOf = (arn: string | undefined, { region }: Context): Topic => {
  if (arn === undefined || !/^arn:[^:]+:sns:[^:]+:\d{12}:[\w.-]+$/.test(arn)) throw invalid('TopicArn');
  const unlisted = region.topics === undefined ? { topicArn: arn, subscriptions: [] } : undefined;
  const found = unlisted ?? region.topics?.find(({ topicArn }) => topicArn === arn);
  if (found === undefined) throw new AwsError('NotFound', 404, 'Topic does not exist');
  return found;
};

const bytes = (text: string | undefined): number => Buffer.byteLength(text ?? '');

const sizeOf = ({ Message, MessageAttributes = {} }: PublishCommandInput): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum + bytes(name) + bytes(DataType) + bytes(StringValue) + (BinaryValue?.byteLength ?? 0),
    bytes(Message),
  );

/** Printable ASCII of fewer than 100 characters that begins with a letter, a digit or punctuation. */
const isSubject = (subject: string): boolean => /^[!-~][ -~]{0,98}$/.test(subject);

const checkStructure = (message: string): void => {
  let entries: unknown;
  try {
    entries = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (!('default' in entries) || typeof entries.default !== 'string') {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
};

const checkMessage = (input: PublishCommandInput): void => {
  const { Message, Subject, MessageStructure } = input;
  if (Message === undefined || Message === '') throw invalid('Empty message');
  if (sizeOf(input) > MOST_BYTES) throw invalid('Message too long');
  if (Subject !== undefined && !isSubject(Subject)) throw invalid('Subject');
  if (MessageStructure === undefined) return;
  if (MessageStructure !== 'json') throw invalid('Message Structure');
  checkStructure(Message);
};

/** What stands in place of the ARN of a subscription that is none yet, or none any more. */
const UNCONFIRMED = ['PendingConfirmation', 'Deleted'];

const messageId = (index: number): string =>
  createHash('sha256')
    .update(`message ${index}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

export const SNS: Service = {
  name: 'sns',
  signingName: 'sns',
  iamPrefix: 'sns',
  protocol: 'query',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  client: new SNSClient({ region: 'us-east-1' }),
  denied: { code: 'AuthorizationError', status: 403 },
  throttled: { code: 'Throttled', status: 429, message: 'Rate exceeded' },
  operations: [
    operation<PublishCommandInput, PublishCommandOutput>(Publish$, (input, context) => {
      const { topicArn } = topicOf(input.TopicArn ?? input.TargetArn, context);
      checkMessage(input);
      const id = messageId(context.published.length);
      context.published.push({
        messageId: id,
        topicArn,
        message: input.Message ?? '',
        subject: input.Subject ?? null,
        messageStructure: input.MessageStructure ?? null,
        attributes: Object.fromEntries(
          Object.entries(input.MessageAttributes ?? {}).map(([name, { StringValue = '' }]) => [
            name,
            StringValue,
          ]),
        ),
        groupId: input.MessageGroupId ?? null,
      });
      return { MessageId: id };
    }),
    operation<GetTopicAttributesCommandInput, GetTopicAttributesCommandOutput>(
      GetTopicAttributes$,
      (input, context) => {
        const { topicArn, subscriptions } = topicOf(input.TopicArn, context);
        const among = (...marks: readonly string[]): string =>
          String(subscriptions.filter(({ SubscriptionArn = '' }) => marks.includes(SubscriptionArn)).length);
        const waiting = subscriptions.filter(({ SubscriptionArn = '' }) =>
          UNCONFIRMED.includes(SubscriptionArn),
        );
        return {
          Attributes: {
            TopicArn: topicArn,
            Owner: topicArn.split(':')[4] ?? '',
            SubscriptionsConfirmed: String(subscriptions.length - waiting.length),
            SubscriptionsPending: among('PendingConfirmation'),
            SubscriptionsDeleted: among('Deleted'),
          },
        };
      },
    ),
    operation<ListSubscriptionsByTopicCommandInput, ListSubscriptionsByTopicCommandOutput>(
      ListSubscriptionsByTopic$,
      (input, context) => {
        const { topicArn, subscriptions } = topicOf(input.TopicArn, context);
        const { items, next } = pageOf(subscriptions, {
          limit: undefined,
          token: input.NextToken,
          usual: 100,
          cap: Math.min(100, context.pageSize),
          list: `subscriptions of ${topicArn}`,
          invalidToken: () => invalid('NextToken'),
        });
        return { Subscriptions: items, ...(next.token === undefined ? {} : { NextToken: next.token }) };
      },
    ),
  ],
};
