import { keptWith } from '../model/kept';
import type { Method } from '../model/method';
import { VERBS } from './policy/verbs';

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** Braces stand for parameters alone: API Gateway takes none in a literal path part. */
const isGreedy = (segment: string): boolean => segment.endsWith('+}');
const isParameter = (segment: string): boolean => segment.endsWith('}');

/** The resources of an API as a tree of path segments; methods are held by their place in the list, by verb. */
interface Resources {
  readonly literals: Map<string, Resources>;
  parameter: Resources | null;
  readonly methods: Map<string, number>;
  readonly greedy: Map<string, number>;
}

/** With what is asked of all paths together. */
interface Tree {
  readonly root: Resources;
  /** Segments of the longest path. */
  readonly deepest: number;
}

const noResources = (): Resources => ({
  literals: new Map(),
  parameter: null,
  methods: new Map(),
  greedy: new Map(),
});

const grow = (methods: readonly Pick<Method, 'path' | 'verb'>[]): Tree => {
  const root = noResources();
  let deepest = 0;
  for (const [place, { path, verb }] of methods.entries()) {
    let at = root;
    let verbs = root.methods;
    const segments = segmentsOf(path);
    deepest = Math.max(deepest, segments.length);
    for (const segment of segments) {
      if (isGreedy(segment)) {
        verbs = at.greedy;
        break;
      }
      let next = isParameter(segment) ? at.parameter : at.literals.get(segment);
      next ??= noResources();
      if (isParameter(segment)) at.parameter = next;
      else at.literals.set(segment, next);
      at = next;
      verbs = at.methods;
    }
    verbs.set(verb, place);
  }
  return { root, deepest };
};

const treeOf = keptWith(grow);

const ofVerb = (verbs: Resources['methods'], verb: string): number | undefined =>
  verbs.get(verb) ?? verbs.get('ANY');

const search = (at: Resources, path: readonly string[], depth: number, verb: string): number | undefined => {
  const segment = path[depth];
  if (segment === undefined) return ofVerb(at.methods, verb);
  const literal = at.literals.get(segment);
  return (
    (literal === undefined ? undefined : search(literal, path, depth + 1, verb)) ??
    (at.parameter === null ? undefined : search(at.parameter, path, depth + 1, verb)) ??
    ofVerb(at.greedy, verb)
  );
};

/**
 * The method that takes a call, or `null`: 403 Missing Authentication Token (MSG-8).
 *
 * API Gateway chooses a pair of resource and verb (RTE-1): among all pairs that serve the verb, literal segments win over parameters
 * and parameters over greedy ones, from the left; a branch that leads nowhere is left again. Paths are case sensitive (MIS-5),
 * slashes at the end and doubled at the start do not count (MIS-6), and `{proxy+}` needs at least one segment (MIS-7).
 */
export const route = <M extends Pick<Method, 'path' | 'verb'>>(
  methods: readonly M[],
  verb: string,
  path: string,
): M | null => {
  const place = search(treeOf(methods).root, segmentsOf(path), 0, verb);
  return place === undefined ? null : (methods[place] ?? null);
};

/** Stands for a segment that no resource names: path parts of API Gateway hold no such character. */
const NOBODYS = '\0';

/**
 * Is there a call that this method takes, or do others take all that would fit it? No Allow and no token helps where every verb of an ANY
 * has a method of its own on the path. A greedy path beside a parameter that takes everything cannot be made on AWS: only one sibling
 * may be variable.
 */
export const takesCalls = (
  methods: readonly Pick<Method, 'path' | 'verb'>[],
  { path, verb }: Pick<Method, 'path' | 'verb'>,
): boolean => {
  const segments = segmentsOf(path);
  const fixed = segments.filter((segment) => !isGreedy(segment));
  const within = fixed.map((segment) => (isParameter(segment) ? NOBODYS : segment));
  const lengths =
    fixed.length === segments.length ? [0] : Array.from({ length: treeOf(methods).deepest }, (_, n) => n + 1);
  return (verb === 'ANY' ? VERBS : [verb]).some((one) =>
    lengths.some((length) => {
      const taker = route(methods, one, [...within, ...Array<string>(length).fill(NOBODYS)].join('/'));
      return taker?.path === path && taker.verb === verb;
    }),
  );
};

/** A path that a template matches, its parameters filled with text that no literal sibling is likely to have. */
export const examplePath = (template: string): string =>
  `/${segmentsOf(template)
    .map((segment) => (isParameter(segment) ? 'x-1' : segment))
    .join('/')}`;
