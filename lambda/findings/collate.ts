import type { FixStep, MethodRef } from '../rules/verdict';
import { consoleLink } from './console-link';
import { severityOf, strongestReach, type Finding } from './finding';
import { findingId, refKey, type Raised } from './raised';

const DOCS = 'https://github.com/api-auth-auditor/api-auth-auditor/blob/main/docs/rules';

/** The page of a rule. */
export const docsOf = (ruleId: string): string => `${DOCS}/${ruleId}.md`;

const toFinding = ({ rule, flag, of }: Raised): Finding => {
  const reach = flag.reach ?? rule.reach;
  const place = consoleLink(flag.subject);
  return {
    id: findingId(rule.id, flag),
    rule: rule.id,
    severity: severityOf(reach),
    reach,
    ...(rule.callers === undefined ? {} : { callers: rule.callers }),
    symptom: flag.symptom ?? rule.symptom,
    subject: flag.subject,
    affected: flag.affected,
    affectedCount: flag.affected.length,
    title: rule.title,
    message: flag.message,
    evidence: flag.evidence,
    fix: flag.fix,
    when: of === 'draft' ? 'after-next-deployment' : 'now',
    docs: docsOf(rule.id),
    ...(place === null ? {} : { console: place }),
  };
};

const joinAffected = (left: readonly MethodRef[], right: readonly MethodRef[]): readonly MethodRef[] => {
  const seen = new Set(left.map(refKey));
  const added = right.filter((ref) => !seen.has(refKey(ref)));
  return added.length === 0 ? left : [...left, ...added];
};

/** Steps with the same words become one with the commands of both, each once: one cause in two stages needs two deployments. */
const joinFixes = (left: readonly FixStep[], right: readonly FixStep[]): readonly FixStep[] => {
  const joined = left.map((step) => {
    const same = right.find((other) => other.step === step.step);
    const added = same?.commands.filter((command) => !step.commands.includes(command)) ?? [];
    return added.length === 0 ? step : { ...step, commands: [...step.commands, ...added] };
  });
  return joined;
};

const join = (left: Finding, right: Finding): Finding => {
  if (left.when !== right.when) return left.when === 'now' ? left : right;
  const reach = strongestReach(left.reach, right.reach);
  const leading = reach === left.reach ? left : right;
  const affected = joinAffected(left.affected, right.affected);
  return {
    ...leading,
    reach,
    severity: severityOf(reach),
    affected,
    affectedCount: affected.length,
    fix: joinFixes(leading.fix, leading === left ? right.fix : left.fix),
  };
};

const byWeight = (left: Finding, right: Finding): number => {
  const weight = { error: 0, warning: 1, note: 2 };
  return (
    weight[left.severity] - weight[right.severity] ||
    left.subject.region.localeCompare(right.subject.region, 'en') ||
    left.subject.arn.localeCompare(right.subject.arn, 'en') ||
    left.rule.localeCompare(right.rule, 'en') ||
    left.id.localeCompare(right.id, 'en')
  );
};

/** Collects flags as they come and joins those of one cause; a fault met now stands before the same fault in the draft. */
export class Collation {
  private readonly byId: Map<string, Finding>;

  /** @param before what the same run had collected in an earlier invocation */
  constructor(before: readonly Finding[] = []) {
    this.byId = new Map(before.map((finding) => [finding.id, finding]));
  }

  add(raised: Iterable<Raised>): void {
    for (const one of raised) {
      const finding = toFinding(one);
      const before = this.byId.get(finding.id);
      this.byId.set(finding.id, before === undefined ? finding : join(before, finding));
    }
  }

  /** As they came: for a collation that goes on from here. */
  state(): readonly Finding[] {
    return [...this.byId.values()];
  }

  /** Most severe first, then by where they are: the order does not depend on the order of reading. */
  findings(): readonly Finding[] {
    return [...this.byId.values()].sort(byWeight);
  }
}
