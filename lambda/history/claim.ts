import * as z from 'zod';
import type { Bucket } from './bucket';

const claim = z.object({ state: z.enum(['claimed', 'sent', 'failed']) });

const keyOf = (runId: string): string => `alerts/${encodeURIComponent(runId)}.json`;

const textOf = (state: 'claimed' | 'sent' | 'failed'): string => `${JSON.stringify({ state })}\n`;

const hasFailed = (text: string): boolean => {
  try {
    const parsed = claim.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.state === 'failed';
  } catch {
    return false;
  }
};

/**
 * Claims the alerts of a run, so that an invocation that is retried with the same id does not send them twice. True: they are ours to
 * send. A claim whose sending failed may be taken over.
 *
 * @throws BucketError
 */
export const claimAlerts = async (bucket: Bucket, runId: string): Promise<boolean> => {
  const key = keyOf(runId);
  if (await bucket.write(key, textOf('claimed'), 'absent')) return true;
  const stored = await bucket.read(key);
  if (stored === null || !hasFailed(stored.text)) return false;
  return bucket.write(key, textOf('claimed'), { version: stored.etag });
};

/** Marks a claim as settled. `failed` gives it back.
 *
 * @throws BucketError
 */
export const settleClaim = async (bucket: Bucket, runId: string, state: 'sent' | 'failed'): Promise<void> => {
  await bucket.write(keyOf(runId), textOf(state));
};
