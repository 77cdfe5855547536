import type { Context } from 'aws-lambda';
import { Bucket } from '../history/bucket';
import { claimCheckpoint, saveCheckpoint, type Checkpoint, type CheckpointName } from '../history/checkpoint';
import type { Settings } from '../settings';
import { invokeAgain } from './invoke-again';
import { logger } from './log';
import { tellFailure } from './tell';

/** What an invocation answers that ends before its run does. */
export interface Unfinished {
  readonly schemaVersion: '1';
  readonly continues: CheckpointName;
}

/** Invocations that one run may take: more than two hours of work are a fault, and a chain without end would be a costly one. */
const MOST_INVOCATIONS = 8;

/** Saves where the run stopped and asks for another invocation, within bounds. */
export const goOnLater = async (
  { invocation, event, state }: Checkpoint,
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

/** Takes the checkpoint; what the run was asked for is not known without it, so people hear that it failed. */
export const claimOrTell = async (
  name: CheckpointName,
  settings: Settings,
  context: Context,
): Promise<Checkpoint | 'taken'> => {
  const bucket = new Bucket(settings.historyBucket);
  try {
    return await claimCheckpoint(bucket, name);
  } catch (error) {
    await tellFailure(error, name, settings, context);
    throw error;
  } finally {
    bucket.close();
  }
};
