import type { Context } from 'aws-lambda';

/** Time to tell people that the audit did not finish, before Lambda ends the run without a word. */
const LAST_WORDS_MS = 20_000;

/** Rejects shortly before the run's time is up. */
export const beforeTimeout = async <T>(work: Promise<T>, context: Context): Promise<T> => {
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
