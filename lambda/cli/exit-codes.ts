import type { Severity } from '../findings/finding';
import type { AuditResult } from '../result';
import { isStanding, SEVERITIES } from '../report/words';

export const FAIL_ON = ['error', 'warning', 'note', 'never'] as const;
export type FailOn = Severity | 'never';

export const COULD_NOT_RUN = 3;

/** No region let its APIs be listed: nothing was audited. */
export const mayListNothing = ({ run, coverage }: AuditResult): boolean =>
  run.regions.length > 0 &&
  run.regions.every((region) =>
    coverage.gaps.some(
      (gap) => gap.region === region && gap.operation === 'GetRestApis' && gap.because === 'denied',
    ),
  );

/**
 * 1: findings at or above the level; 2: none, but not everything could be judged; 0: none, and everything was; 3: nothing could be
 * audited.
 */
export const auditExitCode = (result: AuditResult, failOn: FailOn): 0 | 1 | 2 | 3 => {
  const { findings, coverage } = result;
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  if (findings.some((finding) => isStanding(finding) && failing.includes(finding.severity))) return 1;
  if (mayListNothing(result)) return COULD_NOT_RUN;
  return coverage.complete ? 0 : 2;
};
