import { nearest } from './phrases';
import type { Rule } from './rule';

export type Selection =
  { readonly rules: readonly Rule[] } | { readonly unknown: string; readonly nearest: string | null };

const matches = (rule: Rule, wanted: string): boolean =>
  rule.id === wanted ||
  (rule.aliases?.includes(wanted) ?? false) ||
  (wanted.endsWith('/') && rule.id.startsWith(wanted));

/** The rules of a catalogue by id, alias or family (`cognito/`), in the catalogue's order; none wanted: all. */
export const selectRules = (catalogue: readonly Rule[], wanted: readonly string[]): Selection => {
  if (wanted.length === 0) return { rules: catalogue };
  for (const one of wanted) {
    if (!catalogue.some((rule) => matches(rule, one))) {
      const families = new Set(catalogue.map(({ id }) => `${id.split('/')[0] ?? ''}/`));
      const names = [...catalogue.map(({ id }) => id), ...families];
      const withoutFamily = names.find((name) => name.endsWith(`/${one}`));
      return { unknown: one, nearest: withoutFamily ?? nearest(one, names) };
    }
  }
  return { rules: catalogue.filter((rule) => wanted.some((one) => matches(rule, one))) };
};

/**
 * Those that may run when only some APIs are read. Rules on what the account shares compare it with all of its APIs: a domain that
 * points to an API which was not asked for is no fault.
 */
export const rulesForSelection = (rules: readonly Rule[], isSelection: boolean): readonly Rule[] =>
  isSelection ? rules.filter(({ scope }) => scope !== 'account') : rules;
