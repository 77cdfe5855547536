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

/** Calls until one is admitted, as a client does that goes back into the queue. */
class Contended {
  readonly time = new SimulatedTime();
  readonly refused: number[] = [];
  readonly admitted: number[] = [];
  readonly pacer = makePacer(0.8, this.time);
  private tokens = 40;
  private at = 0;

  /** AWS's own bucket, for everybody. */
  admits(): boolean {
    const now = this.time.now();
    this.tokens = Math.min(40, this.tokens + ((now - this.at) / 1000) * 10);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  async call(): Promise<void> {
    for (;;) {
      await this.pacer.take('GetStages');
      if (this.admits()) break;
      this.refused.push(this.time.now());
      this.pacer.throttled('GetStages');
    }
    this.admitted.push(this.time.now());
  }

  /** Another tool that takes what it can get, so many calls a second, from one second to another. */
  others(perSecond: number, from: number, to: number): void {
    for (let at = from * 1000; at < to * 1000; at += 1000 / perSecond) {
      this.time.after(at, () => void this.admits());
    }
  }
}

/** How many of these moments lie between two seconds. */
const within = (times: readonly number[], from: number, to: number): number =>
  times.filter((at) => at >= from * 1000 && at < to * 1000).length;

describe('throttling', () => {
  test('empties what the call drew from', async () => {
    const traffic = new Traffic(1);
    traffic.pacer.throttled('GetStages');
    traffic.calls(1, 'GetStages');
    traffic.calls(1, 'DescribeUserPool');
    await traffic.time.run();
    expect(traffic.started.map(({ operation }) => operation)).toEqual(['DescribeUserPool', 'GetStages']);
    expect(traffic.started[0]?.at).toBe(0);
    // A tenth of a second at the full rate; the refusal leaves 70 % of it.
    expect(traffic.started[1]?.at).toBeGreaterThan(130);
    expect(traffic.started[1]?.at).toBeLessThan(150);
  });

  test('while calls wait, it delays them', async () => {
    const traffic = new Traffic(1);
    traffic.calls(42, 'GetStages');
    traffic.time.after(150, () => traffic.pacer.throttled('GetStages'));
    await traffic.time.run();
    const [before, after] = traffic.started.slice(-2).map(({ at }) => at);
    expect(before).toBe(100);
    expect(after).toBeGreaterThan(250);
  });

  test('slows the scarcest bucket alone, and other services not at all', async () => {
    const traffic = new Traffic(1);
    for (let second = 0; second < 5; second += 1) {
      traffic.time.after(second * 1000, () => traffic.pacer.throttled('GetResources'));
    }
    traffic.time.after(5000, () => {
      traffic.calls(20, 'GetResources');
      traffic.calls(100, 'GetStages');
    });
    await traffic.time.run();
    const last = (name: Operation): number =>
      Math.max(...traffic.started.filter(({ operation }) => operation === name).map(({ at }) => at));
    // 120 calls at ten a second and a bucket that is nearly full again.
    expect(last('GetStages') - 5000).toBeLessThan(11_000);
    // 20 calls at 2.5 a second would take six seconds from a full bucket.
    expect(last('GetResources') - 5000).toBeGreaterThan(8_000);
  });

  test('gives way to others while they are there, and takes its share again when they have gone', async () => {
    const contended = new Contended();
    contended.others(7, 10, 100);
    const all = Promise.all(Array.from({ length: 1200 }, () => contended.call()));
    await contended.time.run();
    await all;
    expect(contended.admitted).toHaveLength(1200);
    // Without giving way every second call would be refused: 8 a second where 3 are left.
    expect(within(contended.refused, 10, 100) / within(contended.admitted, 10, 100)).toBeLessThan(0.25);
    expect(within(contended.refused, 101, 1000)).toBe(0);
    expect(within(contended.admitted, 145, 155)).toBe(80);
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
