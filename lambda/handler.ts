import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { audienceOf } from './alert/audience';
import type { Message } from './alert/message';
import { failureMessages, testMessages } from './alert/notice';
import type { Audited } from './alert/occasion';
import { publish, type Sent, type Topics } from './alert/publish';
import { conclude } from './conclude';
import { identify, openRegion } from './collect/live';
import { pacerPerRegion } from './collect/pace';
import { explain, type Explanation } from './explain/explain';
import { ExplainInputError } from './explain/input';
import { holdsAddress, requestedAddress } from './explain/requested';
import { fitAnswer, type CutResult } from './function-answer';
import { EventError, parseEvent, type FunctionEvent } from './function-event';
import { gatherAccount } from './gather-account';
import { Bucket } from './history/bucket';
import { tellOnce } from './history/claim';
import { FUNCTION_DIMENSION, measure, NAMESPACE, SERVICE } from './measurements';
import { parseArn } from './model/arn';
import { namedReasonOf } from './reason';
import { catalogue } from './rules/catalogue';
import { unheardWords } from './report/words';
import type { Audience, AuditResult } from './result';
import type { Rule } from './rules/rule';
import { rulesForSelection } from './rules/select-rules';
import { audit, type Audit } from './run';
import { syncSecurityHub, type Trouble } from './security-hub/sync';
import { readSettings, type Settings } from './settings';
import type { AccountSource } from './source';

type AuditEvent = Extract<FunctionEvent, { readonly action: 'audit' }>;
type ExplainEvent = Extract<FunctionEvent, { readonly action: 'explain' }>;

/** What `test-alert` answers. */
interface TestAnswer {
  readonly schemaVersion: '1';
  readonly sent: readonly Sent[];
  /** Absent: SNS does not say. */
  readonly audience?: Audience;
  /** Nobody hears alerts. */
  readonly warning?: string;
}

/** Time to tell people that the audit did not finish, before Lambda ends the run without a word. */
const LAST_WORDS_MS = 20_000;
/** No call to Security Hub begins later: what is left of the run is for telling people. */
const LAST_CALL_MS = 60_000;

const logger = new Logger({ serviceName: SERVICE });
const metrics = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE });

const clock = (): Date => new Date();

const rulesOf = (ids: readonly string[]): readonly Rule[] => {
  if (ids.length === 0) return catalogue;
  return ids.map((id, index) => {
    const rule = catalogue.find((one) => one.id === id || one.aliases?.includes(id) === true);
    if (rule === undefined) throw new EventError(`Event: rules[${index}]: no rule has this id`);
    return rule;
  });
};

