import type { AuditResult, ReportedFinding } from '../../lambda/result';
import { sample, scopeUndefined } from '../report/sample';

/** A finding of one API; no two are alike. */
export const findingOf = (
  api: string,
  number: number,
  given: Partial<ReportedFinding> = {},
): ReportedFinding => ({
  ...scopeUndefined,
  id: `${api}-${number}`,
  subject: {
    ...scopeUndefined.subject,
    arn: `arn:aws:apigateway:eu-west-1::/restapis/${api}/stages/s${number}`,
    label: `shop-${api} (${api}) stage s${number}`,
    restApiId: api,
    stage: `s${number}`,
  },
  affected: [{ restApiId: api, stage: `s${number}`, method: 'GET /things' }],
  affectedCount: 1,
  ...given,
});

export const resultOf = (
  findings: readonly ReportedFinding[],
  given: Partial<AuditResult> = {},
): AuditResult => ({
  ...sample,
  findings,
  coverage: { complete: true, gaps: [], failedRules: [] },
  ...given,
});
