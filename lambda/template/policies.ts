import { NO_ACCOUNT } from '../model/account';
import { policyText } from '../collect/policy-text';
import { known, mapKnown, type Known } from '../model/known';
import { gapAt, textAt } from './properties';
import type { Readable } from './readable';
import { firstUnresolved, type Value } from './value';

/** An account number that the template writes out. */
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/** Whether the account that a text names is the own one cannot be said where nobody said which that is. */
export const namesUnknownAccount = (text: string, accountId: string): boolean =>
  accountId === NO_ACCOUNT && (text.match(ACCOUNT) ?? []).some((account) => account !== NO_ACCOUNT);

export const UNKNOWN_ACCOUNT =
  'it names an account by number, and which account the stack is deployed to is not known; give it with --account';

/** A policy document, written as an object or as text; `null`: there is none. */
export const policyAt = (from: Readable, name: string, accountId: string): Known<string | null> => {
  const value: Value = from.property(name) ?? null;
  if (value === null) return known(null);
  const hole = firstUnresolved(value);
  if (hole !== null) return gapAt(from, `${name}${hole.path === '' ? '' : `.${hole.path}`}`, hole.because);
  const text = typeof value === 'object' ? known(JSON.stringify(value)) : textAt(from, name);
  if (text.state === 'known' && text.value !== null && namesUnknownAccount(text.value, accountId)) {
    return gapAt(from, name, UNKNOWN_ACCOUNT);
  }
  return mapKnown(text, policyText);
};
