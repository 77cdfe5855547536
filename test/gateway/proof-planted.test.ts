import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildProof, PLANTED, runProof } from './proof/planted';

const SEED = '20261123';
/** Enough for these to be met with the seed; `npm run proof:planted` plants all, on more accounts. */
const RUNS = '400';
const QUICKLY_MET = 4;

const folder = mkdtempSync(path.join(tmpdir(), 'planted-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(PLANTED.slice(0, QUICKLY_MET).map((planted, index) => [planted.belief, planted, index] as const))(
  'the proof catches a gateway that believes: %s',
  async (_, planted, index) => {
    const bundle = path.join(folder, `${String(index)}.js`);
    await buildProof(planted, bundle);
    const { contradicted, said } = await runProof(bundle, [RUNS, SEED, '--no-shrink']);
    expect(contradicted).toBe(true);
    expect(said).toMatch(/a request gets in|no request gets in|no rule says why|is said to take no call/);
  },
);

test.each(PLANTED)('the text to break is there: $belief', async (planted) => {
  await expect(buildProof(planted, path.join(folder, 'check.js'))).resolves.toBeUndefined();
});

test('a fault that cannot be planted is an error, not a proof', async () => {
  const lost = { belief: 'nothing', file: 'lambda/gateway/route.ts', right: 'not there', wrong: '' };
  await expect(buildProof(lost, path.join(folder, 'lost.js'))).rejects.toThrow('exactly once');
});
