import { keptWith } from '../../model/kept';
import { callerCandidates } from './callers';
import { candidatesFor, describesValues, type Circumstances } from './candidates';
import type { CompiledPolicy, CompiledStatement } from './compile';
import { evaluateCondition } from './conditions/condition';
import type { KeyValue } from './keys';
import { statementLabel, type Condition } from './parse';
import { matchPrincipal, type Caller } from './principal';
import { all, any, type Truth } from './truth';

/** A request that a policy admits: who, and what its condition keys hold (those that the policy asks about). */
export interface Witness {
  readonly principal: Caller;
  readonly keys: ReadonlyMap<string, KeyValue>;
}

/** What a policy does, at best, to one call whoever makes it. */
export interface Found {
  readonly verdict: 'admits' | 'explicit-deny' | 'no-allow' | 'cannot-tell';
  readonly because: string;
  /** Deny statements that end calls, by place in the policy; with `explicit-deny` only. */
  readonly denying: readonly number[];
  readonly witness: Witness | null;
}

/** An answer without a caller who gets in and without a Deny. */
export const answer = (verdict: Found['verdict'], because: string): Found & { readonly witness: null } => ({
  verdict,
  because,
  denying: [],
  witness: null,
});

/** One way in which requests differ, as far as the policy can tell: it settles some conditions, or who calls. */
interface Option {
  readonly truths: ReadonlyMap<number, Truth>;
  readonly doubtful: boolean;
  readonly needsAllow: boolean;
  readonly keys: ReadonlyMap<string, KeyValue>;
  readonly caller: Caller | null;
}
type Dimension = readonly Option[];

/** Combinations looked at for one call; beyond, the answer is an honest "cannot tell". */
const MOST_COMBINATIONS = 4096;
/** Condition values compared for one key, and statements looked at for one call. */
const MOST_WORK = 2_000_000;

const distinct = (options: readonly Option[]): Dimension => [
  ...new Map(
    options.map((option) => [JSON.stringify([...option.truths, option.doubtful, option.needsAllow]), option]),
  ).values(),
];

/** An option, as far as some conditions and statements go. */
const within = (option: Option, slots: ReadonlySet<number>): Option => ({
  ...option,
  truths: new Map([...option.truths].filter(([slot]) => slots.has(slot))),
});

const needsAllow = (type: Circumstances['authorizationType']): boolean =>
  type === 'NONE' || type === 'COGNITO_USER_POOLS';

/** Keys whose value follows from who calls. */
const OF_CALLER: readonly string[] = ['aws:principalarn', 'aws:principalaccount', 'aws:username'];

const dimensionsOf = (compiled: CompiledPolicy, circumstances: Circumstances): readonly Dimension[] => {
  const { atoms, policy, statements } = compiled;
  const slotOf = (statement: number): number => atoms.length + statement;
  const isSigned = circumstances.authorizationType === 'AWS_IAM';
  const byKey = new Map<string, (readonly [number, Condition])[]>();
  for (const [slot, { key, condition }] of atoms.entries()) {
    const asked = byKey.get(key) ?? [];
    asked.push([slot, condition]);
    byKey.set(key, asked);
  }
  const truthsOf = (
    key: string,
    keys: ReadonlyMap<string, KeyValue>,
  ): readonly (readonly [number, Truth])[] =>
    (byKey.get(key) ?? []).map(([slot, condition]) => [
      slot,
      evaluateCondition(condition, keys, policy.variables),
    ]);
  const callers = callerCandidates(policy, circumstances).map((candidate): Option => {
    const pretended = circumstances.pretence.signed === true;
    const truths = new Map<number, Truth>([
      ...statements.map(({ statement: { principal, effect } }, index) => {
        // Where none is named, all of the statement is in doubt.
        const fits =
          principal === null ||
          (pretended && effect === 'Allow') ||
          matchPrincipal(principal, candidate.caller);
        return [slotOf(index), fits] as const;
      }),
      ...(isSigned ? OF_CALLER.flatMap((key) => truthsOf(key, candidate.keys)) : []),
    ]);
    return {
      truths,
      doubtful: candidate.doubtful,
      needsAllow: candidate.needsAllow || needsAllow(circumstances.authorizationType),
      keys: candidate.keys,
      caller: candidate.caller,
    };
  });
  const ofKeys = [...byKey]
    .filter(([key]) => !isSigned || !OF_CALLER.includes(key))
    .map(([key, asked]): Dimension => {
      const conditions = asked.map(([, condition]) => condition).filter(describesValues);
      const values = conditions.reduce((sum, { values: some }) => sum + some.length, 0);
      const found = candidatesFor(key, conditions, circumstances);
      // Too long a list to try everything: the key may hold anything.
      const candidates =
        found.length * values > MOST_WORK ? [{ value: 'unknown', doubtful: false } as const] : found;
      const options = candidates.map(({ value, doubtful }): Option => {
        const keys = new Map<string, KeyValue>([[key, value]]);
        return { truths: new Map(truthsOf(key, keys)), doubtful, needsAllow: false, keys, caller: null };
      });
      return distinct(options);
    });
  return [distinct(callers), ...ofKeys];
};

