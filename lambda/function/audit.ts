import type { Context } from 'aws-lambda';
import { audienceOf } from '../alert/audience';
import { conclude } from '../conclude';
import { Bucket } from '../history/bucket';
import type { CheckpointName } from '../history/checkpoint';
import { FUNCTION_DIMENSION, measure } from '../measurements';
import type { AuditResult } from '../result';
import { catalogue } from '../rules/catalogue';
import type { Rule } from '../rules/rule';
import type { Audit } from '../run';
import { syncSecurityHub, type Trouble } from '../security-hub/sync';
import type { Settings } from '../settings';
import { fitAnswer, type CutResult } from './answer';
import { carryOut, type Work } from './carry-out';
import { deadlineOf } from './deadline';
import { EventError, type AuditEvent } from './event';
import { claimOrTell, goOnLater, type Unfinished } from './go-on';
import { logger, metrics } from './log';
import { send, tellFailure, warnUnheard } from './tell';
import { beforeTimeout } from './time-up';

/** No call to Security Hub begins later: what is left of the run is for telling people. */
const LAST_CALL_MS = 60_000;

const rulesOf = (ids: readonly string[]): readonly Rule[] => {
  if (ids.length === 0) return catalogue;
  return ids.map((id, index) => {
    const rule = catalogue.find((one) => one.id === id || one.aliases?.includes(id) === true);
    if (rule === undefined) throw new EventError(`Event: rules[${index}]: no rule has this id`);
    return rule;
  });
};

/** Writes what CloudWatch makes metrics of: a line of the log in embedded metric format. */
const publishMeasurements = (result: AuditResult, { functionName }: Context): void => {
  metrics.addDimension(FUNCTION_DIMENSION, functionName);
  for (const { name, unit, value } of measure(result)) metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
};

const securityHubUpdate = (
  bucket: Bucket,
  context: Context,
): ((audited: Audit, result: AuditResult) => Promise<readonly Trouble[]>) => {
  const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > LAST_CALL_MS;
  return async (audited, result) => {
    const troubles = await syncSecurityHub(audited, result, { bucket, isTimeLeft });
    for (const { saying } of troubles) logger.error('Security Hub is not up to date', { reason: saying });
    return troubles;
  };
};

interface Surroundings {
  readonly settings: Settings;
  readonly context: Context;
  readonly clock: () => Date;
}

/** Compares with earlier runs, keeps the report, tells people. */
const finish = async (
  audited: Audit,
  { event }: Work,
  bucket: Bucket,
  { settings, context }: Surroundings,
): Promise<AuditResult> => {
  const whole = event.restApiIds.length === 0 && event.rules.length === 0 && event.regions.length === 0;
  const audience = event.notify ? await audienceOf(settings.alertsTopicArn, settings) : null;
  const result = await conclude(audited, {
    bucket,
    audience,
    alias: settings.alias,
    region: settings.region,
    reportLinkHours: settings.reportLinkHours,
    digestDay: settings.digestDay,
    full: event.full,
    notify: event.notify,
    whole,
    send: (messages) => send(messages, settings),
    ...(settings.securityHub ? { updateSecurityHub: securityHubUpdate(bucket, context) } : {}),
  });
  const { run, summary, coverage, stats, history, alerts } = result;
  logger.info('audit finished', {
    run,
    summary,
    stats,
    history,
    alerts,
    complete: coverage.complete,
    gaps: coverage.gaps.length,
    failedRules: coverage.failedRules,
  });
  if (whole) publishMeasurements(result, context);
  warnUnheard(audience);
  if (alerts?.state === 'failed') logger.error('alerts could not be sent', { reason: alerts.detail });
  return result;
};

const answerWork = async (work: Work, surroundings: Surroundings): Promise<CutResult | Unfinished> => {
  const { settings, context, clock } = surroundings;
  const rules = rulesOf(work.event.rules);
  const bucket = new Bucket(settings.historyBucket);
  const deadline = deadlineOf(context);
  try {
    const ran = await beforeTimeout(carryOut(work, { rules, settings, bucket, deadline, clock }), context);
    if ('state' in ran) {
      const next = { invocation: work.invocation + 1, event: work.event, state: ran.state };
      return await beforeTimeout(goOnLater(next, bucket, context), context);
    }
    return fitAnswer(await beforeTimeout(finish(ran.audited, work, bucket, surroundings), context));
  } catch (error) {
    await tellFailure(error, work, settings, context);
    throw error;
  } finally {
    deadline.close();
    bucket.close();
  }
};

export const answerAudit = (event: AuditEvent, surroundings: Surroundings): Promise<CutResult | Unfinished> =>
  answerWork({ event, runId: surroundings.context.awsRequestId, invocation: 1 }, surroundings);

/** Goes on with a run that an earlier invocation has left. */
export const answerContinue = async (
  { runId, invocation }: CheckpointName,
  surroundings: Surroundings,
): Promise<CutResult | Unfinished> => {
  const name = { runId, invocation };
  const checkpoint = await claimOrTell(name, surroundings.settings, surroundings.context);
  if (checkpoint === 'taken') {
    logger.info('another invocation goes on with this run', name);
    return { schemaVersion: '1', continues: name };
  }
  const { event, state } = checkpoint;
  return answerWork({ event, runId, invocation, before: state }, surroundings);
};
