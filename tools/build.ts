import { build, type BuildOptions, type Plugin } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { catalogue } from '../lambda/rules/catalogue';

const ROOT = join(__dirname, '..');

/** The folder that the CDK uploads; it holds a copy of `dist/handler.js` and nothing else. */
export const FUNCTION_FOLDER = join(ROOT, 'dist', 'function');
/** The same for the function that posts to Slack. */
const SLACK_FOLDER = join(ROOT, 'dist', 'slack');

/**
 * The SDK's schemas name members by constants, `{ [_eQN]: _A }`. esbuild cannot know that reading a computed name has no effect, so it keeps
 * every schema of a client for the sake of one. With the names written out it keeps those of the operations we call: 830 KiB
 * in place of 1,540, most of it EC2's.
 */
const plainSchemas: Plugin = {
  name: 'plain-schemas',
  setup: (bundler) => {
    bundler.onLoad({ filter: /@aws-sdk[\\/].*schemas_\d+\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const names = new Map(
        [...text.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
      const contents = text
        .replaceAll(/\[(_\w+)\]:/g, (computed, name: string) => {
          const value = names.get(name);
          return value === undefined ? computed : `${value}:`;
        })
        // Security Hub knows details of every kind of resource that AWS has. Our findings hold none of them: 100 KiB.
        .replaceAll('() => ResourceDetails$', '0');
      return { contents };
    });
  },
};

/** The pages of all rules in place of the module that reads them from the repository, packed: they are 400 KiB of text. */
const rulePages: Plugin = {
  name: 'rule-pages',
  setup: (bundler) => {
    bundler.onLoad({ filter: /lambda[\\/]cli[\\/]rule-page\.ts$/ }, () => {
      const pages = Object.fromEntries(
        catalogue.map(({ id }) => [id, readFileSync(join(ROOT, 'docs', 'rules', `${id}.md`), 'utf8')]),
      );
      const packed = deflateRawSync(JSON.stringify(pages), { level: 9 }).toString('base64');
      const contents = `
        import { inflateRawSync } from 'node:zlib';
        export const rulePage = (id) => JSON.parse(inflateRawSync(Buffer.from('${packed}', 'base64')))[id];`;
      return { contents };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // The SDK's ES modules lose what is unused, its CommonJS does not: half the size.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [plainSchemas],
};

/** The function, everything bundled: the SDK's version is the one that was tested. */
export const handlerOptions: BuildOptions = {
  ...common,
  entryPoints: ['lambda/handler.ts'],
  target: 'node24',
};

/** The function that posts to Slack. */
const slackOptions: BuildOptions = {
  ...common,
  entryPoints: ['lambda/slack/handler.ts'],
  target: 'node24',
};

/** The command line, one file without dependencies, for the oldest Node.js that package.json names. */
export const commandLineOptions: BuildOptions = {
  ...common,
  entryPoints: ['bin/audit.ts'],
  target: 'node20',
  plugins: [plainSchemas, rulePages],
  banner: { js: '#!/usr/bin/env node' },
};

export const buildHandler = async (outfile: string): Promise<void> => {
  await build({ ...handlerOptions, outfile });
};

export const buildSlackHandler = async (outfile: string): Promise<void> => {
  await build({ ...slackOptions, outfile });
};

export const buildCommandLine = async (outfile: string): Promise<void> => {
  await build({ ...commandLineOptions, outfile });
};

const report = (file: string): void => {
  console.error(`${file}  ${Math.round(statSync(join(ROOT, file)).size / 1024)} KiB`);
};

/** What `cdk.json` runs: `function` alone is all that a deployment needs. */
const main = async (part: string | undefined): Promise<void> => {
  await buildHandler(join(ROOT, 'dist', 'handler.js'));
  mkdirSync(FUNCTION_FOLDER, { recursive: true });
  copyFileSync(join(ROOT, 'dist', 'handler.js'), join(FUNCTION_FOLDER, 'handler.js'));
  report('dist/handler.js');
  await buildSlackHandler(join(SLACK_FOLDER, 'handler.js'));
  report('dist/slack/handler.js');
  if (part === 'function') return;
  await buildCommandLine(join(ROOT, 'dist', 'cli.js'));
  report('dist/cli.js');
};

if (require.main === module) {
  main(process.argv[2]).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
