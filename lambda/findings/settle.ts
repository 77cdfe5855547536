import type { AuditResult, ReportedFinding } from '../result';
import { compare, remembered, type Comparison, type Remembered } from './compare';
import type { Evaluation } from './evaluation';
import type { Finding, Severity } from './finding';
import { hiddenBy } from './hidden';
import { matchingOf, suppress, type Suppression } from './suppression';

/** What is known besides the run itself. */
export interface Background {
  /** Findings of the last run; `null`: there is no telling what is new. */
  readonly before: readonly Remembered[] | null;
  /** `null`: none were asked for. */
  readonly suppressions: readonly Suppression[] | null;
  /** Every rule was asked about every API: what matches nothing really matches nothing. */
  readonly whole: boolean;
}

export interface Settled {
  readonly result: AuditResult;
  /** What history keeps. */
  readonly kept: readonly Remembered[];
}

interface Audited {
  readonly result: AuditResult;
  readonly evaluation: Evaluation;
}

const countOf = (findings: readonly ReportedFinding[], severity: Severity): number =>
  findings.filter((one) => one.severity === severity).length;

const past =
  (change: 'resolved' | 'not-evaluated', hiding: (finding: Finding) => Finding | null = () => null) =>
  (one: Remembered): ReportedFinding => {
    const cause = hiding(one.finding);
    return {
      ...one.finding,
      change,
      firstSeen: one.firstSeen,
      ...(one.suppressed === undefined ? {} : { suppressed: one.suppressed }),
      ...(cause === null ? {} : { hiddenBy: cause.id }),
    };
  };

/** Another run that began later knows better: what it saw is not taken for resolved by what this one read before. */
const compareWith = (
  before: readonly Remembered[],
  { result, evaluation }: Audited,
  at: string,
  hiding: (finding: Finding) => Finding | null,
): Comparison => {
  const later = new Set(before.filter(({ lastSeen }) => lastSeen > at).map(({ finding }) => finding.id));
  return compare(
    before,
    result.findings,
    at,
    (finding) =>
      !later.has(finding.id) && evaluation.covers(finding.rule, finding.subject) && hiding(finding) === null,
  );
};

/**
 * Sets a run against the last one and against what people accepted. A finding whose suppression ended counts as new again: nobody was told
 * of it while the suppression held.
 */
export const settle = (audited: Audited, { before, suppressions, whole }: Background): Settled => {
  const { result } = audited;
  const at = result.run.startedAt;
  const hiding = hiddenBy(result.findings);
  const comparison = compareWith(before ?? [], audited, at, hiding);
  const report = suppress(result.findings, suppressions ?? [], Date.parse(at));
  const acceptedBy = new Map(report.suppressed.map(({ finding, by }) => [finding.id, by]));
  const earlier = new Map((before ?? []).map((one) => [one.finding.id, one]));
  const expiredFor = matchingOf(report.expired);
  const worse = new Set(comparison.worse.map(({ finding }) => finding.id));

  const marks = (finding: Finding): Partial<ReportedFinding> => {
    const suppressed = acceptedBy.get(finding.id);
    if (suppressed !== undefined) return { suppressed };
    const expired = expiredFor(finding);
    return expired.length === 0 ? {} : { expired };
  };
  const standing = result.findings.map((finding): ReportedFinding => {
    const last = earlier.get(finding.id);
    const returned = last?.suppressed !== undefined && !acceptedBy.has(finding.id);
    const change = before === null || (last !== undefined && !returned) ? 'open' : 'new';
    return {
      ...finding,
      change,
      firstSeen: last?.firstSeen ?? at,
      ...(last !== undefined && worse.has(finding.id) ? { was: last.finding.severity } : {}),
      ...marks(finding),
    };
  });
  const reported = standing.filter(({ suppressed }) => suppressed === undefined);
  // What was not judged again stays as it was, with who accepted it.
  const kept = remembered(comparison).map((one): Remembered => {
    const by = acceptedBy.get(one.finding.id);
    return by === undefined ? one : { ...one, suppressed: by };
  });
  const tellUnused = whole && result.coverage.complete;
  return {
    kept,
    result: {
      ...result,
      summary: {
        ...result.summary,
        findings: {
          error: countOf(reported, 'error'),
          warning: countOf(reported, 'warning'),
          note: countOf(reported, 'note'),
        },
        suppressed: report.suppressed.length,
      },
      findings: [
        ...standing,
        ...comparison.resolved.map(past('resolved')),
        ...comparison.notEvaluated.map(past('not-evaluated', hiding)),
      ],
      ...(suppressions === null
        ? {}
        : {
            suppressions: {
              expired: report.expired,
              unused: tellUnused ? report.unused : [],
              expiring: report.expiring,
            },
          }),
    },
  };
};
