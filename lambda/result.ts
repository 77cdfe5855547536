import type { Finding, Severity } from './findings/finding';
import type { Gap } from './findings/coverage';
import type { ReadStats } from './source';
import type { MatrixRow } from './gateway/matrix';

/** How a finding stands against the last run. Without history every finding is `new`. */
export type Change = 'new' | 'open' | 'resolved' | 'not-evaluated';

export interface ReportedFinding extends Finding {
  readonly change: Change;
  /** ISO 8601. */
  readonly firstSeen: string;
}

/** A rule that failed: a defect of this program, shown because its silence means nothing. */
export interface FailedRule {
  readonly rule: string;
  readonly at: string;
  readonly message: string;
}

/** What an audit answers, in every format and to every caller. `schemaVersion` changes when a field changes its meaning. */
export interface AuditResult {
  readonly schemaVersion: '1';
  readonly run: {
    readonly id: string;
    readonly source: 'live' | 'saved' | 'template' | 'sandbox';
    readonly startedAt: string;
    readonly finishedAt: string;
    /** Twelve digits, or `unknown`. */
    readonly account: string;
    readonly regions: readonly string[];
  };
  readonly summary: {
    readonly apis: number;
    readonly stages: number;
    /** Deployed methods, each once for each stage that serves it. */
    readonly methods: number;
    /** Deployed methods that no request any registered client could send gets through. */
    readonly unreachableMethods: number;
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
  };
  /** Most severe first. */
  readonly findings: readonly ReportedFinding[];
  readonly coverage: {
    readonly complete: boolean;
    readonly gaps: readonly Gap[];
    readonly failedRules: readonly FailedRule[];
  };
  readonly matrix?: readonly MatrixRow[];
  readonly stats: ReadStats & { readonly durationMs: number };
}
