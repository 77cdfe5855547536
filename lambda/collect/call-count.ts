import type { ReadStats } from '../source';
import type { Operation } from './permissions';

/** Counts attempts as they leave, retries included, and how few calls what was asked needs at least. */
export class CallCount {
  private calls = 0;
  private throttled = 0;
  private readonly byOperation = new Map<Operation, number>();
  private readonly fewest = new Map<string, number>();

  attempt(operation: Operation): void {
    this.calls += 1;
    this.byOperation.set(operation, (this.byOperation.get(operation) ?? 0) + 1);
  }

  throttle(): void {
    this.throttled += 1;
  }

  /** What one question needs, asked as well as it can be. A question that is asked again needs no more: its answer was there. */
  question(operation: Operation, of: string, fewest: number): void {
    this.fewest.set(`${operation} ${of}`, fewest);
  }

  stats(): ReadStats {
    return {
      awsCalls: this.calls,
      minimumCalls: [...this.fewest.values()].reduce((sum, calls) => sum + calls, 0),
      awsCallsByOperation: Object.fromEntries([...this.byOperation].sort(([a], [b]) => a.localeCompare(b))),
      throttled: this.throttled,
      cachedDeployments: 0,
    };
  }
}
