import type { Place } from '../../model/account';
import type { Condition, Policy, Statement } from './parse';
import {
  expandShortForm,
  INVOKE,
  matchActions,
  matchResources,
  readResource,
  type ResourcePattern,
} from './resource';
import { all, any, not, type Truth } from './truth';

/** A condition, once for all statements that have it. */
export interface Atom {
  readonly condition: Condition;
  /** Lower case. */
  readonly key: string;
}

export interface CompiledStatement {
  readonly statement: Statement;
  readonly action: Truth;
  readonly patterns: readonly ResourcePattern[];
  /** What Resource says of every call of this API, where it says the same of all; `null` where it depends on the call. */
  readonly everywhere: Truth | null;
  /** Places in `atoms`. */
  readonly atoms: readonly number[];
}

/** A policy made ready to be asked about many methods of one API. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** `arn:P:execute-api:R:ACCT:APIID`. */
  readonly prefix: string;
  readonly statements: readonly CompiledStatement[];
  readonly atoms: readonly Atom[];
}

const everywhereOf = ({ glob, written }: ResourcePattern, prefix: string): Truth | null => {
  if (glob === null) return 'unknown';
  const start = `${prefix}/`;
  if (start.startsWith(glob.head)) {
    return expandShortForm(written, prefix) === `${glob.head}*` ? true : null;
  }
  // A pattern that names another place can match no call of this API, whatever comes after the place.
  return glob.head.startsWith(start) ? null : false;
};

const resourcesEverywhere = (
  statement: Statement,
  patterns: readonly ResourcePattern[],
  prefix: string,
): Truth | null => {
  // The whole statement is in doubt.
  if (statement.resources === null) return true;
  const all = patterns.map((pattern) => everywhereOf(pattern, prefix));
  const known = all.filter((one) => one !== null);
  const matched = any(known);
  if (matched !== true && known.length < all.length) return null;
  return statement.resources.not ? not(matched) : matched;
};

export const executeApiPrefix = (place: Place, apiId: string): string =>
  `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:${apiId}`;

/** `expands` false: nobody expands short forms of ARNs in the policy of a VPC endpoint. */
export const compilePolicy = (
  policy: Policy,
  place: Place,
  apiId: string,
  expands = true,
): CompiledPolicy => {
  const prefix = executeApiPrefix(place, apiId);
  const atoms: Atom[] = [];
  const known = new Map<string, number>();
  const atomOf = (condition: Condition): number => {
    const id = JSON.stringify([condition.operator, condition.key.toLowerCase(), condition.values]);
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, atoms.length);
    return atoms.push({ condition, key: condition.key.toLowerCase() }) - 1;
  };
  const statements = policy.statements.map((statement): CompiledStatement => {
    // Who calls is open, so a variable in a Resource is a hole.
    const variables = policy.variables ? () => null : null;
    const patterns = (statement.resources?.patterns ?? []).map((one) =>
      readResource(one, prefix, variables, expands),
    );
    return {
      statement,
      action: statement.actions === null || matchActions(statement.actions, INVOKE),
      patterns,
      everywhere: resourcesEverywhere(statement, patterns, prefix),
      atoms: statement.conditions.map(atomOf),
    };
  });
  return { policy, prefix, statements, atoms };
};

/** Action and Resource of a statement for one call, whoever makes it. */
export const reachesCall = (
  { statement, action, patterns, everywhere }: CompiledStatement,
  resource: string,
): Truth =>
  all([
    action,
    statement.doubt === null ? true : 'unknown',
    everywhere ?? matchResources(patterns, statement.resources?.not === true, resource),
  ]);

/** The same policy with other Resource patterns in some statements, by place: what it would do if they were right. */
export const withPatterns = (
  compiled: CompiledPolicy,
  mended: ReadonlyMap<number, readonly string[]>,
): CompiledPolicy => ({
  ...compiled,
  statements: compiled.statements.map((one, index) => {
    const wanted = mended.get(index);
    if (wanted === undefined) return one;
    return {
      ...one,
      everywhere: null,
      patterns: wanted.map((pattern) => readResource(pattern, compiled.prefix)),
    };
  }),
});