/** Rejects shortly before the run's time is up. */
const beforeTimeout = async <T>(work: Promise<T>, context: Context): Promise<T> => {
  const allowed = Math.max(0, context.getRemainingTimeInMillis() - LAST_WORDS_MS);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The audit did not finish within ${Math.round(allowed / 1000)} seconds`));
    }, allowed);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
};

/** The regions as sources; only these APIs, or all of them where none is named. */
const openSources = async (
  regions: readonly string[],
  restApiIds: readonly string[],
  settings: Settings,
): Promise<readonly AccountSource[]> => {
  const { accountId, partition } = await identify({ region: settings.region });
  const pacerOf = pacerPerRegion(settings.quotaShare ?? undefined);
  const scannedRegions = [...new Set(regions)];
  return scannedRegions.map((region) =>
    openRegion({
      region,
      accountId,
      partition,
      scannedRegions,
      clock,
      ...(restApiIds.length === 0 ? {} : { restApiIds }),
      pacerOf,
    }),
  );
};

const runAudit = async (
  { regions, restApiIds }: AuditEvent,
  rules: readonly Rule[],
  settings: Settings,
  runId: string,
): Promise<Audit> => {
  const sources = await openSources(regions.length === 0 ? settings.regions : regions, restApiIds, settings);
  const partial = restApiIds.length > 0;
  return audit({ sources, rules: rulesForSelection(rules, partial), partial, runId, clock });
};

/** Known without asking AWS, so that it can be told when AWS does not answer. */
const auditedOf = (settings: Settings, regions: readonly string[], context: Context): Audited => ({
  account: parseArn(context.invokedFunctionArn)?.accountId ?? 'unknown',
  alias: settings.alias,
  regions,
  runId: context.awsRequestId,
});

const send = async (messages: readonly Message[], settings: Settings): Promise<readonly Sent[]> => {
  const topics: Topics = {
    alerts: settings.alertsTopicArn,
    events: settings.eventsTopicArn,
    ...(settings.chatTopicArn === null ? {} : { chat: settings.chatTopicArn }),
  };
  const sent = await publish(messages, topics);
  logger.info('alerts published', { sent });
  return sent;
};

/** Writes what CloudWatch makes metrics of: a line of the log in embedded metric format. */
const publishMeasurements = (result: AuditResult, { functionName }: Context): void => {
  metrics.addDimension(FUNCTION_DIMENSION, functionName);
  for (const { name, unit, value } of measure(result)) metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
};

/** Tells people that the audit failed; that this failed too must not hide why. */
const tellFailure = async (
  error: unknown,
  event: AuditEvent,
  settings: Settings,
  context: Context,
): Promise<void> => {
  if (!event.notify) return;
  const regions = event.regions.length === 0 ? settings.regions : event.regions;
  const messages = failureMessages(auditedOf(settings, regions, context), namedReasonOf(error));
  // Little time is left, and a history that does not answer must not keep people from hearing.
  const bucket = new Bucket(settings.historyBucket, { attempts: 1, timeoutMs: 3000 });
  try {
    await tellOnce(bucket, `${context.awsRequestId}-failed`, () => send(messages, settings));
  } catch (second) {
    logger.error('the failure could not be told', { reason: namedReasonOf(second) });
  } finally {
    bucket.close();
  }
};

/** Says in the log that nobody hears alerts; people look there when they miss them. */
const warnUnheard = (audience: Audience | null): string | null => {
  const words = unheardWords(audience ?? undefined);
  if (words !== null) logger.warn(words);
  return words;
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

const answerAudit = async (event: AuditEvent, settings: Settings, context: Context): Promise<CutResult> => {
  const rules = rulesOf(event.rules);
  const whole = event.restApiIds.length === 0 && event.rules.length === 0 && event.regions.length === 0;
  const bucket = new Bucket(settings.historyBucket);
  try {
    const audited = await beforeTimeout(runAudit(event, rules, settings, context.awsRequestId), context);
    const audience = event.notify ? await audienceOf(settings.alertsTopicArn) : null;
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
    return fitAnswer(result);
  } catch (error) {
    await tellFailure(error, event, settings, context);
    throw error;
  } finally {
    bucket.close();
  }
};

/** That SNS took the sample does not mean that anybody got it: whoever has not confirmed gets nothing. */
const answerTest = async (settings: Settings, context: Context): Promise<TestAnswer> => {
  const sent = await send(testMessages(auditedOf(settings, settings.regions, context)), settings);
  const audience = await audienceOf(settings.alertsTopicArn);
  const warning = warnUnheard(audience);
  return {
    schemaVersion: '1',
    sent,
    ...(audience === null ? {} : { audience }),
    ...(warning === null ? {} : { warning }),
  };
};

/** An execute-api host names region and API, so nothing else is read; a custom domain may lead anywhere. */
const answerExplain = async (event: ExplainEvent, settings: Settings): Promise<Explanation> => {
  try {
    const address = requestedAddress(event);
    const named = address.by === 'execute-api' ? address : null;
    const sources = await openSources(
      named === null ? settings.regions : [named.region],
      named === null || named.restApiId === null ? [] : [named.restApiId],
      settings,
    );
    const [first, ...others] = await Promise.all(sources.map(gatherAccount));
    if (first === undefined) throw new Error('no region was read');
    const account = [first, ...others].find((one) => holdsAddress(one, address)) ?? first;
    const explanation = explain(event, account, clock);
    const { outcome, gate } = explanation.decision;
    logger.info('call explained', { outcome, gate });
    return explanation;
  } catch (error) {
    if (error instanceof ExplainInputError) throw new EventError(`Event: ${error.message}`);
    throw error;
  }
};

/** The function's entry. Rejects where it could not do what was asked, so that callers and alarms see it. */
export const handler = async (
  event: unknown,
  context: Context,
): Promise<CutResult | Explanation | TestAnswer> => {
  logger.addContext(context);
  try {
    const settings = readSettings();
    const request = parseEvent(event);
    if (request.action === 'test-alert') {
      return await answerTest(settings, context);
    }
    if (request.action === 'explain') return await answerExplain(request, settings);
    return await answerAudit(request, settings, context);
  } catch (error) {
    // The message only: an error of the SDK carries the whole request.
    logger.error('run failed', { reason: namedReasonOf(error) });
    throw error;
  }
};
