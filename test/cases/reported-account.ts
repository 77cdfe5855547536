import type { Sketch } from './build-account';

/** What the audit has to answer for the account of a report. */
export type Expected =
  /** This rule names the cause. */
  | { readonly named: string }
  /** Nothing is wrong with the configuration: no error and no warning. */
  | { readonly silent: true }
  /** The cause cannot be told from configuration, by AWS's own facts. */
  | { readonly undecidable: string }
  /** Configuration shows it, or what makes it likely, and no rule looks at it. */
  | { readonly missed: string };

/** The account of one report. */
export interface ReportedAccount {
  readonly sketch: Sketch;
  /** What the report leaves open and was chosen here, beyond the report's own list. */
  readonly assumed?: readonly string[];
  readonly expected: Expected;
  /** What of the cause itself was chosen here, so that the answer proves less. */
  readonly restsOn?: string;
  /** Other errors and warnings that are true of this account: rule to reason. */
  readonly also?: Readonly<Record<string, string>>;
  /** The fix of the report: with these changes no error and no warning is left. */
  readonly fixed?: Partial<Sketch>;
}

export type ReportedAccounts = Readonly<Record<string, ReportedAccount>>;
