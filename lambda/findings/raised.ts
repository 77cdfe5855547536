import { createHash } from 'node:crypto';
import type { Deployment } from '../model/deployment';
import type { Rule } from '../rules/rule';
import type { CannotTell, Flag, MethodRef } from '../rules/verdict';

/** A flag on its way to becoming a finding: who raised it, judging what. */
export interface Raised {
  readonly rule: Rule;
  readonly flag: Flag;
  /** The configuration judged; `account` for rules that judge no deployment. */
  readonly of: Deployment['of'] | 'account';
}

export interface Untold {
  readonly ruleId: string;
  readonly verdict: CannotTell;
}

/** A rule that threw: a defect of ours, reported, never the end of the run. */
export interface Crash {
  readonly ruleId: string;
  readonly at: string;
  readonly message: string;
}

export const findingId = (ruleId: string, flag: Pick<Flag, 'subject' | 'key'>): string =>
  createHash('sha256')
    .update([ruleId, flag.subject.arn, flag.key ?? ''].join('\n'))
    .digest('hex')
    .slice(0, 16);

export const refKey = (ref: MethodRef): string => `${ref.restApiId}/${ref.stage} ${ref.method}`;
