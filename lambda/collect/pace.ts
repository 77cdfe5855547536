import type { Operation } from './permissions';

/** Lets calls through no faster than AWS's quotas allow. One for each account and region. */
export interface Pacer {
  /** Resolves when the call may start. `of` names the user pool, for quotas that AWS counts per pool. */
  take(operation: Operation, of?: string): Promise<void>;
  /** AWS asked to slow down: whatever the call drew from is empty now. */
  throttled(operation: Operation, of?: string): void;
}

/** Time in milliseconds, from any start. */
export interface Timers {
  now(): number;
  after(milliseconds: number, run: () => void): void;
}

const REAL_TIME: Timers = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    setTimeout(run, milliseconds);
  },
};

/** Calls per second, and how many at once. */
interface Quota {
  readonly rate: number;
  readonly burst: number;
}

/** limits.html of API Gateway, the Cognito quota page, the Lambda quota page, the WAF quota page; CloudFront publishes none. */
const QUOTAS = {
  gateway: { rate: 10, burst: 40 },
  gatewayResources: { rate: 2.5, burst: 5 },
  poolRead: { rate: 15, burst: 15 },
  poolClientRead: { rate: 15, burst: 15 },
  poolResourceRead: { rate: 20, burst: 20 },
  lambdaPolicy: { rate: 15, burst: 15 },
  lambda: { rate: 15, burst: 15 },
  waf: { rate: 5, burst: 5 },
  ec2: { rate: 20, burst: 100 },
  cloudFront: { rate: 5, burst: 5 },
} as const satisfies Readonly<Record<string, Quota>>;
type QuotaName = keyof typeof QUOTAS;

/** Within the account's quota, Cognito grants each pool this much of one operation. */
const PER_POOL: Quota = { rate: 5, burst: 5 };

const DRAWS: Readonly<Record<Operation, readonly QuotaName[]>> = {
  GetRestApis: ['gateway'],
  GetRestApi: ['gateway'],
  GetResources: ['gatewayResources', 'gateway'],
  GetAuthorizers: ['gateway'],
  GetGatewayResponses: ['gateway'],
  GetStages: ['gateway'],
  GetDeployments: ['gateway'],
  GetDeployment: ['gateway'],
  GetExport: ['gateway'],
  GetUsagePlans: ['gateway'],
  GetUsagePlanKeys: ['gateway'],
  GetApiKeys: ['gateway'],
  GetDomainNames: ['gateway'],
  GetBasePathMappings: ['gateway'],
  // The second version's operations stand in the same quota table.
  GetApiMappings: ['gateway'],
  ListRoutingRules: ['gateway'],
  GetDomainNameAccessAssociations: ['gateway'],
  GetApis: ['gateway'],
  GetAccount: ['gateway'],
  DescribeUserPool: ['poolRead'],
  ListUserPoolClients: ['poolClientRead'],
  DescribeUserPoolClient: ['poolClientRead'],
  ListResourceServers: ['poolResourceRead'],
  ListIdentityProviders: ['poolResourceRead'],
  DescribeUserPoolDomain: ['poolResourceRead'],
  GetFunctionConfiguration: ['lambda'],
  GetPolicy: ['lambdaPolicy'],
  GetFunctionConcurrency: ['lambda'],
  GetWebACL: ['waf'],
  DescribeVpcEndpoints: ['ec2'],
  ListDistributions: ['cloudFront'],
  GetCachePolicy: ['cloudFront'],
  GetOriginRequestPolicy: ['cloudFront'],
  GetCallerIdentity: [],
  DescribeRegions: ['ec2'],
  TestInvokeAuthorizer: ['gateway'],
  AdminGetUser: ['poolRead'],
};

const PACED_PER_POOL: ReadonlySet<QuotaName> = new Set(['poolClientRead', 'poolResourceRead']);

/** Rounding of clocks must not cost a whole wake-up. */
const NEARLY_ONE = 1 - 1e-9;

class Bucket {
  private tokens: number;
  private readonly perMillisecond: number;
  private readonly burst: number;

  constructor(
    { rate, burst }: Quota,
    share: number,
    private at: number,
  ) {
    this.perMillisecond = (rate * share) / 1000;
    this.burst = Math.max(1, burst * share);
    this.tokens = this.burst;
  }

  get scarcity(): number {
    return this.perMillisecond;
  }

  /** Milliseconds until a call fits. */
  waitAt(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + (now - this.at) * this.perMillisecond);
    this.at = now;
    return this.tokens >= NEARLY_ONE ? 0 : (1 - this.tokens) / this.perMillisecond;
  }

  take(): void {
    this.tokens -= 1;
  }

  empty(): void {
    this.tokens = Math.min(this.tokens, 0);
  }
}

