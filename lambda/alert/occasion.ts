import type { Gap } from '../findings/coverage';
import type { Severity } from '../findings/finding';
import type { AuditResult, FailedRule, ReportedFinding } from '../result';

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
  /** Findings to tell, most severe first: new ones; with `full` those still open too. */
  readonly told: readonly ReportedFinding[];
  readonly resolved: readonly ReportedFinding[];
  readonly new: number;
  readonly open: number;
  readonly notEvaluated: number;
  readonly gaps: readonly Gap[];
  readonly failedRules: readonly FailedRule[];
}

const countOf = (result: AuditResult, change: ReportedFinding['change']): number =>
  result.findings.filter((finding) => finding.change === change).length;

export const occasionOf = (result: AuditResult, alias: string | null, full: boolean): Occasion => ({
  account: result.run.account,
  alias,
  regions: result.run.regions,
  runId: result.run.id,
  summary: result.summary,
  told: result.findings.filter(({ change }) => change === 'new' || (full && change === 'open')),
  resolved: result.findings.filter(({ change }) => change === 'resolved'),
  new: countOf(result, 'new'),
  open: countOf(result, 'open'),
  notEvaluated: countOf(result, 'not-evaluated'),
  gaps: result.coverage.gaps,
  failedRules: result.coverage.failedRules,
});

export const isComplete = ({ gaps, failedRules }: Pick<Occasion, 'gaps' | 'failedRules'>): boolean =>
  gaps.length === 0 && failedRules.length === 0;

/** News, good or bad; or that silence would mean less than it seems. */
export const isWorthTelling = (occasion: Occasion): boolean =>
  occasion.told.length > 0 || occasion.resolved.length > 0 || !isComplete(occasion);

/** Of what is told; `null`: nothing bad is. */
export const worstOf = (findings: readonly ReportedFinding[]): Severity | null => {
  const severities: readonly Severity[] = ['error', 'warning', 'note'];
  return severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
};
