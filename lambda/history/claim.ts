import * as z from 'zod';
import { reasonOf } from '../reason';
import type { Bucket } from './bucket';

/** What of a message to people and machines arrived. */
export interface Delivery {
  /** The names of the parts that did; they are told once. */
  readonly told: readonly string[];
  /** `null`: all did. */
  readonly failure: Error | null;
}

const claimed = z.object({
  state: z.enum(['claimed', 'sent', 'failed']),
  /** What earlier tries have told. */
  told: z.array(z.string()).default([]),
});

type Claim = z.infer<typeof claimed>;

const keyOf = (id: string): string => `alerts/${encodeURIComponent(id)}.json`;

const textOf = (claim: Claim): string => `${JSON.stringify(claim)}\n`;

const readClaim = (text: string): Claim | null => {
  try {
    return claimed.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** A claim whose sending failed may be taken over, with what it has told. `null`: it may not. */
const claim = async (bucket: Bucket, id: string): Promise<readonly string[] | null> => {
  const key = keyOf(id);
  if (await bucket.write(key, textOf({ state: 'claimed', told: [] }), 'absent')) return [];
  const stored = await bucket.read(key);
  const before = stored === null ? null : readClaim(stored.text);
  if (stored === null || before?.state !== 'failed') return null;
  const { told } = before;
  const taken = await bucket.write(key, textOf({ state: 'claimed', told }), { version: stored.etag });
  return taken ? told : null;
};

/**
 * Tells people once for each id, so that an invocation that is tried again under the id of its run does not tell them twice: neither
 * what was told in whole, nor the parts of it that arrived when others failed. True: told now; false: an earlier try did. Where S3 cannot
 * say, people are told, because twice is better than never: `tell` then gets the reason.
 *
 * @throws what `tell` throws or names as its failure; the next try may tell the rest
 */
export const tellOnce = async (
  bucket: Bucket,
  id: string,
  tell: (told: ReadonlySet<string>, unclaimed: string | null) => Promise<Delivery>,
): Promise<boolean> => {
  const before = await claim(bucket, id).catch((error: unknown) => reasonOf(error));
  if (before === null) return false;
  if (typeof before === 'string') {
    const { failure } = await tell(new Set(), before);
    if (failure !== null) throw failure;
    return true;
  }
  const settle = async ({ told, failure }: Delivery): Promise<void> => {
    const now: Claim = { state: failure === null ? 'sent' : 'failed', told: [...before, ...told] };
    // What was told stays told; a claim that stays open only keeps another try from telling it.
    await bucket.write(keyOf(id), textOf(now)).catch(() => undefined);
  };
  const delivery = await tell(new Set(before), null).catch(async (error: unknown) => {
    await settle({ told: [], failure: new Error(reasonOf(error)) });
    throw error;
  });
  await settle(delivery);
  if (delivery.failure !== null) throw delivery.failure;
  return true;
};
