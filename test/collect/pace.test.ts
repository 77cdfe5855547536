import { makePacer, pacerPerRegion, type Pacer } from '../../lambda/collect/pace';
import type { Operation } from '../../lambda/collect/permissions';
import { SimulatedTime } from './simulated-time';

interface Started {
  readonly operation: Operation;
  readonly at: number;
  readonly tag: string;
}

class Traffic {
  readonly time = new SimulatedTime();
  readonly started: Started[] = [];
  readonly pacer: Pacer;

  constructor(share: number) {
    this.pacer = makePacer(share, this.time);
  }

  async call(operation: Operation, of?: string, tag = ''): Promise<void> {
    await this.pacer.take(operation, of);
    this.started.push({ operation, at: this.time.now(), tag });
  }

  calls(count: number, operation: Operation, of?: string): void {
    for (let n = 0; n < count; n += 1) void this.call(operation, of, String(n));
  }

  /** Seconds at which the last call started. */
  get last(): number {
    return Math.max(...this.started.map(({ at }) => at)) / 1000;
  }
}

/** Whether calls as they started fit a bucket of AWS's own, full at first. */
const fits = (started: readonly Started[], rate: number, burst: number): boolean => {
  let tokens = burst;
  let at = 0;
  return [...started]
    .sort((a, b) => a.at - b.at)
    .every((call) => {
      tokens = Math.min(burst, tokens + ((call.at - at) / 1000) * rate);
      at = call.at;
      tokens -= 1;
      return tokens > -1e-6;
    });
};

const API_CALLS: readonly Operation[] = [
  'GetResources',
  'GetStages',
  'GetAuthorizers',
  'GetGatewayResponses',
  'GetDeployment',
  'GetExport',
];

/** limits.md's floor: seconds for all calls, and for GetResources, at a share of the quota. */
const floor = (calls: number, resources: number, share: number): number =>
  Math.max((calls - 40 * share) / (10 * share), (resources - 5 * share) / (2.5 * share));

describe('API Gateway', () => {
  test.each([
    ['GetResources binds', 120, API_CALLS.slice(0, 3), 1],
    ['near balance', 120, API_CALLS.slice(0, 4), 1],
    ['the total binds', 120, API_CALLS, 1],
    ['the total binds, at 80 %', 120, API_CALLS, 0.8],
    ['GetResources binds, at 80 %', 120, API_CALLS.slice(0, 2), 0.8],
  ])('%s: within 2 %% of the floor, and never above the quota', async (_, apis, operations, share) => {
    const traffic = new Traffic(share);
    const readApi = async (): Promise<void> => {
      await Promise.all(
        operations.map(async (operation) => {
          await traffic.call(operation);
          await traffic.time.sleep(250);
        }),
      );
    };
    // As the live source does: a window over the APIs.
    const queue = Array.from({ length: apis }, () => readApi);
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next();
    };
    const workers = Promise.all(Array.from({ length: 8 }, worker));
    await traffic.time.run();
    await workers;
    const resources = traffic.started.filter(({ operation }) => operation === 'GetResources');
    expect(traffic.started).toHaveLength(apis * operations.length);
    const ideal = floor(traffic.started.length, resources.length, share);
    expect(traffic.last).toBeGreaterThanOrEqual(ideal * 0.999);
    expect(traffic.last).toBeLessThanOrEqual(ideal * 1.02 + 0.25);
    expect(fits(traffic.started, 10 * share, 40 * share)).toBe(true);
    expect(fits(resources, 2.5 * share, 5 * share)).toBe(true);
  });

  test('a scarce call does not wait behind cheap ones', async () => {
    const traffic = new Traffic(1);
    traffic.calls(200, 'GetStages');
    traffic.calls(10, 'GetResources');
    await traffic.time.run();
    const resources = traffic.started.filter(({ operation }) => operation === 'GetResources');
    expect(Math.max(...resources.map(({ at }) => at)) / 1000).toBeLessThan(5 / 2.5 + 0.2);
  });

  test('a cheap call does not wait behind scarce ones', async () => {
    const traffic = new Traffic(1);
    traffic.calls(50, 'GetResources');
    traffic.calls(5, 'GetStages');
    await traffic.time.run();
    const stages = traffic.started.filter(({ operation }) => operation === 'GetStages');
    expect(Math.max(...stages.map(({ at }) => at))).toBe(0);
  });

  test('first come, first served', async () => {
    const traffic = new Traffic(1);
    traffic.calls(100, 'GetExport');
    await traffic.time.run();
    expect(traffic.started.map(({ tag }) => Number(tag))).toEqual(Array.from({ length: 100 }, (_, n) => n));
    const mixed = new Traffic(1);
    for (let n = 0; n < 60; n += 1) {
      void mixed.call(n % 2 === 0 ? 'GetStages' : 'GetAuthorizers', undefined, String(n));
    }
    await mixed.time.run();
    expect(mixed.started.map(({ tag }) => Number(tag))).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });
});

