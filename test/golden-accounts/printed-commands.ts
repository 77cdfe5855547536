import { judge } from '../support/rule-table';
import { readRuleTables } from '../support/rule-tables';
import { auditAccounts } from './audit';
import { zoo } from './zoo/zoo';

/** The commands of one finding, in order: all are run, in one shell. */
export interface PrintedFix {
  readonly rule: string;
  readonly commands: readonly string[];
  /** The fault is still in the draft alone: nothing has to be deployed. */
  readonly isDraft: boolean;
}

/** Every fix that the golden account and the rows of all rule tables print, each once. */
export const printedFixes = async (): Promise<readonly PrintedFix[]> => {
  const { findings } = await auditAccounts(zoo);
  const ofAccount = findings.map(({ rule, fix, when }): PrintedFix => ({
    rule,
    commands: fix.flatMap(({ commands }) => commands),
    isDraft: when !== 'now',
  }));
  const ofTables = readRuleTables().flatMap(({ rule, flags, cannotTell }) =>
    [...flags, ...cannotTell].flatMap(({ account }) =>
      judge(rule, account).raised.map(({ flag, of }): PrintedFix => ({
        rule: rule.id,
        commands: flag.fix.flatMap(({ commands }) => commands),
        isDraft: of === 'draft',
      })),
    ),
  );
  const fixes = [...ofAccount, ...ofTables].filter(({ commands }) => commands.length > 0);
  return [...new Map(fixes.map((fix) => [JSON.stringify(fix), fix])).values()];
};