const dimensionsByCircumstances = keptWith<CompiledPolicy, [], Map<string, readonly Dimension[]>>(
  () => new Map(),
);

/** One text for circumstances that give the same answer. */
export const circumstancesId = ({
  place,
  endpoint,
  dualstack,
  authorizationType,
  pretence,
  filters,
}: Circumstances): string =>
  JSON.stringify([place.collectedAt, endpoint, dualstack, authorizationType, pretence, filters]);

const dimensions = (compiled: CompiledPolicy, circumstances: Circumstances): readonly Dimension[] => {
  const cache = dimensionsByCircumstances(compiled);
  const id = circumstancesId(circumstances);
  const found = cache.get(id) ?? dimensionsOf(compiled, circumstances);
  cache.set(id, found);
  return found;
};

interface Combination {
  readonly truths: ReadonlyMap<number, Truth>;
  readonly options: readonly Option[];
}

interface Space {
  readonly size: number;
  readonly combinations: Iterable<Combination>;
}

/** Statements that may be about a call, by place. */
type Relevant = ReadonlyMap<number, CompiledStatement>;

const relevantTo = (compiled: CompiledPolicy, ...all: readonly (readonly Truth[])[]): Relevant =>
  new Map(
    [...compiled.statements.entries()].filter(([index]) => all.some((reaches) => reaches[index] !== false)),
  );

/** Every combination of what requests may look like, as far as the statements at hand can tell. */
const spaceOf = (compiled: CompiledPolicy, circumstances: Circumstances, relevant: Relevant): Space => {
  const slots = new Set(
    [...relevant].flatMap(([index, { atoms }]) => [compiled.atoms.length + index, ...atoms]),
  );
  const axes = dimensions(compiled, circumstances).map((dimension) =>
    distinct(dimension.map((option) => within(option, slots))),
  );
  const size = axes.reduce((product, { length }) => product * length, 1);
  const combinations = function* (): Iterable<Combination> {
    const bound = Math.min(size, MOST_COMBINATIONS, Math.ceil(MOST_WORK / Math.max(1, relevant.size)));
    for (let number = 0; number < bound; number += 1) {
      const options: Option[] = [];
      const truths = new Map<number, Truth>();
      let rest = number;
      for (const axis of axes) {
        const option = axis[rest % axis.length];
        rest = Math.floor(rest / axis.length);
        if (option === undefined) continue;
        options.push(option);
        for (const [slot, truth] of option.truths) truths.set(slot, truth);
      }
      yield { truths, options };
    }
  };
  return { size, combinations: combinations() };
};

interface Told {
  readonly kind: Found['verdict'];
  readonly denying: readonly number[];
  /** Statements that leave it open. */
  readonly open: readonly number[];
}

