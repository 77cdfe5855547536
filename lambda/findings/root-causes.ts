import { GATES, type GateId } from '../gateway/gates';
import type { Raised } from './raised';
import { refKey } from './raised';

/**
 * What a fault at a gate makes moot: without a stage or a route nothing after it is in force; an authorizer that cannot work leaves
 * nothing to say of scopes and clients. A refusing policy and an undefined scope are two faults, and both are reported.
 */
const LEAVES_MOOT: Partial<Readonly<Record<GateId, readonly GateId[]>>> = {
  stage: GATES.slice(GATES.indexOf('route')),
  route: GATES.slice(GATES.indexOf('waf')),
  authentication: ['authorization'],
};

interface Ranked {
  readonly raised: Raised;
  /** Place in the catalogue: within a gate, the earlier rule is the more specific one. */
  readonly rank: number;
}

const judgesSame = (cause: Raised, other: Raised): boolean =>
  cause.of === other.of || cause.rule.scope === 'api';

const leavesMoot = (cause: Ranked, other: Ranked): boolean => {
  if (cause.raised.rule.id === other.raised.rule.id || !judgesSame(cause.raised, other.raised)) return false;
  const [at, of] = [cause.raised.rule.gate, other.raised.rule.gate];
  if (at === of) return cause.rank < other.rank;
  return LEAVES_MOOT[at]?.includes(of) ?? false;
};

/**
 * Leaves one cause for each method: flags that another cause makes moot lose the methods they share with it, and go when none is left.
 * Only a cause that stops every call of a method, for all callers, can make another moot.
 */
export const rootCauses = (all: readonly Raised[], rankOf: (ruleId: string) => number): readonly Raised[] => {
  const ranked = all.map((raised): Ranked => ({ raised, rank: rankOf(raised.rule.id) }));
  const causes = ranked
    .filter(({ raised }) => (raised.flag.reach ?? raised.rule.reach) === 'every-call')
    .filter(({ raised }) => raised.rule.callers === undefined)
    .map((cause) => ({ cause, stops: new Set(cause.raised.flag.affected.map(refKey)) }));
  return ranked.flatMap((other) => {
    const { raised } = other;
    const { affected } = raised.flag;
    if (affected.length === 0) return [raised];
    const lost = causes.filter(({ cause }) => leavesMoot(cause, other));
    if (lost.length === 0) return [raised];
    const left = affected.filter((ref) => !lost.some(({ stops }) => stops.has(refKey(ref))));
    if (left.length === 0) return [];
    return [
      left.length === affected.length ? raised : { ...raised, flag: { ...raised.flag, affected: left } },
    ];
  });
};
