import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { contradictions, type Tally } from '../test/gateway/proof/agree';
import { accounts } from '../test/gateway/proof/generate';

// Usage: npm run proof [-- [RUNS [SEED]] [--no-shrink]]. The same property as test/gateway/proof.test.ts, on many more accounts.
// Exit code 1: a contradiction was found; 2: the proof itself failed.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-shrink': { type: 'boolean', default: false } },
});
const [runs = '100000', seed = String(Date.now() % 2 ** 31)] = positionals;
const tally: Tally = new Map();
const started = performance.now();

/** What is wrong with an account, apart from a failure of the proof itself. */
class Contradiction extends Error {}

console.log(`${runs} accounts, seed ${seed}`);
const result = fc.check(
  fc.property(accounts, (account) => {
    const found = contradictions(account, tally);
    if (found.length > 0) throw new Contradiction(found.join('\n'));
  }),
  { seed: Number(seed), numRuns: Number(runs), endOnFailure: values['no-shrink'] },
);

for (const [what, times] of [...tally].sort((left, right) => right[1] - left[1])) {
  console.log(`${String(times).padStart(9)} ${what}`);
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${String(result.numRuns)} accounts in ${String(seconds)} s`);
if (result.failed) {
  console.error(fc.defaultReportMessage(result) ?? 'failed');
  console.error(result.errorInstance instanceof Error ? result.errorInstance.message : '');
  process.exitCode = result.errorInstance instanceof Contradiction ? 1 : 2;
} else console.log('no contradiction');
