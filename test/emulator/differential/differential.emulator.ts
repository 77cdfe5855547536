import { openDifferential, tallyText } from './open-differential';
import { partings } from './partings';

const SEED = 20_261_128;
const CALLS = 200;

test(`the gateway decides ${CALLS} calls as MiniStack answers them, known partings aside`, async () => {
  const differential = await openDifferential(CALLS, SEED);
  process.stdout.write(`${tallyText(differential)}\n`);
  expect(differential.failure).toBeNull();
  expect(differential.calls).toBeGreaterThanOrEqual(CALLS);
  // A comparison that hardly ever meets an answer of ours proves nothing.
  expect(differential.tally.get('agreed') ?? 0).toBeGreaterThan(CALLS / 2);
}, 600_000);

test('each parting names its fact', () => {
  expect(partings.filter(({ fact }) => !/^[A-Z]{3}-\d+$/.test(fact))).toEqual([]);
});
