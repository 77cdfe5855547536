/** What was made, last first. */
export interface CleanUp {
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes everything, whatever fails; answers what is left. */
  run(): Promise<readonly string[]>;
}

/** API Gateway deletes one REST API in 30 seconds, and creates few of anything. */
const PAUSE = 31_000;
const TRIES = 5;

const GONE = /NotFound|NoSuch|Nonexistent/;
const BUSY = /TooManyRequests|Throttling|Conflict|AssociatedItem|DistributionNotDisabled/;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

export const startCleanUp = (
  pause: (milliseconds: number) => Promise<void> = (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
): CleanUp => {
  const waiting: (readonly [what: string, undo: () => Promise<unknown>])[] = [];
  const undoOne = async (undo: () => Promise<unknown>): Promise<string | null> => {
    for (let left = TRIES; ; left -= 1) {
      try {
        await undo();
        return null;
      } catch (error) {
        const name = nameOf(error);
        if (GONE.test(name)) return null;
        if (!BUSY.test(name) || left === 1) return name;
        await pause(PAUSE);
      }
    }
  };
  return {
    add: (what, undo) => void waiting.push([what, undo]),
    run: async () => {
      const left: string[] = [];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [what, undo] = next;
        const why = await undoOne(undo);
        if (why !== null) left.push(`${what} (${why})`);
      }
      return left;
    },
  };
};
