import { existsSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../lambda/rules/catalogue';
import type { RuleTable } from './rule-table';
import { silently } from './silence-tests';

const RULES = path.join(__dirname, '..', 'rules');

const tableOf = (ruleId: string): RuleTable => {
  const file = path.join(RULES, `${ruleId}.test.ts`);
  if (!existsSync(file)) throw new Error(`${ruleId} has no table: test/rules/${ruleId}.test.ts is missing`);
  const { default: table } = require(file) as { default?: RuleTable };
  if (table?.rule.id !== ruleId) {
    throw new Error(`test/rules/${ruleId}.test.ts does not export the table of ${ruleId} as its default`);
  }
  return table;
};

/** The table of every rule, as data. */
export const readRuleTables = (): readonly RuleTable[] =>
  silently(() => catalogue.map(({ id }) => tableOf(id)));
