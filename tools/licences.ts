import { build, type Metafile } from 'esbuild';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOptions, handlerOptions } from './build';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'licences.md');

/** Licences that ask for no more than their notice. */
const ALLOWED: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
]);

interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, or `none stated`. */
  readonly licence: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The package that a file was installed with; `null`: it is ours. */
const packageOf = (file: string): Package | null => {
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
  if (folder === undefined) return null;
  const { name, version, license } = JSON.parse(
    readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  return {
    name: text(name) ?? folder,
    version: text(version) ?? 'unknown',
    licence: text(license) ?? 'none stated',
  };
};

const bundled = ({ inputs }: Metafile): ReadonlyMap<string, Package> =>
  new Map(
    Object.keys(inputs).flatMap((file) => {
      const found = packageOf(file);
      return found === null ? [] : [[`${found.name}@${found.version}`, found] as const];
    }),
  );

/** Whether an SPDX expression of the plain kinds, `A`, `(A OR B)`, `A AND B`, asks for no more than we grant. */
export const isAllowed = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/\s+AND\s+/)
    .every((part) => part.split(/\s+OR\s+/).some((licence) => ALLOWED.has(licence)));

const pageOf = (packages: readonly Package[], inFunction: ReadonlyMap<string, Package>): string => {
  const rows = packages.map(
    ({ name, version, licence }) =>
      `- ${name} ${version}: ${licence}${inFunction.has(`${name}@${version}`) ? '' : ' (command line only)'}`,
  );
  return `# Licences of what is bundled

What goes into \`dist/handler.js\` and \`dist/cli.js\` besides our own code. \`npm run licences\` writes this page;
\`npm run licences -- --check\` fails when it is out of date, or when a package asks for more than its notice.

${rows.join('\n')}
`;
};

const metafileOf = async (options: typeof handlerOptions): Promise<Metafile> => {
  const { metafile } = await build({ ...options, outfile: 'unused.js', write: false, metafile: true });
  if (metafile === undefined) throw new Error('esbuild gave no metafile');
  return metafile;
};

const main = async (isCheck: boolean): Promise<void> => {
  const [inFunction, inCommandLine] = await Promise.all([
    metafileOf(handlerOptions).then(bundled),
    metafileOf(commandLineOptions).then(bundled),
  ]);
  const packages = [...new Map([...inFunction, ...inCommandLine])]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, found]) => found);
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  for (const { name, version, licence } of refused) console.error(`${name} ${version}: ${licence}`);
  const page = pageOf(packages, inFunction);
  const isStale = isCheck && (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page);
  if (isStale) console.error('docs/licences.md is out of date: run "npm run licences"');
  if (!isCheck) writeFileSync(PAGE, page);
  console.error(
    `${packages.length} packages are bundled; ${refused.length} of them under licences that are not allowed`,
  );
  if (refused.length > 0 || isStale) process.exitCode = 1;
};

if (require.main === module) void main(process.argv.includes('--check'));
