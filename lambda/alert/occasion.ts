import type { Gap } from '../findings/coverage';
import type { Severity } from '../findings/finding';
import { isDay, type Suppression } from '../findings/suppression';
import type { ReportLinks } from '../history/report-links';
import { count, isStanding, suppressionWords } from '../report/words';
import type { AuditResult, FailedRule, ReportedFinding } from '../result';
import { NOTHING_TOLD, suppressionKey, troublesOf, type Told } from './told';

/** Where the audit ran, as alerts name it. */
export interface Audited {
  /** Twelve digits, or `unknown`. */
  readonly account: string;
  /** As people call the account; `null`: the digits must do. */
  readonly alias: string | null;
  readonly regions: readonly string[];
  readonly runId: string;
}

/** What a run has to tell. */
export interface Occasion extends Audited {
  readonly summary: AuditResult['summary'];
  /** Findings to tell, most severe first: new and worse ones; with `full` those still open too. */
  readonly told: readonly ReportedFinding[];
  readonly resolved: readonly ReportedFinding[];
  readonly new: number;
  /** Open ones that are severer than in the last run. */
  readonly worse: number;
  /** Told before and not worse now. */
  readonly open: readonly ReportedFinding[];
  readonly notEvaluated: number;
  /** Of those, the ones that another finding hides. */
  readonly hidden: number;
  readonly gaps: readonly Gap[];
  readonly failedRules: readonly FailedRule[];
  /** Troubles among gaps and failed rules that were not told before. */
  readonly troubles: readonly string[];
  /** What else must be said, one paragraph each. */
  readonly notices: readonly string[];
  /** Why it cannot be said what is new. */
  readonly history: 'lost' | 'unavailable' | null;
  /** `null`: the report could not be stored. */
  readonly report: ReportLinks | null;
}

const countOf = (findings: readonly ReportedFinding[], change: ReportedFinding['change']): number =>
  findings.filter((finding) => finding.change === change).length;

const historyOf = ({ history, summary }: AuditResult): readonly string[] => {
  if (history?.detail === undefined) return [];
  const { error, warning, note } = summary.findings;
  const open = `${count(error + warning + note, 'finding')} open`;
  return [
    history.state === 'lost'
      ? `History was lost, ${open}: ${history.detail}. This run starts it anew, so it cannot say which findings are new; the report lists all of them.`
      : `History is not available, ${open}: ${history.detail}. It cannot be said for certain which findings are new, and the next run may tell some of this again.`,
  ];
};

const suppressionNotices = (
  { suppressions }: AuditResult,
  announced: ReadonlySet<string>,
): readonly string[] => {
  const fresh = (list: readonly Suppression[] = []): readonly Suppression[] =>
    list.filter((one) => !announced.has(suppressionKey(one)));
  return [
    ...fresh(suppressions?.expired).map((one) =>
      isDay(one.until)
        ? `A suppression is NO LONGER IN FORCE, its findings count again: ${suppressionWords(one)}.`
        : `A suppression is NOT IN FORCE, because "${one.until}" is no day such as 2026-12-31: ${suppressionWords(one)}.`,
    ),
    ...fresh(suppressions?.expiring).map(
      (one) =>
        `A suppression ends on ${one.until}, then its findings are told again: ${suppressionWords(one)}.`,
    ),
  ];
};

/** What is known and wanted besides the result. */
export interface Wishes {
  /** As people call the account. */
  readonly alias: string | null;
  /** Tells open findings again, and that nothing was found. */
  readonly full: boolean;
  /** By earlier runs. */
  readonly told?: Told;
  /** What else must be said. */
  readonly notices?: readonly string[];
  /** Where the whole report is. */
  readonly report?: ReportLinks | null;
}

const NO_NOTICES: readonly string[] = [];

export const occasionOf = (
  result: AuditResult,
  { alias, full, told = NOTHING_TOLD, notices = NO_NOTICES, report = null }: Wishes,
): Occasion => {
  const troubles = new Set(told.troubles);
  const announced = new Set(told.announced);
  const spoken = result.findings.filter(({ suppressed }) => suppressed === undefined);
  return {
    account: result.run.account,
    alias,
    regions: result.run.regions,
    runId: result.run.id,
    summary: result.summary,
    told: spoken.filter((one) => isStanding(one) && (full || one.change === 'new' || one.was !== undefined)),
    resolved: spoken.filter(({ change }) => change === 'resolved'),
    new: countOf(spoken, 'new'),
    worse: spoken.filter((one) => one.change === 'open' && one.was !== undefined).length,
    open: spoken.filter(({ change, was }) => change === 'open' && was === undefined),
    notEvaluated: countOf(spoken, 'not-evaluated'),
    hidden: spoken.filter(({ hiddenBy }) => hiddenBy !== undefined).length,
    gaps: result.coverage.gaps,
    failedRules: result.coverage.failedRules,
    troubles: troublesOf(result).filter((one) => !troubles.has(one)),
    notices: [...historyOf(result), ...suppressionNotices(result, announced), ...notices],
    history:
      result.history?.state === 'lost' || result.history?.state === 'unavailable'
        ? result.history.state
        : null,
    report,
  };
};

export const isComplete = ({ gaps, failedRules }: Pick<Occasion, 'gaps' | 'failedRules'>): boolean =>
  gaps.length === 0 && failedRules.length === 0;

/** News, good or bad; or that silence would mean less than it seems. */
export const isWorthTelling = (occasion: Occasion): boolean =>
  occasion.told.length > 0 ||
  occasion.resolved.length > 0 ||
  occasion.troubles.length > 0 ||
  occasion.notices.length > 0;

/** Of what is told; `null`: nothing bad is. */
export const worstOf = (findings: readonly ReportedFinding[]): Severity | null => {
  const severities: readonly Severity[] = ['error', 'warning', 'note'];
  return severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
};
