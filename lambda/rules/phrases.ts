import { methodLabel } from '../model/method';

/** Names in a sentence: all of them up to `most`, otherwise the first ones and how many more there are. */
export const listNames = (names: readonly string[], most = 3): string => {
  const shown = names.length <= most ? names : names.slice(0, most - 1);
  const hidden = names.length - shown.length;
  if (hidden > 0) return `${shown.join(', ')} and ${hidden} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
};

/** `GET /a, GET /b and 7 more`. */
export const listMethods = (
  methods: readonly { readonly verb: string; readonly path: string }[],
  most = 3,
): string => listNames(methods.map(methodLabel), most);

/** A name that people chose, set apart from the sentence. */
export const quote = (name: string): string => `"${name}"`;

/** The word that goes with a number of subjects: `agree(1, 'needs', 'need')`. */
export const agree = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** `1 method`, `3 methods`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${agree(count, one, many)}`;

/** Insertions, deletions and replacements that turn one text into the other. */
const editDistance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [above, letter] of left.split('').entries()) {
    const next = [above + 1];
    for (const [before, other] of right.split('').entries()) {
      const replaced = (row[before] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min((row[before + 1] ?? 0) + 1, (next[before] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/**
 * The candidate that was probably meant, or `null` when none is close: at most one slip in three letters, upper and lower case
 * apart. The name itself is no answer to "did you mean".
 */
export const nearest = (name: string, candidates: readonly string[]): string | null => {
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  const allowed = Math.max(1, Math.floor(name.length / 3));
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
};
