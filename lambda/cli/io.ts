import type { Timers } from '../collect/pace';

/** Where text goes: a stream of the process, or a test's. */
export interface Output {
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; `null` when it is none. */
  readonly columns: number | null;
}

/** Everything the command line touches besides files and AWS. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input, as text. */
  readonly readInput: () => Promise<string>;
  /** The environment that the SDK reads too: `--profile` and the sandbox set variables in it. */
  readonly env: Record<string, string | undefined>;
  readonly clock: () => Date;
  /** How calls wait for AWS's quotas; by the time of the machine when absent. */
  readonly timers?: Timers;
  readonly makeId: () => string;
}
