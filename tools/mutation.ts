import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from './mutants.mjs';

const ROOT = path.join(__dirname, '..');
const PAGE = path.join(ROOT, 'docs', 'mutation.md');

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

const COUNTED = {
  Killed: 'killed',
  Timeout: 'timedOut',
  Survived: 'survived',
  NoCoverage: 'uncovered',
  Untried: 'untried',
} as const;

/** Counts by folder below `lambda/`: `rules/cors`, `gateway/policy`. */
export const talliesOf = (
  mutants: readonly Pick<Mutant, 'fileName' | 'status'>[],
): ReadonlyMap<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const { fileName, status } of mutants) {
    const folder = path.posix.dirname(fileName).replace(/^lambda\//, '');
    const before = tallies.get(folder) ?? { killed: 0, timedOut: 0, survived: 0, uncovered: 0, untried: 0 };
    const counted = COUNTED[status];
    tallies.set(folder, { ...before, [counted]: before[counted] + 1 });
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

const ROW = /^\| ((?:rules|gateway)[a-z/-]*) +\|.*$/gm;

/** The page with the rows of some folders put in, the others as they were. */
export const pageWith = (page: string, tallies: ReadonlyMap<string, Tally>): string => {
  const rows = new Map([...page.matchAll(ROW)].map(([row, folder = '']) => [folder, row]));
  for (const [folder, tally] of tallies) rows.set(folder, rowOf(folder, tally));
  const sorted = [...rows].sort(([left], [right]) => left.localeCompare(right, 'en')).map(([, row]) => row);
  const [before = '', after = ''] = page.split(/<!-- rows -->\n[\s\S]*?<!-- end -->/);
  return `${before}<!-- rows -->\n\n| Folder | Mutants | Tried | Killed | Timed out | Survived | Not covered | Score |\n|---|---|---|---|---|---|---|---|\n${sorted.join('\n')}\n\n<!-- end -->${after}`;
};

/** Rules are judged by their tables alone; what the gateway decides shows in much else. */
const testsOf = (asked: string): readonly string[] =>
  asked.startsWith('rules')
    ? [`test/${isFile(asked) ? path.posix.dirname(asked) : asked}`]
    : ['test/gateway', 'test/explain', 'test/rules', 'test/golden-accounts'];

/** All folders of `rules` and `gateway`. */
const allFolders = (): readonly string[] =>
  ['rules', 'gateway'].flatMap((folder) => [
    folder,
    ...readdirSync(path.join(ROOT, 'lambda', folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.relative(path.join(ROOT, 'lambda'), path.join(entry.parentPath, entry.name))),
  ]);

const isFile = (asked: string): boolean => asked.endsWith('.ts');

/** The files of a folder, or the one file that was asked for. */
const filesOf = (asked: string): readonly string[] =>
  isFile(asked)
    ? [`lambda/${asked}`]
    : readdirSync(path.join(ROOT, 'lambda', asked))
        .filter((name) => name.endsWith('.ts') && name !== 'catalogue.ts')
        .map((name) => `lambda/${asked}/${name}`);

const inOneLine = (code: string): string => code.replaceAll(/\s+/g, ' ').slice(0, 120);

/** `lambda/rules/only.ts:4 others.length === 0 -> true` */
const describe = ({ fileName, location: { start, end }, replacement, status }: Mutant): string => {
  const lines = readFileSync(path.join(ROOT, fileName), 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1);
  const whole = lines.join('\n').slice(start.column);
  const text = whole.slice(0, whole.length - (lines.at(-1) ?? '').length + end.column);
  return `${fileName}:${start.line + 1} ${status === 'NoCoverage' ? 'not covered' : 'survived'}: ${inOneLine(text)} -> ${inOneLine(replacement)}`;
};

/** Tries the mutants of some folders or files below `lambda/`, of all without a word, tells which survived, and puts the scores of folders on the page. */
const main = async (asked: readonly string[]): Promise<void> => {
  const { tryMutants } = await import('./mutants.mjs');
  const sample = Number(process.env['MUTATION_SAMPLE'] ?? 1);
  for (const name of asked.length === 0 ? allFolders() : asked) {
    const mutants: Mutant[] = [];
    for await (const mutant of tryMutants(filesOf(name), testsOf(name), sample)) {
      const found = { ...mutant, fileName: path.relative(ROOT, mutant.fileName) };
      mutants.push(found);
      if (found.status === 'Survived' || found.status === 'NoCoverage') console.log(describe(found));
    }
    const tallies = talliesOf(mutants);
    if (!isFile(name)) writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), tallies));
    for (const [folder, tally] of tallies) console.log(rowOf(folder, tally));
  }
};

if (require.main === module) void main(process.argv.slice(2));
