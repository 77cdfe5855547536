import { openRegion } from '../../lambda/collect/live';
import { gatherAccount } from '../../lambda/gather-account';
import type { ReadStats } from '../../lambda/source';
import { startInProcess, type InProcess } from '../../sandbox/in-process';
import type { SandboxOptions } from '../../sandbox/endpoint';
import { UNPACED } from '../support/hostile';
import { LARGE_ACCOUNT_ID, LARGE_REGION, largeAccount, type AccountSize } from '../support/large-account';
import { sizesOf } from '../support/large-sizes';
import { fewestCalls } from '../support/limits';

const read = async (
  size: AccountSize,
  options: Partial<SandboxOptions> = {},
): Promise<{ readonly stats: ReadStats; readonly sandbox: InProcess }> => {
  const sandbox = startInProcess({ account: largeAccount(size), ...options });
  const source = openRegion({
    region: LARGE_REGION,
    accountId: LARGE_ACCOUNT_ID,
    partition: 'aws',
    scannedRegions: [LARGE_REGION],
    clock: () => new Date('2026-03-01T00:00:00Z'),
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    requestHandler: sandbox.requestHandler,
    pacerOf: () => UNPACED,
  });
  await gatherAccount(source);
  return { stats: source.stats(), sandbox };
};

test.each<[string, AccountSize]>([
  ['no API', { apis: 0, resources: 1, stages: 0 }],
  ['one', { apis: 1, resources: 2, stages: 1 }],
  ['more APIs than a page holds', { apis: 501, resources: 1, stages: 0 }],
  ['more resources than a page holds', { apis: 3, resources: 1001, stages: 2 }],
  ['stages that share a deployment', { apis: 60, resources: 3, stages: 3, shared: true }],
])('%s: attempts, minimum and formula are one number', async (_, size) => {
  const { stats, sandbox } = await read(size);
  const needed = fewestCalls(sizesOf(size));
  expect(stats.minimumCalls).toBe(needed);
  expect(stats.awsCalls).toBe(needed);
  expect(sandbox.calls).toHaveLength(needed);
});

test('retries and small pages cost attempts and move no minimum', async () => {
  const size = { apis: 5, resources: 20, stages: 1 };
  const paged = await read(size, { pageSize: 10 });
  expect(paged.stats.minimumCalls).toBe(fewestCalls(sizesOf(size)));
  expect(paged.stats.awsCalls).toBe(paged.stats.minimumCalls + size.apis);
  const failing = await read(size, {
    faults: { seed: 3, serverError: 0.2, operations: ['GetStages', 'GetExport'] },
  });
  expect(failing.stats.minimumCalls).toBe(fewestCalls(sizesOf(size)));
  expect(failing.stats.awsCalls).toBeGreaterThan(failing.stats.minimumCalls);
});
