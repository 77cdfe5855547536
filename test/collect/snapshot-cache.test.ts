import { openRegion } from '../../lambda/collect/live';
import type { SnapshotStore } from '../../lambda/collect/snapshot-cache';
import { gatherAccount } from '../../lambda/gather-account';
import type { Account } from '../../lambda/model/account';
import type { ReadStats } from '../../lambda/source';
import type { SandboxAccount } from '../../sandbox/account-file';
import { startInProcess } from '../../sandbox/in-process';
import { UNPACED } from '../support/hostile';
import { ACCOUNT, ACCOUNT_ID, REGION, SECRETS } from './live-account';

/** A bucket that remembers what was asked of it. */
class MemoryStore implements SnapshotStore {
  readonly objects = new Map<string, string>();
  reads = 0;

  read(key: string): Promise<string | null> {
    this.reads += 1;
    return Promise.resolve(this.objects.get(key) ?? null);
  }

  write(key: string, text: string): Promise<void> {
    this.objects.set(key, text);
    return Promise.resolve();
  }
}

interface Read {
  readonly account: Account;
  readonly stats: ReadStats;
  /** Deployments and exports that were asked for. */
  readonly asked: number;
}

const CHANGED = '2026-02-01T00:00:00Z';

/** The account with stages that AWS dates; `change` alters the API that has everything. */
const accountWith = (change: (api: Record<string, unknown>) => void = () => undefined): SandboxAccount => {
  const account = structuredClone(ACCOUNT);
  for (const api of account.regions[REGION]?.restApis ?? []) {
    for (const stage of api.stages ?? []) Object.assign(stage, { lastUpdatedDate: CHANGED });
    if (api['id'] === 'orders0001') change(api);
  }
  return account;
};

const stagesOf = (api: Record<string, unknown>): Record<string, unknown>[] =>
  api['stages'] as Record<string, unknown>[];

const readWith = async (
  snapshots: SnapshotStore,
  account = accountWith(),
  now = '2026-03-01T00:00:00Z',
): Promise<Read> => {
  const sandbox = startInProcess({ account });
  const source = openRegion({
    region: REGION,
    accountId: account.accountId,
    partition: 'aws',
    scannedRegions: [REGION, 'eu-central-1'],
    clock: () => new Date(now),
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    requestHandler: sandbox.requestHandler,
    pacerOf: () => UNPACED,
    snapshots,
  });
  const read = await gatherAccount(source);
  return {
    account: read,
    stats: source.stats(),
    asked: sandbox.calls.filter(({ operation }) => ['GetDeployment', 'GetExport'].includes(operation)).length,
  };
};

/** Fills a store, and tells what that took. */
const filled = async (): Promise<{ readonly store: MemoryStore; readonly first: Read }> => {
  const store = new MemoryStore();
  return { store, first: await readWith(store) };
};

/** Two deployments with an export, one of a canary; one that cannot be exported and one that is on no stage are asked for each time. */
const ALL = 6;
const UNKEPT = 3;

test('each deployment is read once, and the account is the same', async () => {
  const { store, first } = await filled();
  expect(first.asked).toBe(ALL);
  expect(first.stats.cachedDeployments).toBe(0);
  const second = await readWith(store);
  expect(second.asked).toBe(UNKEPT);
  expect(second.account).toEqual(first.account);
  expect(second.stats.cachedDeployments).toBe(2);
  // What was not asked is not needed either.
  expect(second.stats.awsCalls).toBe(first.stats.awsCalls - ALL + UNKEPT);
  expect(second.stats.minimumCalls).toBe(second.stats.awsCalls);
});

test('kept by region, API, stage and deployment, and without a secret', async () => {
  const { store } = await filled();
  expect([...store.objects.keys()].sort()).toEqual([
    'deployments/eu-west-1/orders0001/copy/dep001.json',
    'deployments/eu-west-1/orders0001/prod/dep002.json',
  ]);
  const all = [...store.objects.values()].join('\n');
  expect(all).not.toContain('PLANTED');
  for (const secret of Object.values(SECRETS)) expect(all).not.toContain(secret);
});

