import type { Bucket } from './bucket';
import { readState, writeState, type State } from './state';

export const STATE_KEY = 'state/findings.json';
export const REPORTS = 'reports/';
/** Two runs that save at the same moment need one more attempt each; more than this is trouble. */
const ATTEMPTS = 5;

export type Recalled =
  | { readonly kind: 'first' }
  | { readonly kind: 'kept'; readonly state: State; readonly version: string }
  /** There was a history: its object is gone, or holds something else. */
  | { readonly kind: 'lost'; readonly detail: string; readonly version: string | null };

/** @throws BucketError */
export const recall = async (bucket: Bucket): Promise<Recalled> => {
  const stored = await bucket.read(STATE_KEY);
  if (stored === null) {
    if (!(await bucket.holds(REPORTS))) return { kind: 'first' };
    return { kind: 'lost', detail: `${STATE_KEY} is gone while reports are there`, version: null };
  }
  const state = readState(stored.text);
  return state === null
    ? { kind: 'lost', detail: `${STATE_KEY} cannot be understood`, version: stored.etag }
    : { kind: 'kept', state, version: stored.etag };
};

/**
 * Saves what `next` makes of the state that is there; when another run saved meanwhile, reads its state and asks `next` again, so
 * that neither loses what the other saw.
 *
 * @throws BucketError
 * @throws Error when other runs kept saving
 */
export const save = async (
  bucket: Bucket,
  recalled: Recalled,
  next: (recalled: Recalled) => State,
): Promise<void> => {
  let current = recalled;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const version = current.kind === 'first' ? null : current.version;
    const text = writeState(next(current));
    if (await bucket.write(STATE_KEY, text, version === null ? 'absent' : { version })) return;
    current = await recall(bucket);
  }
  throw new Error(`${STATE_KEY}: other runs saved at the same time, ${ATTEMPTS} times`);
};
