// oxlint-disable-next-line import/no-unassigned-import -- it sets what the SDK reads while loading
import '../bin/quiet-sdk';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { auditSchema } from '../lambda/report/schema';
import { allCases, FACTS } from '../test/gateway/facts/covered';
import { readRuleTables } from '../test/support/rule-tables';
import { factsPage } from './facts-page';
import { withSampleAlert } from './readme-alert';
import { withReports } from './readme-reports';
import { ruleIndex, rulePage } from './rule-pages';
import { tellStory } from './sandbox-story';

const ROOT = path.join(__dirname, '..');
const PAGES = path.join(ROOT, 'docs', 'rules');

/** Everything generated, by path from the root of the repository. */
const generated = async (): Promise<ReadonlyMap<string, string>> => {
  const [story] = await tellStory(() => new Date());
  const [readme, reports] = ['README.md', 'test/cases/summary.md'].map((name) =>
    readFileSync(path.join(ROOT, name), 'utf8'),
  );
  const tables = readRuleTables();
  const files = new Map([
    ['README.md', withReports(withSampleAlert(readme ?? '', story), reports ?? '')],
    ['docs/rules/README.md', ruleIndex(tables)],
    ['docs/facts.md', factsPage(FACTS, allCases())],
    [
      'docs/schema/audit.schema.json',
      `${JSON.stringify(z.toJSONSchema(auditSchema, { io: 'input' }), null, 2)}\n`,
    ],
  ]);
  for (const table of tables) files.set(`docs/rules/${table.rule.id}.md`, rulePage(table));
  return files;
};

const existingPages = (): readonly string[] =>
  existsSync(PAGES)
    ? readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/rules/${name.split(path.sep).join('/')}`)
    : [];

const main = async (checkOnly: boolean): Promise<number> => {
  const files = await generated();
  const left = existingPages().filter((name) => !files.has(name));
  const changed = [...files].filter(([name, text]) => {
    const file = path.join(ROOT, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (checkOnly) {
    for (const [name] of changed)
      console.error(`${name} is not what the rules, their tables and the sample account say`);
    for (const name of left) console.error(`${name} belongs to no rule`);
    if (changed.length + left.length > 0) console.error('Run "npm run docs" and read the difference.');
    return changed.length + left.length > 0 ? 1 : 0;
  }
  for (const name of left) rmSync(path.join(ROOT, name));
  for (const [name, text] of changed) {
    const file = path.join(ROOT, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.error(`${files.size} pages, ${changed.length} written, ${left.length} removed`);
  return 0;
};

main(process.argv.includes('--check')).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
