import { isSevererThan, type Finding } from './finding';
import type { Suppression } from './suppression';

/** A finding as history keeps it. */
export interface Remembered {
  readonly finding: Finding;
  /** ISO 8601. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Accepted when it was last seen: nobody was told of it. */
  readonly suppressed?: Suppression;
}

export interface Comparison {
  readonly new: readonly Remembered[];
  readonly open: readonly Remembered[];
  /** Open ones whose severity rose since the last run; they are also in `open`. */
  readonly worse: readonly Remembered[];
  readonly resolved: readonly Remembered[];
  /** Not found again, but their subject was not read this time: they stay in history as they were. */
  readonly notEvaluated: readonly Remembered[];
}

/** How this run's findings stand against those of the last one. */
export const compare = (
  before: readonly Remembered[],
  now: readonly Finding[],
  at: string,
  isEvaluated: (finding: Finding) => boolean,
): Comparison => {
  const known = new Map(before.map((remembered) => [remembered.finding.id, remembered]));
  const found = new Set(now.map(({ id }) => id));
  const comparison = {
    new: [] as Remembered[],
    open: [] as Remembered[],
    worse: [] as Remembered[],
    resolved: [] as Remembered[],
    notEvaluated: [] as Remembered[],
  };
  for (const finding of now) {
    const earlier = known.get(finding.id);
    const remembered = { finding, firstSeen: earlier?.firstSeen ?? at, lastSeen: at };
    if (earlier === undefined) comparison.new.push(remembered);
    else {
      comparison.open.push(remembered);
      if (isSevererThan(finding, earlier.finding)) comparison.worse.push(remembered);
    }
  }
  for (const remembered of before) {
    if (found.has(remembered.finding.id)) continue;
    (isEvaluated(remembered.finding) ? comparison.resolved : comparison.notEvaluated).push(remembered);
  }
  return comparison;
};

/** What history keeps after a run: resolved findings leave it. */
export const remembered = (comparison: Comparison): readonly Remembered[] => [
  ...comparison.new,
  ...comparison.open,
  ...comparison.notEvaluated,
];
