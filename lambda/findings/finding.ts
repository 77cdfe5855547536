import type { Evidence, FixStep, MethodRef, Reach, Subject, Symptom } from '../rules/verdict';

export type Severity = 'error' | 'warning' | 'note';

/** One cause, with everything it affects. */
export interface Finding {
  /** Made of rule, subject and key, never of wording. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly reach: Reach;
  /** Who meets it, when not all callers. */
  readonly callers?: string;
  readonly symptom: Symptom;
  readonly subject: Subject;
  readonly affected: readonly MethodRef[];
  readonly affectedCount: number;
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly fix: readonly FixStep[];
  readonly when: 'now' | 'after-next-deployment';
  /** The rule's page. */
  readonly docs: string;
  /** Where the console shows the subject; absent: nowhere. */
  readonly console?: string;
}

const SEVERITIES: Readonly<Record<Reach, Severity>> = {
  'every-call': 'error',
  'some-calls': 'warning',
  possible: 'note',
};

export const severityOf = (reach: Reach): Severity => SEVERITIES[reach];

const STRENGTH: Readonly<Record<Reach, number>> = { 'every-call': 2, 'some-calls': 1, possible: 0 };

export const strongestReach = (left: Reach, right: Reach): Reach =>
  STRENGTH[left] >= STRENGTH[right] ? left : right;

export const isSevererThan = (left: Finding, right: Finding): boolean =>
  STRENGTH[left.reach] > STRENGTH[right.reach];
