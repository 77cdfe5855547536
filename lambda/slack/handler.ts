import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SNSEvent } from 'aws-lambda';
import { setTimeout as wait } from 'node:timers/promises';
import { readEvent } from '../alert/read-event';
import { namedReasonOf } from '../reason';
import { readSlackSettings } from '../settings';
import { slackMessageOf } from './blocks';
import { post, SlackError } from './post';
import { readWebhookUrl } from './webhook-url';

const logger = new Logger({ serviceName: 'api-auth-audit-slack' });

/** Kept between invocations of one container. */
let address: string | null = null;

const postEvent = async (text: string, context: Context): Promise<void> => {
  const event = readEvent(text);
  address ??= await readWebhookUrl(readSlackSettings().secretId);
  try {
    await post(slackMessageOf(event), {
      url: address,
      remaining: () => context.getRemainingTimeInMillis(),
      wait,
    });
  } catch (error) {
    // Somebody may have put a new address into the secret: the next attempt reads it again.
    if (error instanceof SlackError) address = null;
    throw error;
  }
  logger.info('posted to Slack', { type: event.type, run: event.run });
};

/** The function's entry: an event of the topic for machines becomes a message in Slack. Rejects when it did not, so that Lambda tries again. */
export const handler = async (event: SNSEvent, context: Context): Promise<void> => {
  logger.addContext(context);
  try {
    for (const { Sns } of event.Records) await postEvent(Sns.Message, context);
  } catch (error) {
    logger.error('not posted to Slack', { reason: namedReasonOf(error) });
    throw error;
  }
};
