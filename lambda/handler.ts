import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { audienceOf } from './alert/audience';
import type { Message } from './alert/message';
import { failureMessages, testMessages } from './alert/notice';
import type { Audited } from './alert/occasion';
import { publish, type Sent, type Topics } from './alert/publish';
import { conclude } from './conclude';
import { identify, openRegion, type Deadline } from './collect/live';
import { pacerPerRegion } from './collect/pace';
import type { SnapshotStore } from './collect/snapshot-cache';
import { deadlineOf } from './deadline';
import { explain, type Explanation } from './explain/explain';
import { ExplainInputError } from './explain/input';
import { holdsAddress, requestedAddress } from './explain/requested';
import { fitAnswer, type CutResult } from './function-answer';
import { EventError, parseEvent, type AuditEvent, type FunctionEvent } from './function-event';
import { gatherAccount } from './gather-account';
import { Bucket } from './history/bucket';
import { claimCheckpoint, saveCheckpoint, type Checkpoint, type CheckpointName } from './history/checkpoint';
import { tellOnce } from './history/claim';
import { invokeAgain } from './invoke-again';
import { FUNCTION_DIMENSION, measure, NAMESPACE, SERVICE } from './measurements';
import { parseArn } from './model/arn';
import { namedReasonOf } from './reason';
import { catalogue } from './rules/catalogue';
import { unheardWords } from './report/words';
import type { Audience, AuditResult } from './result';
import type { Rule } from './rules/rule';
import { rulesForSelection } from './rules/select-rules';
import { runAudit, type Audit, type Progress, type Ran, type RunState } from './run';
import { syncSecurityHub, type Trouble } from './security-hub/sync';
import { readSettings, type Settings } from './settings';
import type { AccountSource, Left } from './source';

type ContinueEvent = Extract<FunctionEvent, { readonly action: 'continue' }>;
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

/** What an invocation answers that ends before its run does. */
interface Unfinished {
  readonly schemaVersion: '1';
  readonly continues: CheckpointName;
}

/** Invocations that one run may take: more than two hours of work are a fault, and a chain without end would be a costly one. */
const MOST_INVOCATIONS = 8;

/** Between two lines of the log that say how far a run is. */
const PROGRESS_MS = 30_000;

/** Time to tell people that the audit did not finish, before Lambda ends the run without a word. */
const LAST_WORDS_MS = 20_000;
/** No call to Security Hub begins later: what is left of the run is for telling people. */
const LAST_CALL_MS = 60_000;

const logger = new Logger({ serviceName: SERVICE });
const metrics = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE });

const clock = (): Date => new Date();

const EVERYTHING: AuditEvent = {
  action: 'audit',
  regions: [],
  restApiIds: [],
  rules: [],
  notify: true,
  full: false,
};

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

interface Reading {
  /** All that the run reads, so that a pool elsewhere is told from one that is gone. */
  readonly regions: readonly string[];
  /** All when empty. */
  readonly restApiIds: readonly string[];
  readonly deadline?: Deadline;
  readonly snapshots?: SnapshotStore;
  /** Regions that are not judged yet, with what is left of them; all of them, from the beginning, when absent. */
  readonly left?: ReadonlyMap<string, Left>;
}

/** The regions as sources. */
const openSources = async (
  { regions, restApiIds, left, ...given }: Reading,
  settings: Settings,
): Promise<readonly AccountSource[]> => {
  const { accountId, partition } = await identify({ region: settings.region });
  const pacerOf = pacerPerRegion(settings.quotaShare ?? undefined);
  const scannedRegions = [...new Set(regions)];
  return scannedRegions
    .filter((region) => left?.has(region) ?? true)
    .map((region) => {
      const rest = left?.get(region);
      return openRegion({
        region,
        accountId,
        partition,
        scannedRegions,
        clock,
        ...(restApiIds.length === 0 ? {} : { restApiIds }),
        pacerOf,
        ...given,
        ...(rest === undefined ? {} : { left: rest }),
      });
    });
};

const orTell = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    logger.warn('deployments are read anew', { reason: namedReasonOf(error) });
    throw error;
  }
};

/** What earlier runs have read of deployments; a bucket that fails is told of and then left alone. */
const snapshotsIn = (bucket: Bucket): SnapshotStore => ({
  read: async (key) => (await orTell(bucket.read(key)))?.text ?? null,
  write: (key, text) => orTell(bucket.write(key, text)),
});

const logProgress = (): ((at: Progress) => void) => {
  const started = Date.now();
  const told = new Map<string, number>();
  return ({ region, done, total }) => {
    const now = Date.now();
    if (now - (told.get(region) ?? started) < PROGRESS_MS) return;
    told.set(region, now);
    logger.info('audit under way', { region, done, total });
  };
};

interface Work {
  readonly event: AuditEvent;
  readonly rules: readonly Rule[];
  readonly runId: string;
  /** What earlier invocations of the run had done. */
  readonly before?: RunState;
}

