import type { AuditResult } from '../../lambda/result';
import { reportedAccounts } from './accounts';
import { auditSketch } from './audit-sketch';
import type { Sketch } from './build-account';
import type { ReportedAccount } from './reported-account';
import { reports, type Report } from './reports';

export interface AuditedCase {
  readonly report: Report;
  readonly account: ReportedAccount;
  readonly result: AuditResult;
  /** After the fix of the report; `null`: the fix is not one of configuration. */
  readonly fixed: AuditResult | null;
}

const withFix = (sketch: Sketch, fix: Partial<Sketch>): Sketch => {
  const { deployed, ...rest } = { ...sketch, ...fix };
  // An empty `deployed` stands for a new deployment of the draft.
  return deployed === undefined || Object.keys(deployed).length === 0 ? rest : { ...rest, deployed };
};

const auditCase = async (report: Report): Promise<AuditedCase> => {
  const account = reportedAccounts[report.id];
  if (account === undefined) throw new Error(`report ${report.id} has no account`);
  const { sketch, fixed } = account;
  return {
    report,
    account,
    result: await auditSketch(sketch),
    fixed: fixed === undefined ? null : await auditSketch(withFix(sketch, fixed)),
  };
};

/** Accounts that are read at the same time. */
const AT_ONCE = 6;

/** Audits the account of every report, and once more after its fix, in the order of the reports. Throws when all are through, naming those that failed. */
export const auditCases = async (): Promise<readonly AuditedCase[]> => {
  const audited: AuditedCase[] = [];
  const failed: string[] = [];
  const todo = [...reports.entries()];
  const work = async (): Promise<void> => {
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const [index, report] = next;
      try {
        // oxlint-disable-next-line eslint/no-await-in-loop -- others are under way
        audited[index] = await auditCase(report);
      } catch (error) {
        failed.push(`${report.id}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed.length > 0) throw new Error(failed.join('\n'));
  return audited;
};
