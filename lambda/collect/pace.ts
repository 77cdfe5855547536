import type { Operation } from './permissions';
import { DRAWS, PACED_PER_POOL, PER_POOL, QUOTAS, type Quota } from './quotas';

/** Lets calls through no faster than AWS's quotas allow. One for each account and region. */
export interface Pacer {
  /** Resolves when the call may start. `of` names the user pool, for quotas that AWS counts per pool. */
  take(operation: Operation, of?: string): Promise<void>;
  /**
   * AWS asked to slow down, so others use the quota too: whatever the call drew from is empty now, and the scarcest of it is
   * filled more slowly for a while.
   */
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

/** Rounding of clocks must not cost a whole wake-up. */
const NEARLY_ONE = 1 - 1e-9;

/** Each refusal leaves this much of the rate; refusals within a second are one. */
const CUT = 0.7;
/** Never less than this much of the rate, so that a run ends. */
const LEAST = 0.1;
/** Part of the rate that comes back with every millisecond without a refusal: a cut is forgotten after 15 s. */
const RECOVERY = 0.02 / 1000;

class Bucket {
  private tokens: number;
  /** Tokens a millisecond when nobody else is there. */
  private readonly full: number;
  private readonly burst: number;
  private pressed = 1;
  private cutAt = Number.NEGATIVE_INFINITY;

  constructor(
    { rate, burst }: Quota,
    share: number,
    private at: number,
  ) {
    this.full = (rate * share) / 1000;
    this.burst = Math.max(1, burst * share);
    this.tokens = this.burst;
  }

  get scarcity(): number {
    return this.full;
  }

  /** Milliseconds until a call fits, at the rate of the moment. */
  waitAt(now: number): number {
    const passed = now - this.at;
    this.tokens = Math.min(this.burst, this.tokens + passed * this.full * this.pressed);
    this.pressed = Math.min(1, this.pressed + passed * RECOVERY);
    this.at = now;
    return this.tokens >= NEARLY_ONE ? 0 : (1 - this.tokens) / (this.full * this.pressed);
  }

  slowDown(now: number): void {
    if (now - this.cutAt < 1000) return;
    this.cutAt = now;
    this.pressed = Math.max(LEAST, this.pressed * CUT);
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
    const buckets = this.bucketsOf(operation, of);
    for (const bucket of buckets) {
      bucket.waitAt(now);
      bucket.empty();
    }
    // Which of them AWS means it does not say; where it is a larger one, calls that draw from that alone are refused as well.
    const [scarcest] = [...buckets].sort((a, b) => a.scarcity - b.scarcity);
    scarcest?.slowDown(now);
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
