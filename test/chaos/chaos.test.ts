import { runChaos, undisturbed } from '../support/chaos-run';

let baseline: Awaited<ReturnType<typeof undisturbed>>;
beforeAll(async () => {
  baseline = await undisturbed();
});

test('there is something to lose', () => {
  expect(baseline.whole.findings.length).toBeGreaterThan(40);
  expect(baseline.deleted.findings.length).toBeLessThan(baseline.whole.findings.length);
});

test.each([
  [1, 0.1],
  [2, 0.1],
  [3, 0.3],
  [4, 0.3],
  [5, 0.5],
  [6, 0.5],
])('seed %i, %d of all calls failing: nothing is invented or lost without a word', async (seed, rate) => {
  const run = await runChaos(baseline, seed, rate);
  expect(run).toMatchObject({ ended: true, invented: [], lost: [], crashed: [] });
  expect(run.covered).toBeGreaterThan(0);
});