const carryOut = async (
  { event, rules, runId, before }: Work,
  settings: Settings,
  bucket: Bucket,
  deadline: Deadline,
): Promise<Ran> => {
  const { regions, restApiIds } = event;
  const left = before?.regions.flatMap((one) => (one.left === null ? [] : [[one.region, one.left] as const]));
  const sources = await openSources(
    {
      regions:
        before?.regions.map(({ region }) => region) ?? (regions.length === 0 ? settings.regions : regions),
      restApiIds,
      deadline,
      snapshots: snapshotsIn(bucket),
      ...(left === undefined ? {} : { left: new Map(left) }),
    },
    settings,
  );
  const partial = restApiIds.length > 0;
  return runAudit({
    sources,
    rules: rulesForSelection(rules, partial),
    partial,
    runId,
    clock,
    progress: logProgress(),
    ...(before === undefined ? {} : { before }),
  });
};

/** Saves where the run stopped and asks for another invocation, within bounds. */
const goOnLater = async (
  { event }: Work,
  state: RunState,
  invocation: number,
  bucket: Bucket,
  context: Context,
): Promise<Unfinished> => {
  if (invocation > MOST_INVOCATIONS) {
    throw new Error(`The audit did not finish within ${MOST_INVOCATIONS} invocations of the function`);
  }
  const name = { runId: state.runId, invocation };
  await saveCheckpoint(bucket, { invocation, event, state });
  await invokeAgain(context.invokedFunctionArn, name);
  logger.info('audit goes on in another invocation', { ...name, apis: state.totals.apis });
  return { schemaVersion: '1', continues: name };
};

/** Known without asking AWS, so that it can be told when AWS does not answer. */
const auditedOf = (
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
  { event, runId }: Pick<Work, 'event' | 'runId'>,
  settings: Settings,
  context: Context,
): Promise<void> => {
  if (!event.notify) return;
  const regions = event.regions.length === 0 ? settings.regions : event.regions;
  const messages = failureMessages(auditedOf(settings, regions, context, runId), namedReasonOf(error));
  // Little time is left, and a history that does not answer must not keep people from hearing.
  const bucket = new Bucket(settings.historyBucket, { attempts: 1, timeoutMs: 3000 });
  try {
    await tellOnce(bucket, `${runId}-failed`, () => send(messages, settings));
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

const answerAudit = async (
  work: Work,
  invocation: number,
  settings: Settings,
  context: Context,
): Promise<CutResult | Unfinished> => {
  const { event } = work;
  const whole = event.restApiIds.length === 0 && event.rules.length === 0 && event.regions.length === 0;
  const bucket = new Bucket(settings.historyBucket);
  const deadline = deadlineOf(context);
  try {
    const ran = await beforeTimeout(carryOut(work, settings, bucket, deadline), context);
    if ('state' in ran) {
      return await beforeTimeout(goOnLater(work, ran.state, invocation + 1, bucket, context), context);
    }
    const { audited } = ran;
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
    await tellFailure(error, work, settings, context);
    throw error;
  } finally {
    deadline.close();
    bucket.close();
  }
};

/** Takes the checkpoint; what the run was asked for is not known without it, so people hear that it failed. */
const claimOrTell = async (
  name: CheckpointName,
  settings: Settings,
  context: Context,
): Promise<Checkpoint | 'taken'> => {
  const bucket = new Bucket(settings.historyBucket);
  try {
    return await claimCheckpoint(bucket, name);
  } catch (error) {
    await tellFailure(error, { event: EVERYTHING, runId: name.runId }, settings, context);
    throw error;
  } finally {
    bucket.close();
  }
};

/** Goes on with a run that an earlier invocation has left. */
const answerContinue = async (
  { runId, invocation }: ContinueEvent,
  settings: Settings,
  context: Context,
): Promise<CutResult | Unfinished> => {
  const name = { runId, invocation };
  const checkpoint = await claimOrTell(name, settings, context);
  if (checkpoint === 'taken') {
    logger.info('another invocation goes on with this run', name);
    return { schemaVersion: '1', continues: name };
  }
  const { event, state } = checkpoint;
  const work = { event, rules: rulesOf(event.rules), runId, before: state };
  return answerAudit(work, invocation, settings, context);
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
      {
        regions: named === null ? settings.regions : [named.region],
        restApiIds: named === null || named.restApiId === null ? [] : [named.restApiId],
      },
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
): Promise<CutResult | Unfinished | Explanation | TestAnswer> => {
  logger.addContext(context);
  try {
    const settings = readSettings();
    const request = parseEvent(event);
    if (request.action === 'test-alert') {
      return await answerTest(settings, context);
    }
    if (request.action === 'explain') return await answerExplain(request, settings);
    if (request.action === 'continue') return await answerContinue(request, settings, context);
    const work = { event: request, rules: rulesOf(request.rules), runId: context.awsRequestId };
    return await answerAudit(work, 1, settings, context);
  } catch (error) {
    // The message only: an error of the SDK carries the whole request.
    logger.error('run failed', { reason: namedReasonOf(error) });
    throw error;
  }
};
