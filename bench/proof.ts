import fc from 'fast-check';
import { contradictions, type Tally } from '../test/gateway/proof/agree';
import { accounts } from '../test/gateway/proof/generate';

// Usage: npm run proof [-- RUNS [SEED]]. The same property as test/gateway/proof.test.ts, on many more accounts.
const [runs = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const tally: Tally = new Map();
const started = performance.now();

console.log(`${runs} accounts, seed ${seed}`);
const result = fc.check(
  fc.property(accounts, (account) => {
    const found = contradictions(account, tally);
    if (found.length > 0) throw new Error(found.join('\n'));
  }),
  { seed: Number(seed), numRuns: Number(runs) },
);

for (const [what, times] of [...tally].sort((left, right) => right[1] - left[1])) {
  console.log(`${String(times).padStart(9)} ${what}`);
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${String(result.numRuns)} accounts in ${String(seconds)} s`);
if (result.failed) {
  console.error(fc.defaultReportMessage(result) ?? 'failed');
  process.exitCode = 1;
} else console.log('no contradiction');
