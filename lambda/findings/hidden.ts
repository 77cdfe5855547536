import { catalogue } from '../rules/catalogue';
import type { Finding } from './finding';
import { refKey } from './raised';
import { leavesMoot, type Weighed } from './root-causes';

interface Known extends Weighed {
  /** Findings about what APIs share hide nothing, and nothing hides them. */
  readonly ofAccount: boolean;
  readonly ofApi: boolean;
}

const RULES: ReadonlyMap<string, Known> = new Map(
  catalogue.map((rule, rank) => [
    rule.id,
    { rule, rank, ofAccount: rule.scope === 'account', ofApi: rule.scope === 'api' },
  ]),
);

/** A fault that is met now may have been in the draft too; one of the draft alone leaves what callers meet now as it is. */
const meetsSame = (cause: Finding, other: Finding): boolean =>
  cause.when === 'now' || cause.when === other.when || RULES.get(cause.rule)?.ofApi === true;

const canHide = (cause: Finding, other: Finding): boolean => {
  const [known, hidden] = [RULES.get(cause.rule), RULES.get(other.rule)];
  if (known === undefined || hidden === undefined || known.ofAccount || hidden.ofAccount) return false;
  return meetsSame(cause, other) && leavesMoot(known, hidden);
};

/**
 * Answers for a finding of an earlier run that is not found again: the finding that now stops one of its methods for everybody at a gate
 * before it, so that it could not show itself. It may be mended or not: nobody can tell before the other is.
 */
export const hiddenBy = (standing: readonly Finding[]): ((past: Finding) => Finding | null) => {
  const causes = new Map<string, Finding[]>();
  for (const finding of standing) {
    if (finding.reach !== 'every-call' || finding.callers !== undefined) continue;
    for (const ref of finding.affected) {
      const key = refKey(ref);
      const list = causes.get(key);
      if (list === undefined) causes.set(key, [finding]);
      else list.push(finding);
    }
  }
  return (past) => {
    for (const ref of past.affected) {
      const cause = causes.get(refKey(ref))?.find((one) => canHide(one, past));
      if (cause !== undefined) return cause;
    }
    return null;
  };
};
