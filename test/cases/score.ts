import type { AuditResult } from '../../lambda/result';
import type { AuditedCase } from './audit-cases';
import type { ReportedAccount } from './reported-account';
import { isHarmless, type Report } from './reports';

type Severity = AuditResult['findings'][number]['severity'];

/** Rules with a finding of one of these severities, each once, sorted. */
export const rulesOf = (
  { findings }: Pick<AuditResult, 'findings'>,
  severities: readonly Severity[],
): readonly string[] =>
  [...new Set(findings.filter((one) => severities.includes(one.severity)).map((one) => one.rule))].sort();

const ALL = ['error', 'warning', 'note'] as const;
const LOUD = ['error', 'warning'] as const;

export interface Score {
  readonly id: string;
  readonly category: string;
  /** As the collector of the reports judged it, not by what is found here. */
  readonly shown: 'certain' | 'partly' | 'no';
  readonly answer: 'found' | 'missed' | 'undecidable' | 'silent';
  /** The rule that names the cause, or why none does. */
  readonly why: string;
  /** What of the cause itself the report does not tell; `null`: nothing. */
  readonly restsOn: string | null;
  /** Every rule with a finding, by severity. */
  readonly found: Readonly<Record<Severity, readonly string[]>>;
  /** Errors and warnings that neither name the cause nor are listed as true of the account. */
  readonly falseAlarms: readonly string[];
  /** Errors and warnings that the fix of the report leaves. */
  readonly afterFix: readonly string[];
  /** What could not be read or judged. */
  readonly incomplete: boolean;
}

const shownOf = (report: Report): Score['shown'] => {
  if (isHarmless(report) || report.detectable_by_config === false) return 'no';
  return report.detectable_by_config === true ? 'certain' : 'partly';
};

const answerOf = ({ expected }: ReportedAccount, rules: readonly string[]): Pick<Score, 'answer' | 'why'> => {
  if ('named' in expected) {
    return rules.includes(expected.named)
      ? { answer: 'found', why: expected.named }
      : { answer: 'missed', why: `${expected.named} says nothing` };
  }
  if ('missed' in expected) return { answer: 'missed', why: expected.missed };
  if ('undecidable' in expected) return { answer: 'undecidable', why: expected.undecidable };
  return { answer: 'silent', why: '' };
};

/** Compares what the audit says with what the report says. */
export const scoreOf = ({ report, account, result, fixed }: AuditedCase): Score => {
  const { expected, also = {} } = account;
  const told = new Set([...Object.keys(also), ...('named' in expected ? [expected.named] : [])]);
  return {
    id: report.id,
    category: report.category,
    shown: shownOf(report),
    ...answerOf(account, rulesOf(result, ALL)),
    restsOn: account.restsOn ?? null,
    found: {
      error: rulesOf(result, ['error']),
      warning: rulesOf(result, ['warning']),
      note: rulesOf(result, ['note']),
    },
    falseAlarms: rulesOf(result, LOUD).filter((rule) => !told.has(rule)),
    afterFix: fixed === null ? [] : rulesOf(fixed, LOUD),
    incomplete: [result, ...(fixed === null ? [] : [fixed])].some(({ coverage }) => !coverage.complete),
  };
};
