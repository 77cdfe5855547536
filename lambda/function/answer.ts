import { bytes, fitting } from '../alert/sizes';
import type { AuditResult } from '../result';

/** Lambda answers a caller who waits with 6 MB at most; more is an error in place of the answer. */
const ANSWER_BYTES = 6_000_000;
const GAPS_BYTES = 1_000_000;

/** A result that was cut to what Lambda can return: whole findings and gaps are missing, and counted. */
export interface CutResult extends AuditResult {
  readonly leftOut?: { readonly findings: number; readonly gaps: number };
}

const inJson = (value: unknown): number => bytes(JSON.stringify(value)) + 1;

/** The result as it is, or with as many findings as fit, most severe first. */
export const fitAnswer = (result: AuditResult, budget = ANSWER_BYTES): CutResult => {
  if (bytes(JSON.stringify(result)) <= budget) return result;
  const gaps = fitting(result.coverage.gaps, Math.min(GAPS_BYTES, budget / 4), inJson);
  const empty: CutResult = {
    ...result,
    findings: [],
    coverage: { ...result.coverage, gaps: gaps.items },
    leftOut: { findings: result.findings.length, gaps: gaps.leftOut },
  };
  const findings = fitting(result.findings, budget - inJson(empty), inJson);
  return {
    ...empty,
    findings: findings.items,
    leftOut: { findings: findings.leftOut, gaps: gaps.leftOut },
  };
};
