import type { Severity } from '../findings/finding';
import type { AuditResult } from '../result';
import { isStanding, SEVERITIES } from '../report/words';

export const FAIL_ON = ['error', 'warning', 'note', 'never'] as const;
export type FailOn = Severity | 'never';

export const COULD_NOT_RUN = 3;

/** 1: findings at or above the level; 2: none, but not everything could be judged; 0: none, and everything was. */
export const auditExitCode = ({ findings, coverage }: AuditResult, failOn: FailOn): 0 | 1 | 2 => {
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  if (findings.some((finding) => isStanding(finding) && failing.includes(finding.severity))) return 1;
  return coverage.complete ? 0 : 2;
};
