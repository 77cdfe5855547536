import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { ignoreWords } from './ignore-words.mjs';

const require = createRequire(path.resolve('package.json'));

/**
 * The proof and its like try very many accounts, some open servers, and the rest read tables of tests rather than what they test.
 */
const LEFT_OUT =
  /^test\/(?:gateway\/(?:proof|facts\/covered\.)|rules\/(?:resource-policy\/together|parity)\.|explain\/(?:on-request|texts|verify)\.|golden-accounts\/commands\.)/;

const testFiles = (folders) =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
      .filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name))
      .sort(),
  );

const instrument = async (files) => {
  const silent = new Proxy({}, { get: () => () => false });
  const read = files.map((name) => ({
    name: path.resolve(name),
    mutate: true,
    content: readFileSync(name, 'utf8'),
  }));
  return new Instrumenter(silent).instrument(read, {
    plugins: null,
    excludedMutations: [],
    ignorers: [ignoreWords],
  });
};

const BUNDLE = 'mutants.cjs';

/** The tests with what they test as one script: made in a second, where loading a thousand modules one by one takes ten. */
const bundle = async (tests, instrumented) => {
  const { outputFiles } = await require('esbuild').build({
    stdin: {
      contents: ['test/support/environment.ts', ...tests]
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
        name: 'mutants',
        setup: (build) =>
          build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
            contents: (instrumented.get(file) ?? readFileSync(file, 'utf8')).replaceAll(
              '__dirname',
              JSON.stringify(path.dirname(file)),
            ),
            loader: 'ts',
          })),
      },
    ],
  });
  return vm.runInThisContext(`(function (require, module) {${outputFiles[0].text}\n})`, { filename: BUNDLE });
};

/** Instrumented code without the counting of what covers it, which costs more than the tests do. */
const uncounted = (content) => content.replaceAll(/stryCov_9fa48\((?:"\d+"(?:, ?)?)+\)/g, '0');

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

/** Collects the tests of the bundle under their whole names. */
const collect = (load, memories) => {
  const tests = [];
  const within = [];
  const describe = (name, body) => {
    within.push(name);
    body();
    within.pop();
  };
  const test = (name, run) => {
    // Code that holds mutants is slow, and slower still where many run: a clock would kill what no test looks at.
    if (!String(run).includes('performance.now')) tests.push({ id: [...within, name].join(' '), run });
  };
  const { bind } = require('jest-each');
  describe.each = bind(describe, false);
  test.each = bind(test, false);
  Object.assign(globalThis, { describe, test, it: test, expect: require('expect').expect });
  memories.watch(() => load(require, { exports: {} }));
  return tests;
};

/** Milliseconds without a mutant. */
const LONGEST = 120_000;
/** Milliseconds with one, by those without: it loops without end, or as good as. Most of these end sooner, when their mutant was met too often. */
const longestFor = (spent) => Math.ceil(5_000 + 20 * spent);

const begin = new vm.Script('globalThis.runOfTest()');

/** What became of a test: `null`, or why it failed. */
const attempt = async (test, memories, timeout) => {
  memories.forget();
  globalThis.runOfTest = test.run;
  try {
    await begin.runInThisContext({ timeout });
    return null;
  } catch (error) {
    return error;
  }
};

/** A test that fails by itself would pass for one that kills. */
const holds = async (test, memories, timeout) => {
  const error = await attempt(test, memories, timeout);
  if (error !== null) throw new Error(`${test.id} fails without any mutant`, { cause: error });
};

/** Chosen by where and what it is, so that a sample can be repeated. */
const isChosen = ({ fileName, location: { start, end }, replacement }, sample) => {
  const name = path.relative(process.cwd(), fileName);
  const digest = createHash('sha256')
    .update(JSON.stringify([name, start, end, replacement]))
    .digest();
  return digest.readUInt32BE(0) < sample * 2 ** 32;
};

const isEndless = (error, { hitCount, hitLimit }) =>
  hitCount > hitLimit || error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Tries one mutant against the tests that cover it: it is done with at the first failure. */
const tryMutant = async (mutant, covering, hitsOf, spent, memories) => {
  const stryker = globalThis.__stryker__;
  try {
    for (const test of covering) {
      Object.assign(stryker, { activeMutant: mutant.id, hitCount: 0, hitLimit: 1000 + 100 * hitsOf(test) });
      // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time: all share one switch
      const error = await attempt(test, memories, longestFor(spent.get(test.id)));
      if (error !== null) return isEndless(error, stryker) ? 'Timeout' : 'Killed';
    }
    return 'Survived';
  } finally {
    Object.assign(stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
  }
};

/** Runs all tests once without a mutant: which mutants each comes upon how often, those come upon at load, and milliseconds by test. */
const cover = async (suites, texts) => {
  const stryker = (globalThis.__stryker__ = {});
  const memories = new Memories();
  const spent = new Map();
  for (const test of collect(await bundle(suites, texts), memories)) {
    stryker.currentTestId = test.id;
    const begun = performance.now();
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, or it could not be told which test covers what
    await holds(test, memories, LONGEST);
    spent.set(test.id, performance.now() - begun);
  }
  stryker.currentTestId = undefined;
  return { ...stryker.mutantCoverage, spent };
};

/**
 * Tries the mutants of some files against the tests of some folders, all in this process, because a table takes milliseconds where
 * starting jest takes seconds. Sound because these tests share nothing but what modules remember. Yields each mutant with its status:
 * `Killed`, `Timeout`, `Survived`, `NoCoverage`, `Untried` (not in the sample). What is worked out when a module is loaded, and what
 * `ignoreWords` leaves out, is not among them.
 */
export const tryMutants = async function* (files, folders, sample) {
  const { files: instrumented, mutants } = await instrument(files);
  const texts = new Map(instrumented.map(({ name, content }) => [name, content]));
  const suites = testFiles(folders);
  const { perTest = {}, static: atLoad = {}, spent } = await cover(suites, texts);
  const quickFirst = [...spent].sort(([, left], [, right]) => left - right).map(([id]) => id);
  for (const file of texts.keys()) {
    const tried = mutants.filter(({ fileName, status }) => fileName === file && status !== 'Ignored');
    const memories = new Memories();
    const alone = new Map([[file, uncounted(texts.get(file))]]);
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time: all share one switch
    const tests = new Map(collect(await bundle(suites, alone), memories).map((test) => [test.id, test]));
    const [quickest] = quickFirst;
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time: all share one switch
    await holds(tests.get(quickest), memories, longestFor(spent.get(quickest)));
    for (const mutant of tried) {
      const hitsOf = ({ id }) => perTest[id]?.[mutant.id] ?? 0;
      const covering = quickFirst.map((id) => tests.get(id)).filter((test) => hitsOf(test) > 0);
      if (covering.length === 0) {
        if (!atLoad[mutant.id]) yield { ...mutant, status: 'NoCoverage' };
      } else if (isChosen(mutant, sample)) {
        // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time: all share one switch
        yield { ...mutant, status: await tryMutant(mutant, covering, hitsOf, spent, memories) };
      } else yield { ...mutant, status: 'Untried' };
    }
  }
};
