import fc from 'fast-check';
import { contradictions, type Tally } from './proof/agree';
import { accounts } from './proof/generate';

const SEED = 20_261_123;
const RUNS = 2_000;

test(`gateway, reach and rules agree on ${String(RUNS)} accounts (seed ${String(SEED)})`, () => {
  const tally: Tally = new Map();
  fc.assert(
    fc.property(accounts, (account) => {
      expect(contradictions(account, tally)).toEqual([]);
    }),
    { seed: SEED, numRuns: RUNS },
  );
  // A proof that never meets a case proves nothing of it.
  for (const met of ['reachable, some-admitted', 'unreachable, all-refused', 'cannot-tell, not-certain']) {
    expect(tally.get(met) ?? 0).toBeGreaterThan(100);
  }
});
