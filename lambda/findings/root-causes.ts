import { GATES, type GateId } from '../gateway/gates';
import type { Rule } from '../rules/rule';
import { refKey, type Raised } from './raised';

/**
 * What a fault at a gate makes moot: without a stage or a route nothing after it is in force; an authorizer that cannot work leaves
 * nothing to say of scopes and clients. A refusing policy and an undefined scope are two faults, and both are reported.
 */
const LEAVES_MOOT: Partial<Readonly<Record<GateId, readonly GateId[]>>> = {
  stage: GATES.slice(GATES.indexOf('route')),
  route: GATES.slice(GATES.indexOf('waf')),
  authentication: ['authorization'],
};

/** What it takes to weigh two faults of one method. */
export interface Weighed {
  readonly rule: Pick<Rule, 'id' | 'gate'>;
  /** Place in the catalogue: within a gate, the earlier rule is the more specific one. */
  readonly rank: number;
}

/** Whether the other fault cannot be met on a method that the cause stops for every caller. */
export const leavesMoot = (cause: Weighed, other: Weighed): boolean => {
  if (cause.rule.id === other.rule.id) return false;
  const [at, of] = [cause.rule.gate, other.rule.gate];
  if (at === of) return cause.rank < other.rank;
  return LEAVES_MOOT[at]?.includes(of) ?? false;
};

interface Ranked extends Weighed {
  readonly raised: Raised;
}

const judgesSame = (cause: Raised, other: Raised): boolean =>
  cause.of === other.of || cause.rule.scope === 'api';

/**
 * Leaves one cause for each method: flags that another cause makes moot lose the methods they share with it, and go when none is left.
 * Only a cause that stops every call of a method, for all callers, can make another moot.
 */
export const rootCauses = (all: readonly Raised[], rankOf: (ruleId: string) => number): readonly Raised[] => {
  const ranked = all.map((raised): Ranked => ({ raised, rule: raised.rule, rank: rankOf(raised.rule.id) }));
  const causes = ranked
    .filter(({ raised }) => (raised.flag.reach ?? raised.rule.reach) === 'every-call')
    .filter(({ raised }) => raised.rule.callers === undefined)
    .map((cause) => ({ cause, stops: new Set(cause.raised.flag.affected.map(refKey)) }));
  return ranked.flatMap((other) => {
    const { raised } = other;
    const { affected } = raised.flag;
    if (affected.length === 0) return [raised];
    const lost = causes.filter(({ cause }) => judgesSame(cause.raised, raised) && leavesMoot(cause, other));
    if (lost.length === 0) return [raised];
    const left = affected.filter((ref) => !lost.some(({ stops }) => stops.has(refKey(ref))));
    if (left.length === 0) return [];
    return [
      left.length === affected.length ? raised : { ...raised, flag: { ...raised.flag, affected: left } },
    ];
  });
};
