import * as z from 'zod';
import { reasonOf } from '../reason';
import type { Bucket } from './bucket';

const claimed = z.object({ state: z.enum(['claimed', 'sent', 'failed']) });

const keyOf = (id: string): string => `alerts/${encodeURIComponent(id)}.json`;

const textOf = (state: 'claimed' | 'sent' | 'failed'): string => `${JSON.stringify({ state })}\n`;

const hasFailed = (text: string): boolean => {
  try {
    const parsed = claimed.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.state === 'failed';
  } catch {
    return false;
  }
};

/** A claim whose sending failed may be taken over. */
const claim = async (bucket: Bucket, id: string): Promise<boolean> => {
  const key = keyOf(id);
  if (await bucket.write(key, textOf('claimed'), 'absent')) return true;
  const stored = await bucket.read(key);
  if (stored === null || !hasFailed(stored.text)) return false;
  return bucket.write(key, textOf('claimed'), { version: stored.etag });
};

/**
 * Tells people once for each id, so that an invocation that is tried again under the id of its run does not tell them twice. True: told
 * now; false: an earlier try did. Where S3 cannot say, people are told, because twice is better than never: `tell` then gets the reason.
 *
 * @throws what `tell` throws; the next try may tell then
 */
export const tellOnce = async (
  bucket: Bucket,
  id: string,
  tell: (unclaimed: string | null) => Promise<unknown>,
): Promise<boolean> => {
  const claimed = await claim(bucket, id).catch((error: unknown) => reasonOf(error));
  if (claimed === false) return false;
  const settle = async (state: 'sent' | 'failed'): Promise<void> => {
    if (claimed !== true) return;
    // What was told stays told; a claim that stays open only keeps another try from telling it.
    await bucket.write(keyOf(id), textOf(state)).catch(() => undefined);
  };
  try {
    await tell(claimed === true ? null : claimed);
  } catch (error) {
    await settle('failed');
    throw error;
  }
  await settle('sent');
  return true;
};