const tell = (
  compiled: CompiledPolicy,
  reaches: readonly Truth[],
  relevant: Relevant,
  { truths, options }: Combination,
): Told => {
  const denying: number[] = [];
  const open: number[] = [];
  const denies: Truth[] = [];
  const allows: Truth[] = [];
  for (const [index, { statement, atoms }] of relevant) {
    const slots = [compiled.atoms.length + index, ...atoms];
    const truth = all([reaches[index] ?? false, ...slots.map((slot) => truths.get(slot) ?? 'unknown')]);
    if (truth === 'unknown') open.push(index);
    if (statement.effect === 'Deny') {
      denies.push(truth);
      if (truth === true) denying.push(index);
    } else allows.push(truth);
  }
  const [denied, allowed] = [any(denies), any(allows)];
  const wanted = options.some((option) => option.needsAllow);
  if (denied === true) return { kind: 'explicit-deny', denying, open };
  if (wanted && allowed === false) return { kind: 'no-allow', denying, open };
  if (denied === 'unknown' || (wanted && allowed === 'unknown'))
    return { kind: 'cannot-tell', denying, open };
  return { kind: options.some(({ doubtful }) => doubtful) ? 'cannot-tell' : 'admits', denying, open };
};

const witnessOf = ({ options }: Combination): Witness => ({
  principal: options.find(({ caller }) => caller !== null)?.caller ?? { kind: 'anonymous' },
  keys: new Map(options.flatMap(({ keys }) => [...keys])),
});

const labelsOf = (compiled: CompiledPolicy, indexes: readonly number[]): string =>
  indexes
    .slice(0, 3)
    .flatMap((index) => compiled.statements[index]?.statement ?? [])
    .map(statementLabel)
    .join(', ');

const openBecause = (compiled: CompiledPolicy, open: ReadonlySet<number>): string => {
  const [first] = open;
  const statement = first === undefined ? undefined : compiled.statements[first]?.statement;
  if (statement === undefined) {
    return 'only callers with IPv6 addresses would pass the resource policy, and whether any can reach the API is not known';
  }
  return statement.doubt === null
    ? `whether ${statementLabel(statement)} of the resource policy applies depends on what configuration does not show`
    : `${statementLabel(statement)} of the resource policy cannot be evaluated: ${statement.doubt}`;
};

/**
 * Searches for a request that passes. `reaches`: for each statement, does its Action and Resource fit the call? The answer is exact:
 * candidates stand for all that the conditions can tell apart.
 */
export const search = (
  compiled: CompiledPolicy,
  reaches: readonly Truth[],
  circumstances: Circumstances,
): Found => {
  const relevant = relevantTo(compiled, reaches);
  const space = spaceOf(compiled, circumstances, relevant);
  const denying = new Set<number>();
  const open = new Set<number>();
  const kinds = new Set<Found['verdict']>();
  let tried = 0;
  for (const combination of space.combinations) {
    tried += 1;
    const told = tell(compiled, reaches, relevant, combination);
    if (told.kind === 'admits') {
      return {
        verdict: 'admits',
        because: 'the resource policy admits some callers',
        denying: [],
        witness: witnessOf(combination),
      };
    }
    kinds.add(told.kind);
    if (told.kind === 'explicit-deny') for (const index of told.denying) denying.add(index);
    if (told.kind === 'cannot-tell') for (const index of told.open) open.add(index);
  }
  if (tried < space.size) {
    return answer(
      'cannot-tell',
      'the conditions of the resource policy can be combined in too many ways to try them all',
    );
  }
  if (kinds.has('cannot-tell')) return answer('cannot-tell', openBecause(compiled, open));
  if (kinds.has('no-allow'))
    return answer('no-allow', 'no statement of the resource policy allows it to anyone');
  const indexes = [...denying].sort((left, right) => left - right);
  return {
    verdict: 'explicit-deny',
    because: `${labelsOf(compiled, indexes)} of the resource policy denies it to everyone`,
    denying: indexes,
    witness: null,
  };
};

/** Is there a request that surely passes with the second set of resources and surely does not with the first? */
export const gains = (
  compiled: CompiledPolicy,
  before: readonly Truth[],
  after: readonly Truth[],
  circumstances: Circumstances,
): boolean => {
  const relevant = relevantTo(compiled, before, after);
  for (const combination of spaceOf(compiled, circumstances, relevant).combinations) {
    if (
      tell(compiled, after, relevant, combination).kind === 'admits' &&
      tell(compiled, before, relevant, combination).kind === 'no-allow'
    ) {
      return true;
    }
  }
  return false;
};