/** Calls that draw from the same buckets, in the order in which they came. */
interface Lane {
  readonly buckets: readonly Bucket[];
  readonly scarcity: number;
  readonly waiting: { readonly order: number; readonly go: () => void }[];
}

/**
 * One dispatcher over all buckets. A call takes everything it needs at once or waits, so that no token is held by a call that
 * waits for another; the scarcest lane goes first, because its quota is lost when idle, and equal lanes in order of arrival.
 */
class JointPacer implements Pacer {
  private readonly buckets = new Map<string, Bucket>();
  private readonly lanes = new Map<string, Lane>();
  private arrivals = 0;
  private wakeAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly share: number,
    private readonly timers: Timers,
  ) {}

  take(operation: Operation, of?: string): Promise<void> {
    const buckets = this.bucketsOf(operation, of);
    if (buckets.length === 0) return Promise.resolve();
    return new Promise((go) => {
      const key = `${operation} ${of ?? ''}`;
      const lane = this.lanes.get(key) ?? {
        buckets,
        scarcity: Math.min(...buckets.map(({ scarcity }) => scarcity)),
        waiting: [],
      };
      this.lanes.set(key, lane);
      this.arrivals += 1;
      lane.waiting.push({ order: this.arrivals, go });
      this.dispatch();
    });
  }

  throttled(operation: Operation, of?: string): void {
    const now = this.timers.now();
    for (const bucket of this.bucketsOf(operation, of)) {
      bucket.waitAt(now);
      bucket.empty();
    }
  }

  private bucketsOf(operation: Operation, of: string | undefined): readonly Bucket[] {
    return DRAWS[operation].flatMap((name) => {
      const shared = this.bucket(name, QUOTAS[name]);
      if (of === undefined || !PACED_PER_POOL.has(name)) return [shared];
      return [this.bucket(`${operation} ${of}`, PER_POOL), shared];
    });
  }

  private bucket(name: string, quota: Quota): Bucket {
    const bucket = this.buckets.get(name) ?? new Bucket(quota, this.share, this.timers.now());
    this.buckets.set(name, bucket);
    return bucket;
  }

  private nextLane(now: number): Lane | null {
    let best: Lane | null = null;
    for (const lane of this.lanes.values()) {
      if (lane.buckets.some((bucket) => bucket.waitAt(now) > 0)) continue;
      const before =
        best === null ||
        lane.scarcity < best.scarcity ||
        (lane.scarcity === best.scarcity && orderOf(lane) < orderOf(best));
      if (before) best = lane;
    }
    return best;
  }

  private dispatch(): void {
    const now = this.timers.now();
    for (let lane = this.nextLane(now); lane !== null; lane = this.nextLane(now)) {
      for (const bucket of lane.buckets) bucket.take();
      lane.waiting.shift()?.go();
      if (lane.waiting.length === 0) this.forget(lane);
    }
    this.sleep(now);
  }

  private forget(lane: Lane): void {
    for (const [key, known] of this.lanes) if (known === lane) this.lanes.delete(key);
  }

  private sleep(now: number): void {
    let soonest = Number.POSITIVE_INFINITY;
    for (const { buckets } of this.lanes.values()) {
      soonest = Math.min(soonest, Math.max(...buckets.map((bucket) => bucket.waitAt(now))));
    }
    if (soonest === Number.POSITIVE_INFINITY || now + soonest >= this.wakeAt) return;
    this.wakeAt = now + soonest;
    this.timers.after(soonest, () => {
      this.wakeAt = Number.POSITIVE_INFINITY;
      this.dispatch();
    });
  }
}

const orderOf = (lane: Lane): number => lane.waiting[0]?.order ?? Number.POSITIVE_INFINITY;

/** @param share Part of the quota that we take; the rest is left to the account's own tools. */
export const makePacer = (share = 0.8, timers: Timers = REAL_TIME): Pacer => {
  if (!(share > 0 && share <= 1)) throw new RangeError('the share of the quota must lie between 0 and 1');
  return new JointPacer(share, timers);
};

/** One pacer a region: a pool in another region is read at that region's expense. */
export const pacerPerRegion = (share?: number, timers?: Timers): ((region: string) => Pacer) => {
  const pacers = new Map<string, Pacer>();
  return (region) => {
    const pacer = pacers.get(region) ?? makePacer(share, timers);
    pacers.set(region, pacer);
    return pacer;
  };
};
