import { duration } from '../report/words';
import type { Progress } from '../run';
import type { Output } from './io';

const CELLS = 24;
/** Redrawing more often only makes it flicker. */
const REDRAW_MS = 100;

/** A bar on standard error over all regions, with an estimate once there is something to go by. Nothing unless that is a terminal. */
export class ProgressBar {
  private readonly regions = new Map<string, Progress>();
  private readonly startedAt: number;
  private drawnAt = -Infinity;

  constructor(
    private readonly output: Output,
    private readonly clock: () => Date,
  ) {
    this.startedAt = clock().getTime();
  }

  update(progress: Progress): void {
    this.regions.set(progress.region, progress);
    const now = this.clock().getTime();
    if (!this.output.isTerminal || now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    void this.output.write(`\r\u001b[2K${this.line(now)}`);
  }

  private line(now: number): string {
    let done = 0;
    let total = 0;
    for (const region of this.regions.values()) {
      done += region.done;
      total += region.total;
    }
    const filled = total === 0 ? 0 : Math.min(CELLS, Math.floor((done / total) * CELLS));
    const elapsed = now - this.startedAt;
    const left =
      done > 2 && done < total ? `, about ${duration((elapsed / done) * (total - done))} left` : '';
    const text = `${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)} ${done} of ${total} APIs${left}`;
    return text.slice(0, Math.max(10, (this.output.columns ?? 80) - 1));
  }

  async clear(): Promise<void> {
    if (this.output.isTerminal && this.drawnAt > -Infinity) await this.output.write('\r\u001b[2K');
  }
}
