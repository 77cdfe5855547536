import type { Random } from './fuzz-random';

export interface Target {
  readonly name: string;
  /** Part of all inputs that go here. */
  readonly weight: number;
  readonly make: (random: Random) => unknown;
  readonly run: (input: never) => unknown;
  /** Errors by which it may refuse an input. */
  readonly refuses: readonly (new (...given: never[]) => Error)[];
}
