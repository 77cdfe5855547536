import Table from 'cli-table3';
import { fuzz } from '../test/support/fuzz-run';
import { TARGETS } from '../test/support/fuzz-targets';

/** Feeds every parser with inputs made for it: `npm run fuzz [-- INPUTS [SEED]]`. Fails on a crash, a hang or a changed prototype. */
const main = (inputs: number, seed: number): void => {
  const table = new Table({
    head: ['target', 'inputs', 'seconds', 'worst ms', 'slow', 'crashes'],
    style: { head: [], border: [] },
  });
  let total = 0;
  const bad: string[] = [];
  for (const target of TARGETS) {
    const result = fuzz(target, Math.ceil(inputs * target.weight), seed);
    total += result.inputs;
    bad.push(...[...new Set([...result.crashes, ...result.slow])].map((what) => `${target.name}: ${what}`));
    table.push([
      target.name,
      result.inputs,
      result.seconds.toFixed(1),
      result.worstMs.toFixed(1),
      result.slow.length,
      result.crashes.length,
    ]);
  }
  console.log(table.toString());
  console.log(`${total} inputs, seed ${seed}`);
  for (const what of bad.slice(0, 20)) console.log(what);
  if (bad.length > 0) process.exitCode = 1;
};

main(Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 1));
