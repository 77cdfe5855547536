import type { Context } from 'aws-lambda';
import { untold, type Message } from '../alert/message';
import { failureMessages } from '../alert/notice';
import type { Audited } from '../alert/occasion';
import { publish, type Published, type Topics } from '../alert/publish';
import { Bucket } from '../history/bucket';
import { tellOnce } from '../history/claim';
import { parseArn } from '../model/arn';
import { namedReasonOf } from '../reason';
import { unheardWords } from '../report/words';
import type { Audience } from '../result';
import type { Settings } from '../settings';
import type { AuditEvent } from './event';
import { logger } from './log';

/** Known without asking AWS, so that it can be told when AWS does not answer. */
export const auditedOf = (
  settings: Settings,
  regions: readonly string[],
  context: Context,
  runId = context.awsRequestId,
): Audited => ({
  account: parseArn(context.invokedFunctionArn)?.accountId ?? 'unknown',
  alias: settings.alias,
  regions,
  runId,
});

export const send = async (messages: readonly Message[], settings: Settings): Promise<Published> => {
  const topics: Topics = {
    alerts: settings.alertsTopicArn,
    events: settings.eventsTopicArn,
    ...(settings.chatTopicArn === null ? {} : { chat: settings.chatTopicArn }),
  };
  const published = await publish(messages, topics);
  logger.info('alerts published', { sent: published.sent });
  return published;
};

/** The run that failed; one whose checkpoint is lost is not known to have asked for less than everything. */
interface Failed {
  readonly runId: string;
  readonly event?: AuditEvent;
}

/** Tells people that the audit failed; that this failed too must not hide why. */
export const tellFailure = async (
  error: unknown,
  { runId, event }: Failed,
  settings: Settings,
  context: Context,
): Promise<void> => {
  if (event?.notify === false) return;
  const regions = event === undefined || event.regions.length === 0 ? settings.regions : event.regions;
  const messages = failureMessages(auditedOf(settings, regions, context, runId), namedReasonOf(error));
  // Little time is left, and a history that does not answer must not keep people from hearing.
  const bucket = new Bucket(settings.historyBucket, { attempts: 1, timeoutMs: 3000 });
  try {
    await tellOnce(bucket, `${runId}-failed`, (told) => send(untold(messages, told), settings));
  } catch (second) {
    logger.error('the failure could not be told', { reason: namedReasonOf(second) });
  } finally {
    bucket.close();
  }
};

/** Says in the log that nobody hears alerts, or that this cannot be told; people look there when they miss them. */
export const warnUnheard = (audience: Audience | null): string | null => {
  const words = unheardWords(audience ?? undefined);
  if (words !== null) logger.warn(words);
  return words;
};
