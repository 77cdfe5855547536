import { Random } from './fuzz-random';
import type { Target } from './fuzz-target';

/** Most processor time that one input may take. */
export const LIMIT_MS = 100;

export interface FuzzResult {
  readonly inputs: number;
  readonly seconds: number;
  readonly worstMs: number;
  readonly crashes: readonly string[];
  /** Inputs that took longer than the limit, each time that they were tried. */
  readonly slow: readonly string[];
}

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const namesOf = (): string => PROTOTYPES.map((one) => Reflect.ownKeys(one).map(String).join()).join('\n');

/** Milliseconds of the processor: time that others have it is not ours. */
const timeOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const shown = (input: unknown): string =>
  (input instanceof Uint8Array ? Buffer.from(input).toString() : JSON.stringify(input)).slice(0, 300);

/** The same seed gives the same inputs. */
export const fuzz = ({ make, run, refuses }: Target, inputs: number, seed: number): FuzzResult => {
  const random = new Random(seed);
  const before = namesOf();
  const crashes: string[] = [];
  const slow: string[] = [];
  let worstMs = 0;
  const started = performance.now();
  for (let count = 0; count < inputs; count += 1) {
    const input = make(random);
    const once = (): void => {
      try {
        run(input as never);
      } catch (error) {
        if (refuses.some((kind) => error instanceof kind)) return;
        crashes.push(
          `${error instanceof Error ? `${error.name}: ${error.message}` : String(error)} on ${shown(input)}`,
        );
      }
    };
    let took = timeOf(once);
    // Memory may have been tidied up meanwhile: what is slow is slow again.
    if (took > LIMIT_MS) took = Math.min(took, timeOf(once), timeOf(once));
    if (took > LIMIT_MS) slow.push(shown(input));
    worstMs = Math.max(worstMs, took);
  }
  if (namesOf() !== before) crashes.push('a prototype was changed');
  return { inputs, seconds: (performance.now() - started) / 1000, worstMs, crashes, slow };
};
