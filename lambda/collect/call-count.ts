import type { ReadStats } from '../source';
import type { Operation } from './permissions';

/** Counts attempts as they leave, retries included. */
export class CallCount {
  private calls = 0;
  private throttled = 0;
  private readonly byOperation = new Map<Operation, number>();

  attempt(operation: Operation): void {
    this.calls += 1;
    this.byOperation.set(operation, (this.byOperation.get(operation) ?? 0) + 1);
  }

  throttle(): void {
    this.throttled += 1;
  }

  stats(): ReadStats {
    return {
      awsCalls: this.calls,
      awsCallsByOperation: Object.fromEntries([...this.byOperation].sort(([a], [b]) => a.localeCompare(b))),
      throttled: this.throttled,
    };
  }
}

/** Several doors' counts as one. */
export const addStats = (all: readonly ReadStats[]): ReadStats => {
  const byOperation = new Map<string, number>();
  for (const { awsCallsByOperation } of all) {
    for (const [operation, calls] of Object.entries(awsCallsByOperation)) {
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + calls);
    }
  }
  return {
    awsCalls: all.reduce((sum, { awsCalls }) => sum + awsCalls, 0),
    awsCallsByOperation: Object.fromEntries([...byOperation].sort(([a], [b]) => a.localeCompare(b))),
    throttled: all.reduce((sum, { throttled }) => sum + throttled, 0),
  };
};
