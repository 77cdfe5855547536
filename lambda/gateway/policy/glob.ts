import type { Truth } from './truth';

/** Wildcards are not characters, so that escaped ones (`${*}`) can stand beside them. */
const ANY = Symbol('*');
const ONE = Symbol('?');
type Token = string | typeof ANY | typeof ONE;

export interface Glob {
  readonly tokens: readonly Token[];
  /** The text itself where there is no wildcard. */
  readonly literal: string | null;
  /** What every match begins with. */
  readonly head: string;
  /** It holds a policy variable whose value is unknown: such a place matches anything, perhaps. */
  readonly hole: boolean;
}

/** The value of a policy variable, in lower case and without braces; `null`: unknown. */
export type Variables = (name: string) => string | null;

const VARIABLE = /\$\{([^}]*)\}/;

/**
 * A pattern of `*` and `?`. `wild` false: both are plain characters, as in StringEquals. `variables` null: `${…}` is plain text, as in
 * policies without Version 2012-10-17.
 */
export const compileGlob = (pattern: string, wild = true, variables: Variables | null = null): Glob => {
  const tokens: Token[] = [];
  let hole = false;
  const plain = (text: string): void => {
    tokens.push(...text.split(''));
  };
  const written = (text: string): void => {
    for (const character of text.split(''))
      tokens.push(!wild ? character : character === '*' ? ANY : character === '?' ? ONE : character);
  };
  // Between the texts stand the names of variables.
  const parts = variables === null ? [pattern] : pattern.split(VARIABLE);
  for (const [index, part] of parts.entries()) {
    if (variables === null || index % 2 === 0) written(part);
    else if (part === '*' || part === '?' || part === '$') plain(part);
    else {
      const value = variables(part.toLowerCase());
      if (value === null) {
        hole = true;
        tokens.push(ANY);
      } else plain(value);
    }
  }
  const wildcard = tokens.findIndex((token) => typeof token !== 'string');
  const head = (wildcard < 0 ? tokens : tokens.slice(0, wildcard)).join('');
  return { tokens, head, hole, literal: wildcard < 0 ? head : null };
};

/** Greedy with one place to fall back to: at worst pattern length × text length, never exponential. */
const matchTokens = (tokens: readonly Token[], text: string): boolean => {
  let token = 0;
  let at = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      star = token;
      token += 1;
      mark = at;
    } else if (wanted === ONE || wanted === text[at]) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      token = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (tokens[token] === ANY) token += 1;
  return token === tokens.length;
};

export const matchGlob = (glob: Glob, text: string): Truth => {
  if (glob.literal !== null) return glob.literal === text;
  if (!text.startsWith(glob.head) || !matchTokens(glob.tokens, text)) return false;
  return glob.hole ? 'unknown' : true;
};

export const matches = (pattern: string, text: string): boolean =>
  matchGlob(compileGlob(pattern), text) === true;

/** A text that the pattern matches: wildcards filled as given. */
export const instantiate = (glob: Glob, filling: string): string =>
  glob.tokens.map((token) => (token === ANY ? filling : token === ONE ? 'x' : token)).join('');

const SEGMENT = Symbol('a character of a segment');
const ANYTHING = Symbol('any character');

/** One place of a template: a character, any character but a slash, any character; repeated (also not at all) or once. */
interface Place {
  readonly accepts: string | typeof SEGMENT | typeof ANYTHING;
  readonly repeats: boolean;
}

const once = (accepts: Place['accepts']): Place => ({ accepts, repeats: false });
const repeated = (accepts: Place['accepts']): Place => ({ accepts, repeats: true });

const PARAMETER = /(\{[^{}/]*\})/;

/** `prefix` is plain text; in `template`, `{id}` is a segment and `{proxy+}` the rest of the path. */
const placesOf = (prefix: string, template: string): readonly Place[] => [
  ...prefix.split('').map(once),
  ...template.split(PARAMETER).flatMap((part): readonly Place[] => {
    if (!PARAMETER.test(part)) return part.split('').map(once);
    return [once(SEGMENT), repeated(part.endsWith('+}') ? ANYTHING : SEGMENT)];
  }),
];

const placesOfGlob = (glob: Glob): readonly Place[] =>
  glob.tokens.map((token) =>
    token === ANY ? repeated(ANYTHING) : token === ONE ? once(ANYTHING) : once(token),
  );

/** No URL holds them as they are (RFC 3986): a path template in a pattern is no path that a client sends (POL-19). */
const BRACES = '{}';

/** A character that both places accept. */
const common = (left: Place['accepts'], right: Place['accepts']): string | null => {
  if (typeof left === 'string') {
    const fills = right === ANYTHING || (right === SEGMENT && left !== '/');
    return right === left || (fills && !BRACES.includes(left)) ? left : null;
  }
  if (typeof right === 'string') return common(right, left);
  return 'x';
};

/**
 * A text that both a pattern and a path template match, or `null` when there is none: the two run side by side as automata, so the
 * answer is exact. `x` stands where any character does.
 */
export const intersect = (glob: Glob, prefix: string, template: string): string | null => {
  const head = prefix + template.slice(0, template.indexOf('{'));
  if (!head.startsWith(glob.head) && !glob.head.startsWith(head)) return null;
  const left = placesOfGlob(glob);
  const right = placesOf(prefix, template);
  const width = right.length + 1;
  interface Step {
    readonly state: number;
    readonly from: Step | null;
    readonly character: string;
  }
  const seen = new Set<number>();
  const queue: Step[] = [{ state: 0, from: null, character: '' }];
  const goal = left.length * width + right.length;
  for (const step of queue) {
    if (step.state === goal) {
      let text = '';
      for (let at: Step | null = step; at !== null; at = at.from) text = at.character + text;
      return text;
    }
    const [i, j] = [Math.floor(step.state / width), step.state % width];
    const [a, b] = [left[i], right[j]];
    const go = (state: number, character: string): void => {
      if (seen.has(state)) return;
      seen.add(state);
      queue.push({ state, from: step, character });
    };
    if (a?.repeats === true) go((i + 1) * width + j, '');
    if (b?.repeats === true) go(i * width + j + 1, '');
    if (a === undefined || b === undefined) continue;
    const character = common(a.accepts, b.accepts);
    if (character !== null) go((a.repeats ? i : i + 1) * width + (b.repeats ? j : j + 1), character);
  }
  return null;
};
