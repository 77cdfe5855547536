import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SNSEvent } from 'aws-lambda';
import { setTimeout as wait } from 'node:timers/promises';
import { readEvent } from '../alert/read-event';
import { namedReasonOf } from '../reason';
import { readSlackSettings } from '../settings';
import { readAlarm } from './alarm';
import { alarmMessageOf, slackMessageOf, type SlackMessage } from './blocks';
import { post, SlackError } from './post';
import { readWebhookUrl } from './webhook-url';

const logger = new Logger({ serviceName: 'api-auth-audit-slack' });

/** Kept between invocations of one container. */
let address: string | null = null;

/** The message, and what the log says of it. */
const readMessage = (
  text: string,
): { readonly message: SlackMessage; readonly about: Record<string, unknown> } => {
  const alarm = readAlarm(text);
  if (alarm !== null) return { message: alarmMessageOf(alarm), about: { type: 'alarm', alarm: alarm.name } };
  const event = readEvent(text);
  return { message: slackMessageOf(event), about: { type: event.type, run: event.run } };
};

const postText = async (text: string, context: Context): Promise<void> => {
  const { message, about } = readMessage(text);
  address ??= await readWebhookUrl(readSlackSettings().secretId);
  try {
    await post(message, {
      url: address,
      remaining: () => context.getRemainingTimeInMillis(),
      wait,
    });
  } catch (error) {
    // Somebody may have put a new address into the secret: the next attempt reads it again.
    if (error instanceof SlackError) address = null;
    throw error;
  }
  logger.info('posted to Slack', about);
};

/** The function's entry: an event of the topic for machines, or an alarm on the audit, becomes a message in Slack. Rejects when it did not, so that Lambda tries again. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => {
  logger.addContext(context);
  try {
    for (const { Sns } of event.Records) await postText(Sns.Message, context);
  } catch (error) {
    logger.error('not posted to Slack', { reason: namedReasonOf(error) });
    throw error;
  }
};
