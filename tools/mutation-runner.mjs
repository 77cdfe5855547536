import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

/** The tests that judge. */
const FOLDERS = (
  process.env['MUTATION_TESTS'] ?? 'test/rules,test/gateway,test/explain,test/golden-accounts'
).split(',');
/**
 * The proof and its like try very many accounts, two of the others open servers, and the rest read tables of tests rather than what they
 * test.
 */
const LEFT_OUT =
  /^test\/(?:gateway\/(?:proof|facts\/covered\.)|rules\/(?:resource-policy\/together|parity)\.|explain\/(?:on-request|texts|verify)\.|golden-accounts\/commands\.)/;

const testFiles = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
      .filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name))
      .sort(),
  );

const BUNDLE = 'mutation-bundle.cjs';

/** All tests with what they test as one script: made in a second, where loading a thousand modules one by one takes ten. */
const bundle = async (esbuild) => {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: ['test/support/environment.ts', ...testFiles()]
        .map((file) => `describe(${JSON.stringify(file)}, () => require(${JSON.stringify(`./${file}`)}));`)
        .join('\n'),
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    plugins: [
      {
        name: 'dirname',
        setup: (build) =>
          build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
            contents: readFileSync(file, 'utf8').replaceAll('__dirname', JSON.stringify(path.dirname(file))),
            loader: 'ts',
          })),
      },
    ],
  });
  return `(function (require, module) {${outputFiles[0].text}\n})`;
};

/** Was what is being made asked for by the bundle, rather than by a library? */
const isOurs = () => new Error().stack?.split('\n')[3]?.includes(BUNDLE) === true;

/** What modules remember between calls: emptied before each test, or one mutant would answer for another. */
class Memories {
  #emptyAtLoad = [];
  #weak = [];

  /** Loads modules and takes note of the maps that they make meanwhile. */
  watch(load) {
    const [maps, weak] = [[], this.#weak];
    const [NativeMap, NativeWeakMap] = [Map, WeakMap];
    globalThis.Map = class extends NativeMap {
      constructor(entries) {
        super(entries);
        if (isOurs()) maps.push(this);
      }
    };
    globalThis.WeakMap = class {
      #held = new NativeWeakMap();
      constructor() {
        if (isOurs()) weak.push(this);
      }
      forget() {
        this.#held = new NativeWeakMap();
      }
      get(key) {
        return this.#held.get(key);
      }
      set(key, value) {
        this.#held.set(key, value);
        return this;
      }
      has(key) {
        return this.#held.has(key);
      }
      delete(key) {
        return this.#held.delete(key);
      }
    };
    try {
      load();
    } finally {
      [globalThis.Map, globalThis.WeakMap] = [NativeMap, NativeWeakMap];
    }
    this.#emptyAtLoad = maps.filter(({ size }) => size === 0);
  }

  forget() {
    for (const map of this.#emptyAtLoad) map.clear();
    for (const map of this.#weak) map.forget();
  }
}

/** The share of mutants to try, of those that tests cover; chosen by where and what they are, so that a run can be repeated. */
const SAMPLE = Number(process.env['MUTATION_SAMPLE'] ?? 1);

const isChosen = ({ fileName, location: { start, end }, replacement }) => {
  const name = path.relative(process.cwd(), fileName).replace(/^.*\.stryker-tmp[\\/][^\\/]+[\\/]/, '');
  const digest = createHash('sha256')
    .update(JSON.stringify([name, start, end, replacement]))
    .digest();
  return digest.readUInt32BE(0) < SAMPLE * 2 ** 32;
};

const stryker = () => (globalThis.__stryker__ ??= {});

/**
 * Runs the tests in one process that loads them once. A table takes milliseconds where starting jest takes seconds, so that every mutant
 * can be tried. Sound because these tests share nothing but what modules remember.
 */
class OneProcess {
  #tests = [];
  #memories = new Memories();

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    const require = createRequire(path.resolve('package.json'));
    const { bind } = require('jest-each');
    const { expect } = require('expect');
    const within = [];
    const describe = (name, body) => {
      within.push(name);
      body();
      within.pop();
    };
    const test = (name, run) => {
      // Code that holds mutants is slow, and slower still where many run: a clock would kill what no test looks at.
      if (String(run).includes('performance.now')) return;
      const id = [...within, name].join(' ');
      this.#tests.push({ id, name: id, fileName: path.resolve(within[0]), run });
    };
    describe.each = bind(describe, false);
    test.each = bind(test, false);
    Object.assign(globalThis, { describe, test, it: test, expect });
    const load = vm.runInThisContext(await bundle(require('esbuild')), { filename: BUNDLE });
    this.#memories.watch(() => load(require, { exports: {} }));
  }

  async #run(tests, bail) {
    const results = [];
    for (const { run, ...test } of tests) {
      this.#memories.forget();
      stryker().currentTestId = test.id;
      const begun = performance.now();
      let outcome = { status: TestStatus.Success };
      try {
        // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, or it could not be told which test covers what
        await run();
      } catch (error) {
        outcome = { status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
      }
      results.push({ ...test, ...outcome, timeSpentMs: performance.now() - begun });
      if (bail && outcome.status === TestStatus.Failed) break;
    }
    stryker().currentTestId = undefined;
    return results;
  }

  async dryRun() {
    const tests = await this.#run(this.#tests, false);
    // Quick ones first: a mutant is done with at the first failure.
    const spent = new Map(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    this.#tests.sort((left, right) => spent.get(left.id) - spent.get(right.id));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker().mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    // Stryker leaves what is in error out of the score.
    if (!isChosen(activeMutant)) return { status: MutantRunStatus.Error, errorMessage: 'not in the sample' };
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const tests = this.#tests.filter(({ id }) => wanted === null || wanted.has(id));
    const namespace = stryker();
    namespace.activeMutant = activeMutant.id;
    namespace.hitLimit = hitLimit;
    namespace.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const results = await this.#run(tests, !disableBail);
      const endless = determineHitLimitReached(namespace.hitCount, hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results }, disableBail);
    } finally {
      namespace.activeMutant = undefined;
      namespace.hitCount = undefined;
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-process', OneProcess)];