describe('throttling', () => {
  test('empties what the call drew from', async () => {
    const traffic = new Traffic(1);
    traffic.pacer.throttled('GetStages');
    traffic.calls(1, 'GetStages');
    traffic.calls(1, 'DescribeUserPool');
    await traffic.time.run();
    expect(traffic.started).toEqual([
      { operation: 'DescribeUserPool', at: 0, tag: '0' },
      { operation: 'GetStages', at: 100, tag: '0' },
    ]);
  });

  test('while calls wait, it delays them', async () => {
    const traffic = new Traffic(1);
    traffic.calls(42, 'GetStages');
    traffic.time.after(150, () => traffic.pacer.throttled('GetStages'));
    await traffic.time.run();
    expect(traffic.started.slice(-2).map(({ at }) => at)).toEqual([100, 250]);
  });
});

describe('other services', () => {
  test.each<[string, number, Operation, string | undefined, number]>([
    ['user pools', 45, 'DescribeUserPool', undefined, 2],
    ['app clients of one pool', 25, 'DescribeUserPoolClient', 'pool', 4],
    ['resource servers of one pool', 15, 'ListResourceServers', 'pool', 2],
    ['function policies', 45, 'GetPolicy', undefined, 2],
    ['web ACLs', 15, 'GetWebACL', undefined, 2],
  ])('%s', async (_, count, operation, of, seconds) => {
    const traffic = new Traffic(1);
    traffic.calls(count, operation, of);
    await traffic.time.run();
    expect(traffic.last).toBeCloseTo(seconds, 1);
  });

  test('many pools fill the quota of the account, each within its own', async () => {
    const traffic = new Traffic(1);
    for (const pool of ['a', 'b', 'c', 'd', 'e', 'f']) traffic.calls(20, 'DescribeUserPoolClient', pool);
    await traffic.time.run();
    const ideal = (120 - 15) / 15;
    expect(traffic.last).toBeGreaterThanOrEqual(ideal - 0.01);
    // In order of arrival the last pool is left alone for a moment, at its own rate.
    expect(traffic.last).toBeLessThanOrEqual(ideal + 0.6);
    expect(fits(traffic.started, 15, 15)).toBe(true);
  });

  test('one pool does not hold up another', async () => {
    const traffic = new Traffic(1);
    traffic.calls(50, 'DescribeUserPoolClient', 'large');
    void traffic.call('DescribeUserPoolClient', 'small', 'small');
    await traffic.time.run();
    expect(traffic.started.find(({ tag }) => tag === 'small')?.at).toBe(0);
  });

  test('who we are is asked at once', async () => {
    const traffic = new Traffic(0.01);
    traffic.calls(20, 'GetCallerIdentity');
    await traffic.time.run();
    expect(traffic.last).toBe(0);
  });
});

test('a small share still lets calls through', async () => {
  const traffic = new Traffic(0.01);
  traffic.calls(3, 'GetResources');
  await traffic.time.run();
  expect(traffic.last).toBeCloseTo(2 / 0.025, 1);
});

test.each([0, -1, 1.1, Number.NaN])('a share of %s is refused', (share) => {
  expect(() => makePacer(share)).toThrow(RangeError);
});

test('one pacer a region', () => {
  const pacerOf = pacerPerRegion(1);
  expect(pacerOf('eu-west-1')).toBe(pacerOf('eu-west-1'));
  expect(pacerOf('eu-west-1')).not.toBe(pacerOf('us-east-1'));
});
