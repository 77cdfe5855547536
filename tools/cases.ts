import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { auditCases } from '../test/cases/audit-cases';
import { scoreOf } from '../test/cases/score';
import { summaryOf } from '../test/cases/summary';

const FILE = path.join(__dirname, '..', 'test', 'cases', 'summary.md');

/** Audits the account of every public report, writes the table and shows it: `npm run cases`. */
const main = async (): Promise<void> => {
  const audited = await auditCases();
  const summary = summaryOf(audited.map(scoreOf));
  writeFileSync(FILE, summary);
  console.log(summary);
};

void main();
