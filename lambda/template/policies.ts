import { NO_ACCOUNT } from '../model/account';
import { policyText } from '../collect/policy-text';
import { known, mapKnown, type Known } from '../model/known';
import { gapAt, textAt } from './properties';
import type { Readable } from './readable';
import type { Stack } from './stack';
import { firstUnresolved, type Value } from './value';

/** An account number that the template writes out. */
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/** An API as AWS names it: the API of the template may have that id, where it was deployed before. */
const API = /:execute-api:[^:"]*:[^:"]*:([a-z0-9]{10})(?![A-Za-z0-9-])/g;

const UNKNOWN_ACCOUNT =
  'it names an account by number, and which account the stack is deployed to is not known; give it with --account';

/** Why a text of IAM cannot be judged though it is known: it names what has its number or id only later. `null`: it can be. */
export const namesLater = (text: string, stack: Stack): string | null => {
  const accounts = text.match(ACCOUNT) ?? [];
  if (stack.place.accountId === NO_ACCOUNT && accounts.some((account) => account !== NO_ACCOUNT)) {
    return UNKNOWN_ACCOUNT;
  }
  for (const [, id = ''] of text.matchAll(API)) {
    if (!stack.makes(id))
      return `it names API ${id}, and which ids its APIs have is known after the deployment`;
  }
  return null;
};

/** A policy document, written as an object or as text; `null`: there is none. */
export const policyAt = (from: Readable, name: string, stack: Stack): Known<string | null> => {
  const value: Value = from.property(name) ?? null;
  if (value === null) return known(null);
  const hole = firstUnresolved(value, name);
  if (hole !== null) return gapAt(from, hole.path, hole.because);
  const text = typeof value === 'object' ? known(JSON.stringify(value)) : textAt(from, name);
  const later = text.state === 'known' && text.value !== null ? namesLater(text.value, stack) : null;
  return later === null ? mapKnown(text, policyText) : gapAt(from, name, later);
};
