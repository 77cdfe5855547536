import { auditExitCode } from '../../lambda/cli/exit-codes';
import type { AuditResult } from '../../lambda/result';
import { clean, sample, scopeUndefined } from '../report/sample';

const withSeverity = (severity: 'error' | 'warning' | 'note'): AuditResult => ({
  ...clean,
  findings: [{ ...scopeUndefined, severity }],
});
const incomplete: AuditResult = { ...clean, coverage: sample.coverage };

test.each([
  ['an error', withSeverity('error'), { error: 1, warning: 1, note: 1, never: 0 }],
  ['a warning', withSeverity('warning'), { error: 0, warning: 1, note: 1, never: 0 }],
  ['a note', withSeverity('note'), { error: 0, warning: 0, note: 1, never: 0 }],
  ['nothing', clean, { error: 0, warning: 0, note: 0, never: 0 }],
  ['nothing in an incomplete audit', incomplete, { error: 2, warning: 2, note: 2, never: 2 }],
  [
    'an error in an incomplete audit',
    { ...withSeverity('error'), coverage: sample.coverage },
    { error: 1, warning: 1, note: 1, never: 2 },
  ],
  [
    'a note in an incomplete audit',
    { ...withSeverity('note'), coverage: sample.coverage },
    { error: 2, warning: 2, note: 1, never: 2 },
  ],
  [
    'what was resolved',
    { ...clean, findings: [{ ...scopeUndefined, change: 'resolved' as const }] },
    { error: 0, warning: 0, note: 0, never: 0 },
  ],
])('%s ends with', (_, result, codes) => {
  const given = (['error', 'warning', 'note', 'never'] as const).map((level) => [
    level,
    auditExitCode(result, level),
  ]);
  expect(Object.fromEntries(given)).toEqual(codes);
});
