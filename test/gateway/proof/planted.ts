import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROOT = path.join(__dirname, '..', '..', '..');

/** A fault put into one file of the gateway; everything else is as it is. */
export interface Planted {
  /** What the broken gateway believes. */
  readonly belief: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly right: string;
  readonly wrong: string;
}

/** The first four are met within a few hundred accounts. */
export const PLANTED: readonly Planted[] = [
  {
    belief: 'with a Cognito authorizer, a silent resource policy allows',
    file: 'lambda/gateway/policy/combine.ts',
    right: "cross(policy === 'none' ? tableA : tableB)",
    wrong: 'cross(tableA)',
  },
  {
    belief: 'the default endpoint answers even when it is disabled',
    file: 'lambda/gateway/gates/execute-api.ts',
    right: 'if (!api.disableExecuteApiEndpoint) return null;',
    wrong: 'if (api.disableExecuteApiEndpoint) return null;',
  },
  {
    belief: 'a path with parameters goes before a literal one',
    file: 'lambda/gateway/route.ts',
    right: `(literal === undefined ? undefined : search(literal, path, depth + 1, verb)) ??
    (at.parameter === null ? undefined : search(at.parameter, path, depth + 1, verb)) ??`,
    wrong: `(at.parameter === null ? undefined : search(at.parameter, path, depth + 1, verb)) ??
    (literal === undefined ? undefined : search(literal, path, depth + 1, verb)) ??`,
  },
  {
    belief: "a token without any of the method's scopes gets in",
    file: 'lambda/gateway/gates/cognito.ts',
    right: 'scopes.value.filter((scope) => carried.includes(scope))',
    wrong: 'scopes.value.filter((scope) => scope !== "" || carried.includes(scope))',
  },
  {
    belief: 'a disabled API key opens the stage',
    file: 'lambda/gateway/gates/api-key.ts',
    right: 'apiKeys.filter((key) => key.enabled)',
    wrong: 'apiKeys.filter((key) => key.id !== "")',
  },
  {
    belief: 'a method without scopes takes access tokens',
    file: 'lambda/gateway/gates/cognito.ts',
    right: "scopes.value.length === 0 ? 'id' : 'access'",
    wrong: "scopes.value.length === 0 ? 'access' : 'access'",
  },
];

const planting = ({ file, right, wrong }: Planted): Plugin => ({
  name: 'planted-fault',
  setup: (bundler) => {
    const broken = path.join(ROOT, file);
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path: loaded }) => {
      if (loaded !== broken) return null;
      const [before, after, ...more] = (await readFile(loaded, 'utf8')).split(right);
      if (before === undefined || after === undefined || more.length > 0) {
        return { errors: [{ text: `${file} does not hold the text to break exactly once: ${right}` }] };
      }
      return { contents: `${before}${wrong}${after}`, loader: 'ts' };
    });
  },
});

/** Bundles `npm run proof` with one fault planted, or none. Throws when the text to break is not there. */
export const buildProof = async (planted: Planted | null, outfile: string): Promise<void> => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/proof.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
    plugins: planted === null ? [] : [planting(planted)],
    outfile,
  });
};

export interface Proven {
  /** True when a contradiction was found: the exit code of the proof is 1. */
  readonly contradicted: boolean;
  /** What the proof wrote. */
  readonly said: string;
}

/** Runs what `buildProof` wrote. Any end but "no contradiction" and "contradiction" is an error. */
export const runProof = async (bundle: string, args: readonly string[]): Promise<Proven> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [bundle, ...args], { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (code === 0 || code === 1) resolve({ contradicted: code === 1, said: `${stdout}${stderr}` });
      else reject(error ?? new Error('the proof did not run'));
    });
  });
