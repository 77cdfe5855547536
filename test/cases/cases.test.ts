import { reportedAccounts } from './accounts';
import { auditCases, type AuditedCase } from './audit-cases';
import { reports } from './reports';
import { scoreOf } from './score';

jest.setTimeout(60_000);

const ids = reports.map(({ id }) => id);
const audited = new Map<string, AuditedCase>();

beforeAll(async () => {
  for (const one of await auditCases()) audited.set(one.report.id, one);
});

test('every report has an account, and every account a report', () => {
  expect(Object.keys(reportedAccounts).sort()).toEqual([...ids].sort());
});

test.each(ids)('%s', (id) => {
  const one = audited.get(id);
  if (one === undefined) throw new Error(`${id} was not audited`);
  const { expected, also = {} } = one.account;
  const { answer, falseAlarms, afterFix, incomplete } = scoreOf(one);
  const wanted =
    'named' in expected
      ? 'found'
      : 'missed' in expected
        ? 'missed'
        : 'undecidable' in expected
          ? 'undecidable'
          : 'silent';
  expect({ answer, falseAlarms, afterFix, incomplete }).toEqual({
    answer: wanted,
    falseAlarms: [],
    afterFix: [],
    incomplete: false,
  });
  const rules = one.result.findings.map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(Object.keys(also)));
});
