import type { Deadline } from '../collect/live';
import type { SnapshotStore } from '../collect/snapshot-cache';
import type { Bucket } from '../history/bucket';
import { namedReasonOf } from '../reason';
import type { Rule } from '../rules/rule';
import { rulesForSelection } from '../rules/select-rules';
import { runAudit, type Progress, type Ran, type RunState } from '../run';
import type { Settings } from '../settings';
import type { AuditEvent } from './event';
import { logger } from './log';
import { openSources } from './sources';

/** What one run was asked for, and how far it is. */
export interface Work {
  readonly event: AuditEvent;
  readonly runId: string;
  /** Which invocation of the run this is: 1 or more. */
  readonly invocation: number;
  /** What earlier invocations of the run had done. */
  readonly before?: RunState;
}

/** Cells of the access matrix that a report shows: some megabytes of HTML, which a browser opens at once. */
const MATRIX_ROOM = 20_000;

/** Between two lines of the log that say how far a run is. */
const PROGRESS_MS = 30_000;

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

const logProgress = (clock: () => Date): ((at: Progress) => void) => {
  const started = clock().getTime();
  const told = new Map<string, number>();
  return ({ region, done, total }) => {
    const now = clock().getTime();
    if (now - (told.get(region) ?? started) < PROGRESS_MS) return;
    told.set(region, now);
    logger.info('audit under way', { region, done, total });
  };
};

interface Means {
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly bucket: Bucket;
  readonly deadline: Deadline;
  readonly clock: () => Date;
}

/** Reads and judges what was asked for, or what earlier invocations have left of it. */
export const carryOut = async (
  { event, runId, before }: Work,
  { rules, settings, bucket, deadline, clock }: Means,
): Promise<Ran> => {
  const { regions, restApiIds } = event;
  const left = before?.regions.flatMap((one) => (one.left === null ? [] : [[one.region, one.left] as const]));
  const sources = await openSources(
    {
      regions:
        before?.regions.map(({ region }) => region) ?? (regions.length === 0 ? settings.regions : regions),
      restApiIds,
      clock,
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
    progress: logProgress(clock),
    matrixRoom: MATRIX_ROOM,
    ...(before === undefined ? {} : { before }),
  });
};
