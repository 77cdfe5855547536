import type { Pacer, Timers } from '../../lambda/collect/pace';
import { DRAWS, QUOTAS, type Quota, type QuotaName } from '../../lambda/collect/quotas';

/** A token bucket with one line of waiting calls: what limiters on npm offer, each for one quota. */
class Limiter {
  private tokens: number;
  private at: number;
  private readonly waiting: (() => void)[] = [];
  private asleep = false;

  constructor(
    private readonly quota: Quota,
    private readonly share: number,
    private readonly timers: Timers,
  ) {
    this.tokens = quota.burst * share;
    this.at = timers.now();
  }

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.serve();
    });
  }

  private serve(): void {
    const now = this.timers.now();
    const perMs = (this.quota.rate * this.share) / 1000;
    this.tokens = Math.min(this.quota.burst * this.share, this.tokens + (now - this.at) * perMs);
    this.at = now;
    while (this.tokens >= 1 - 1e-9 && this.waiting.length > 0) {
      this.tokens -= 1;
      this.waiting.shift()?.();
    }
    if (this.waiting.length === 0 || this.asleep) return;
    this.asleep = true;
    this.timers.after((1 - this.tokens) / perMs, () => {
      this.asleep = false;
      this.serve();
    });
  }
}

/** A limiter for each quota, one after the other: a call holds the token of the first while it waits for the second. */
export const chainedPacer = (share: number, timers: Timers): Pacer => {
  const limiters = new Map<QuotaName, Limiter>();
  const limiterOf = (name: QuotaName): Limiter => {
    const limiter = limiters.get(name) ?? new Limiter(QUOTAS[name], share, timers);
    limiters.set(name, limiter);
    return limiter;
  };
  return {
    take: async (operation) => {
      for (const name of DRAWS[operation]) {
        // oxlint-disable-next-line eslint/no-await-in-loop -- that is what a chain is
        await limiterOf(name).take();
      }
    },
    throttled: () => undefined,
  };
};
