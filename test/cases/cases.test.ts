import { readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../lambda/rules/catalogue';
import { reportedAccounts } from './accounts';
import { auditCases, type AuditedCase } from './audit-cases';
import type { Expected } from './reported-account';
import { isHarmless, reports } from './reports';
import { scoreOf, type Score } from './score';
import { summaryOf } from './summary';

const ids = reports.map(({ id }) => id);
const audited = new Map<string, AuditedCase>();

beforeAll(async () => {
  for (const one of await auditCases()) audited.set(one.report.id, one);
});

const answerTo = (expected: Expected): Score['answer'] => {
  if ('named' in expected) return 'found';
  if ('missed' in expected) return 'missed';
  return 'undecidable' in expected ? 'undecidable' : 'silent';
};

test('every report has an account, and every account a report', () => {
  expect(Object.keys(reportedAccounts).sort()).toEqual([...ids].sort());
});

test('nothing but silence is expected where configuration is not to blame', () => {
  const silent = ids.filter((id) => 'silent' in (reportedAccounts[id]?.expected ?? {}));
  expect(silent).toEqual(reports.filter(isHarmless).map(({ id }) => id));
  expect(reports.filter(isHarmless)).toHaveLength(12);
});

test('every rule that an account names is in the catalogue', () => {
  const named = Object.values(reportedAccounts).flatMap(({ expected, also = {} }) => [
    ...('named' in expected ? [expected.named] : []),
    ...Object.keys(also),
  ]);
  expect(named.filter((rule) => !catalogue.some(({ id }) => id === rule))).toEqual([]);
});

test.each(ids)('%s', (id) => {
  const one = audited.get(id);
  if (one === undefined) throw new Error(`${id} was not audited`);
  const { expected, also = {} } = one.account;
  const { answer, falseAlarms, afterFix, incomplete, found } = scoreOf(one);
  expect({ answer, falseAlarms, afterFix, incomplete }).toEqual({
    answer: answerTo(expected),
    falseAlarms: [],
    afterFix: [],
    incomplete: false,
  });
  expect([...found.error, ...found.warning]).toEqual(expect.arrayContaining(Object.keys(also)));
});

/** A rule may go on with a note where it warned: mutual TLS stays required after the truststore is mended. */
test('the fix of a report takes the finding away', () => {
  const left = [...audited.values()].filter(({ account: { expected }, result, fixed }) => {
    if (fixed === null || !('named' in expected)) return false;
    const before = result.findings.filter(({ rule }) => rule === expected.named);
    return fixed.findings.some(
      ({ rule, severity }) => rule === expected.named && before.some((one) => one.severity === severity),
    );
  });
  expect(left.map(({ report }) => report.id)).toEqual([]);
});

/** Pins the notes too. */
test('summary.md is what npm run cases writes', () => {
  const written = readFileSync(path.join(__dirname, 'summary.md'), 'utf8');
  expect(written).toBe(summaryOf([...audited.values()].map(scoreOf)));
});
