import type { Timers } from '../../lambda/collect/pace';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only from one timer to the next. */
export class SimulatedTime implements Timers {
  private time = 0;
  private order = 0;
  private timers: readonly Timer[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, run: () => void): void {
    this.order += 1;
    this.timers = [...this.timers, { at: this.time + milliseconds, order: this.order, run }].sort(
      (a, b) => a.at - b.at || a.order - b.order,
    );
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Lets time pass until nothing waits any more, or until the given time. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    await settled();
    for (let next = this.timers[0]; next !== undefined && next.at <= until; next = this.timers[0]) {
      this.timers = this.timers.slice(1);
      this.time = next.at;
      next.run();
      // oxlint-disable-next-line eslint/no-await-in-loop -- what the timer set off must run before the next one
      await settled();
    }
  }
}

/** All promises that can settle without a timer have settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
