import type { Method } from '../model/method';

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

const isGreedy = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('+}');
const isParameter = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');

const rankOf = (segment: string): number => (isGreedy(segment) ? 2 : isParameter(segment) ? 1 : 0);

const matches = (template: readonly string[], path: readonly string[]): boolean => {
  for (const [index, segment] of template.entries()) {
    const given = path[index];
    if (given === undefined) return false;
    if (isGreedy(segment)) return true;
    if (!isParameter(segment) && segment !== given) return false;
  }
  return template.length === path.length;
};

const compare = (left: readonly string[], right: readonly string[]): number => {
  for (const [index, segment] of left.entries()) {
    const other = right[index];
    if (other === undefined) return -1;
    const difference = rankOf(segment) - rankOf(other);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const serves = (method: Pick<Method, 'verb'>, verb: string): boolean =>
  method.verb === verb || method.verb === 'ANY';

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
  const wanted = segmentsOf(path);
  let best: { readonly method: M; readonly template: readonly string[] } | null = null;
  for (const method of methods) {
    if (!serves(method, verb)) continue;
    const template = segmentsOf(method.path);
    if (!matches(template, wanted)) continue;
    const order = best === null ? -1 : compare(template, best.template);
    if (order < 0 || (order === 0 && best?.method.verb === 'ANY' && method.verb !== 'ANY')) {
      best = { method, template };
    }
  }
  return best?.method ?? null;
};

/** A path that a template matches, its parameters filled with text that no literal sibling is likely to have. */
export const examplePath = (template: string): string =>
  `/${segmentsOf(template)
    .map((segment) => (isParameter(segment) ? 'x-1' : segment))
    .join('/')}`;
