import type { AuditEvent } from '../function/event';
import type { RunState } from '../run';
import { open, seal } from '../sealed';
import type { Bucket } from './bucket';

export const CHECKPOINTS = 'checkpoints/';

const KIND = 'checkpoint 1';

/** Where a run stopped, and what it was asked for. */
export interface Checkpoint {
  /** Which invocation of the run goes on from here: 2 or more. */
  readonly invocation: number;
  readonly event: AuditEvent;
  readonly state: RunState;
}

/** The run and the invocation that goes on with it: all that the next event holds. */
export type CheckpointName = { readonly runId: string; readonly invocation: number };

const keyOf = ({ runId, invocation }: CheckpointName): string =>
  `${CHECKPOINTS}${encodeURIComponent(runId)}/${invocation}`;

/** @throws BucketError */
export const saveCheckpoint = async (bucket: Bucket, checkpoint: Checkpoint): Promise<void> => {
  const { invocation, state } = checkpoint;
  await bucket.write(`${keyOf({ runId: state.runId, invocation })}.json`, seal(KIND, checkpoint));
};

/**
 * Takes a checkpoint for this invocation alone. `taken`: another invocation has it, as Lambda may deliver an event more than once.
 *
 * @throws BucketError
 * @throws Error when there is no checkpoint that this version can go on from
 */
export const claimCheckpoint = async (
  bucket: Bucket,
  name: CheckpointName,
): Promise<Checkpoint | 'taken'> => {
  const key = keyOf(name);
  if (!(await bucket.write(`${key}-claimed.json`, '{}\n', 'absent'))) return 'taken';
  const stored = await bucket.read(`${key}.json`);
  const checkpoint = stored === null ? null : open<Checkpoint>(KIND, stored.text);
  if (checkpoint?.state.runId !== name.runId || checkpoint.invocation !== name.invocation) {
    throw new Error(`${key}.json holds no checkpoint that this version of the audit can go on from`);
  }
  return checkpoint;
};
