import type { Context } from 'aws-lambda';
import type { Deadline } from '../collect/live';

/** A run stops when no more than this is left: time to finish what is under way, to save where it stopped, and to ask for more. */
const NEAR_MS = 60_000;
/** What is still under way then is left. */
const REACHED_MS = 40_000;

/** The time that Lambda leaves a run, as the collectors heed it. Close it, or its timer keeps the process awake. */
export const deadlineOf = (context: Context): Deadline & { readonly close: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.getRemainingTimeInMillis() - REACHED_MS));
  });
  return {
    isNear: () => context.getRemainingTimeInMillis() < NEAR_MS,
    reached,
    close: () => clearTimeout(timer),
  };
};
