/** Why a read gave no value. `unsupported`: the source (a template, an older saved account) cannot hold it. */
export type Because = 'denied' | 'throttled' | 'broken' | 'unsupported';

/** A read that gave no value. It never becomes a finding and never a pass. */
export interface Unreadable {
  readonly state: 'unreadable';
  readonly because: Because;
  /** The AWS operation that was asked, such as `GetExport`. */
  readonly operation: string;
  /** What it was asked of, as people call it: `orders (a1b2c3) stage prod`, a user pool's ARN. */
  readonly subject: string;
  /** The IAM action the caller lacks; only with `denied`. */
  readonly permission?: string;
  /** One sentence for people: what was being read and what came instead. Never holds a secret. */
  readonly detail: string;
}

/** What AWS said, or why we do not know. Absence that AWS states is a value (`null`), a denied read is not. */
export type Known<T> = { readonly state: 'known'; readonly value: T } | Unreadable;

export const known = <T>(value: T): Known<T> => ({ state: 'known', value });

export const unreadable = (gap: Omit<Unreadable, 'state'>): Unreadable => ({ state: 'unreadable', ...gap });

export const isKnown = <T>(it: Known<T>): it is { readonly state: 'known'; readonly value: T } =>
  it.state === 'known';

export const mapKnown = <A, B>(it: Known<A>, change: (value: A) => B): Known<B> =>
  it.state === 'known' ? known(change(it.value)) : it;

/** The value, or `otherwise` where the difference between unknown and that default cannot matter. */
export const valueOr = <T>(it: Known<T>, otherwise: T): T => (it.state === 'known' ? it.value : otherwise);

/** All values, or the first reason why one is missing. */
export const allKnown = <T>(items: readonly Known<T>[]): Known<readonly T[]> => {
  const values: T[] = [];
  for (const item of items) {
    if (item.state === 'unreadable') return item;
    values.push(item.value);
  }
  return known(values);
};
