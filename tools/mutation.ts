import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const REPORT = path.join(ROOT, 'reports', 'mutation.json');
const PAGE = path.join(ROOT, 'docs', 'mutation.md');

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** What became of the mutants of one folder. */
export interface Tally {
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly uncovered: number;
  /** Not in the sample. */
  readonly untried: number;
}

/** Share of mutants that tests notice. Of a sample: the share of those tried, less what no test covers, which is counted in full. */
export const scoreOf = ({ killed, timedOut, survived, uncovered, untried }: Tally): number => {
  const tried = killed + timedOut + survived;
  if (tried === 0) return 0;
  const covered = tried + untried;
  return ((killed + timedOut) / tried) * (covered / (covered + uncovered));
};

/** Counts by folder below `lambda/`: `rules/cors`, `gateway/policy`. Mutants that Stryker was told to leave out count nowhere. */
export const talliesOf = ({ files }: Report): ReadonlyMap<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const [name, { mutants }] of Object.entries(files)) {
    const folder = path.posix.dirname(name).replace(/^lambda\//, '');
    const count = (status: string): number => mutants.filter((one) => one.status === status).length;
    const before = tallies.get(folder);
    tallies.set(folder, {
      killed: (before?.killed ?? 0) + count('Killed'),
      timedOut: (before?.timedOut ?? 0) + count('Timeout'),
      survived: (before?.survived ?? 0) + count('Survived'),
      uncovered: (before?.uncovered ?? 0) + count('NoCoverage'),
      untried: (before?.untried ?? 0) + count('RuntimeError'),
    });
  }
  return tallies;
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const rowOf = (folder: string, tally: Tally): string => {
  const { killed, timedOut, survived, uncovered, untried } = tally;
  const tried = killed + timedOut + survived;
  const cells = [
    folder,
    tried + uncovered + untried,
    tried,
    killed,
    timedOut,
    survived,
    uncovered,
    percent(scoreOf(tally)),
  ];
  return `| ${cells.join(' | ')} |`;
};

const ROW = /^\| ((?:rules|gateway)[a-z/-]*) \|.*$/gm;

/** The page with the rows of some folders put in, the others as they were. */
export const pageWith = (page: string, tallies: ReadonlyMap<string, Tally>): string => {
  const rows = new Map([...page.matchAll(ROW)].map(([row, folder = '']) => [folder, row]));
  for (const [folder, tally] of tallies) rows.set(folder, rowOf(folder, tally));
  const sorted = [...rows].sort(([left], [right]) => left.localeCompare(right, 'en')).map(([, row]) => row);
  const [before = '', after = ''] = page.split(/<!-- rows -->\n[\s\S]*?<!-- end -->/);
  return `${before}<!-- rows -->\n\n| Folder | Mutants | Tried | Killed | Timed out | Survived | Not covered | Score |\n|---|---|---|---|---|---|---|---|\n${sorted.join('\n')}\n\n<!-- end -->${after}`;
};

/** Tests that can notice a change in a folder: no rule imports another, and the gateway knows of no rule. */
const testsOf = (folder: string): readonly string[] => {
  if (!folder.startsWith('rules'))
    return ['test/rules', 'test/gateway', 'test/explain', 'test/golden-accounts'];
  return [
    existsSync(path.join(ROOT, 'test', folder)) ? `test/${folder}` : 'test/rules',
    'test/golden-accounts',
  ];
};

/** Tries the mutants of some folders of `lambda/`, all of `rules` and `gateway` without a word, and puts the score on the page. */
const main = (folders: readonly string[]): number => {
  const patterns = folders.flatMap((folder) =>
    ['rules', 'gateway'].includes(folder.split('/')[0] ?? '')
      ? [`lambda/${folder}${folder.endsWith('/*') ? '' : '/**/*'}.ts`]
      : [],
  );
  if (patterns.length < folders.length) {
    console.error('Name folders below lambda/: npm run mutation -- rules/cors gateway/gates');
    return 1;
  }
  const mutate =
    patterns.length === 0 ? [] : ['--mutate', [...patterns, '!lambda/rules/catalogue.ts'].join(',')];
  const tests = new Set((folders.length === 0 ? ['gateway'] : folders).flatMap(testsOf));
  const { status } = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'stryker'), ['run', ...mutate], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TESTS: [...tests].join(',') },
  });
  if (status !== 0 || !existsSync(REPORT)) return 1;
  const tallies = talliesOf(JSON.parse(readFileSync(REPORT, 'utf8')) as Report);
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), tallies));
  for (const [folder, tally] of tallies) console.log(rowOf(folder, tally));
  return 0;
};

if (require.main === module) process.exitCode = main(process.argv.slice(2));
