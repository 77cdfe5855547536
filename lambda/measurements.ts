import type { AuditResult } from './result';

/** Where CloudWatch keeps what a run measures. */
export const NAMESPACE = 'ApiAuthAudit';
/** The value of the dimension `service`. */
export const SERVICE = 'api-auth-audit';
/** The other dimension: two stacks in one account measure apart. */
export const FUNCTION_DIMENSION = 'FunctionName';

interface Measurement {
  readonly unit: 'Count' | 'Milliseconds';
  readonly of: (result: AuditResult) => number;
}

/**
 * What an audit of everything measures when it has finished; an audit of some APIs, regions or rules would look like an improvement. How
 * often `IncompleteAudits` was measured is how often an audit finished.
 */
export const MEASUREMENTS = {
  ErrorFindings: { unit: 'Count', of: ({ summary }) => summary.findings.error },
  WarningFindings: { unit: 'Count', of: ({ summary }) => summary.findings.warning },
  NoteFindings: { unit: 'Count', of: ({ summary }) => summary.findings.note },
  UnreachableMethods: { unit: 'Count', of: ({ summary }) => summary.unreachableMethods },
  /** 1 or 0. */
  IncompleteAudits: { unit: 'Count', of: ({ coverage }) => (coverage.complete ? 0 : 1) },
  CoverageGaps: { unit: 'Count', of: ({ coverage }) => coverage.gaps.length + coverage.failedRules.length },
  AuditDuration: { unit: 'Milliseconds', of: ({ stats }) => stats.durationMs },
  AwsCalls: { unit: 'Count', of: ({ stats }) => stats.awsCalls },
  ThrottledCalls: { unit: 'Count', of: ({ stats }) => stats.throttled },
  /** 1 when not all alerts could be sent, or 0. */
  UnsentAlerts: { unit: 'Count', of: ({ alerts }) => (alerts?.state === 'failed' ? 1 : 0) },
} as const satisfies Readonly<Record<string, Measurement>>;

export type MeasurementName = keyof typeof MEASUREMENTS;

/** Name, unit and value of each, in their order. */
export const measure = (
  result: AuditResult,
): readonly (Pick<Measurement, 'unit'> & { readonly name: string; readonly value: number })[] =>
  Object.entries<Measurement>(MEASUREMENTS).map(([name, { unit, of }]) => ({
    name,
    unit,
    value: of(result),
  }));