describe('is read again', () => {
  test.each<[string, (text: string) => string]>([
    ['what was cut', (text) => text.slice(0, -20)],
    ['what is no JSON', () => 'x'],
    ['what is another thing', () => '{}'],
    ['what was changed', (text) => text.replace('COGNITO_USER_POOLS', 'NONE')],
    ['what another version kept', (text) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0"')],
    ['what another account kept', (text) => text.replaceAll(ACCOUNT_ID, '999988887777')],
  ])('%s', async (_, spoil) => {
    const { store, first } = await filled();
    for (const [key, text] of store.objects) store.objects.set(key, spoil(text));
    const second = await readWith(store);
    expect(second.account).toEqual(first.account);
    expect(second.asked).toBeGreaterThan(UNKEPT);
    // And kept as it should be.
    expect((await readWith(store)).asked).toBe(UNKEPT);
  });

  test('what lies in the place of another', async () => {
    const { store, first } = await filled();
    const [one, other] = [...store.objects.keys()];
    store.objects.set(String(one), store.objects.get(String(other)) ?? '');
    const second = await readWith(store);
    expect(second.account).toEqual(first.account);
    expect(second.stats.cachedDeployments).toBe(1);
  });

  test.each<[string, (api: Record<string, unknown>) => void]>([
    [
      'after the stage changed: the export may have shown what it served in between',
      (api) =>
        stagesOf(api).forEach((stage) => Object.assign(stage, { lastUpdatedDate: '2026-02-02T00:00:00Z' })),
    ],
    [
      'when AWS does not date the stage',
      (api) => stagesOf(api).forEach((stage) => delete stage['lastUpdatedDate']),
    ],
    [
      'when the draft has another policy: an export may show that of the draft',
      (api) => Object.assign(api, { policyDocument: { Version: '2012-10-17', Statement: [] } }),
    ],
    [
      'when the draft has other authorizers',
      (api) => Object.assign(api, { authorizers: (api['authorizers'] as object[]).slice(1) }),
    ],
    [
      'when the draft has other gateway responses',
      (api) =>
        Object.assign(api, { gatewayResponses: [{ responseType: 'UNAUTHORIZED', statusCode: '418' }] }),
    ],
  ])('%s', async (_, change) => {
    const { store } = await filled();
    const second = await readWith(store, accountWith(change));
    expect(second.asked).toBe(ALL);
    expect(second.account).toEqual((await readWith(new MemoryStore(), accountWith(change))).account);
  });
});

test('a stage that has just changed is kept by a later run', async () => {
  const store = new MemoryStore();
  const atOnce = new Date(Date.parse(CHANGED) + 30_000).toISOString();
  await readWith(store, accountWith(), atOnce);
  expect(store.objects.size).toBe(0);
});

test('a canary that becomes its stage is exported then', async () => {
  const { store } = await filled();
  const promoted = accountWith((api) => {
    for (const stage of stagesOf(api)) {
      const canary = stage['canarySettings'] as { deploymentId?: string } | undefined;
      if (canary?.deploymentId === undefined) continue;
      stage['deploymentId'] = canary.deploymentId;
      delete stage['canarySettings'];
    }
  });
  const second = await readWith(store, promoted);
  expect(second.account).toEqual((await readWith(new MemoryStore(), promoted)).account);
});

test.each(['read', 'write'] as const)(
  'a store that fails to %s costs nothing but the calls',
  async (which) => {
    const { first } = await filled();
    let failures = 0;
    const fail = (): Promise<never> => {
      failures += 1;
      return Promise.reject(new Error('reading: AccessDenied'));
    };
    const store = Object.assign(new MemoryStore(), { [which]: fail });
    const second = await readWith(store);
    expect(second.account).toEqual(first.account);
    expect(second.asked).toBe(ALL);
    // APIs are read side by side, so a few ask before the first failure is known; none after it.
    expect(failures).toBeLessThanOrEqual(3);
  },
);
