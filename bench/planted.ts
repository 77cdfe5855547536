import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildProof, PLANTED, runProof } from '../test/gateway/proof/planted';

// Usage: npm run proof:planted [-- [RUNS [SEED]]]. Plants one fault after another in the gateway and runs the proof on it: a fault that
// the proof does not catch, or a sound gateway that it does not pass, is a failure.
const [runs = '2000', seed = '20261123'] = process.argv.slice(2);

/** The contradictions and, from the shrunk account, what is about the API; the rest is in what `npm run proof` shows. */
const shorten = (said: string): string =>
  said
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .map((line) => (line.length > 1500 ? `${line.slice(0, 1500)}…` : line))
    .join('\n');

const main = async (): Promise<number> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'proof-'));
  let missed = 0;
  try {
    for (const [index, planted] of [null, ...PLANTED].entries()) {
      const bundle = path.join(folder, `${String(index)}.js`);
      await buildProof(planted, bundle);
      const { contradicted, said } = await runProof(bundle, [runs, seed]);
      const wanted = planted !== null;
      if (contradicted !== wanted) missed += 1;
      console.log(planted === null ? 'as it is' : `\nplanted in ${planted.file}: ${planted.belief}`);
      console.log(contradicted ? `caught:\n${shorten(said)}` : `no contradiction on ${runs} accounts`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(
    `\n${String(PLANTED.length)} faults planted, ${missed === 0 ? 'all caught' : `${String(missed)} answers not as they should be`}`,
  );
  return missed === 0 ? 0 : 1;
};

void main().then((code) => {
  process.exitCode = code;
});
