import type { Finding, Severity } from './findings/finding';
import type { Gap } from './findings/coverage';
import type { Suppression } from './findings/suppression';
import type { ReadStats } from './source';
import type { MatrixRow } from './gateway/matrix';

/** How a finding stands against the last run. Without history every finding is `new`. */
export type Change = 'new' | 'open' | 'resolved' | 'not-evaluated';

export interface ReportedFinding extends Finding {
  readonly change: Change;
  /** ISO 8601. */
  readonly firstSeen: string;
  /** Somebody accepted it until a day that has not passed: it counts for nothing and is told to nobody. */
  readonly suppressed?: Suppression;
  /** Suppressions of this finding that are no longer in force. */
  readonly expired?: readonly Suppression[];
  /** Its severity in the last run, where it is severer now. */
  readonly was?: Severity;
  /** Of one that was not evaluated: the id of the finding that now stops its methods before they come to it. */
  readonly hiddenBy?: string;
}

/** What the suppressions given did not do, or will stop to do. */
export interface SuppressionState {
  /** No longer in force; what they covered is reported again. */
  readonly expired: readonly Suppression[];
  /** In force, and nothing matches them; told only of runs that could judge everything. */
  readonly unused: readonly Suppression[];
  /** In force for at most a week longer. */
  readonly expiring: readonly Suppression[];
}

/** Where the comparison with the last run comes from. */
export interface HistoryState {
  /**
   * `first`: there was no run before; `kept`: compared with the last run; `lost`: there was one, and what it found is gone or
   * unreadable, so findings are `open`, not `new`; `unavailable`: history could not be read or written.
   */
  readonly state: 'first' | 'kept' | 'lost' | 'unavailable';
  /** Why, unless `first` or `kept`. */
  readonly detail?: string;
  /** `s3://` address of this result in whole; absent: it could not be stored. */
  readonly report?: string;
}

/** How many subscribe to the topic of alerts, and who has not confirmed hears nothing; or why SNS does not say. */
export type Audience = (
  { readonly confirmed: number; readonly pending: number } | { readonly unknown: string }
) & {
  /** Slack hears by a webhook, whoever subscribes. */
  readonly webhook?: true;
};

/** What became of the alerts of a run that had something to tell. */
export interface AlertState {
  /** `sent-before`: an earlier try of the same run sent them; `failed`: not all were sent, and the next run tells it again. */
  readonly state: 'sent' | 'sent-before' | 'failed';
  /** Why, when `failed`. */
  readonly detail?: string;
}

/** A rule that failed: a defect of this program, shown because its silence means nothing. */
export interface FailedRule {
  readonly rule: string;
  readonly at: string;
  readonly message: string;
}

/** An IAM policy, ready to be pasted. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: string;
    readonly Resource: readonly string[];
  }[];
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
    /** Those that stand and are not suppressed. */
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
  };
  /** Those that stand or are suppressed, most severe first; then resolved ones, then those not judged again. */
  readonly findings: readonly ReportedFinding[];
  readonly coverage: {
    readonly complete: boolean;
    readonly gaps: readonly Gap[];
    readonly failedRules: readonly FailedRule[];
    /** Lets the role that audits make the calls that were denied; absent where none was. */
    readonly missingPolicy?: IamPolicy;
  };
  readonly suppressions?: SuppressionState;
  readonly history?: HistoryState;
  readonly alerts?: AlertState;
  /** Absent: nobody was to be told. */
  readonly audience?: Audience;
  readonly matrix?: readonly MatrixRow[];
  readonly stats: ReadStats & { readonly durationMs: number };
}
