import type { Unreadable } from '../model/known';
import type { Crash, Untold } from './raised';

/** Something that could not be read, and the rules that therefore could not tell. */
export interface Gap {
  readonly region: string;
  readonly operation: string;
  readonly subject: string;
  readonly because: Unreadable['because'];
  readonly permission?: string;
  readonly detail: string;
  readonly rules: readonly string[];
}

const isUnreadable = (it: object): it is Unreadable => 'state' in it && it.state === 'unreadable';

/** Every failed read inside plain data. Placeholders (`unsupported`) count only when a rule opened them. */
const failedReads = (data: object, found: Unreadable[] = []): readonly Unreadable[] => {
  if (isUnreadable(data)) {
    if (data.because !== 'unsupported') found.push(data);
    return found;
  }
  const values: readonly unknown[] = Array.isArray(data) ? data : Object.values(data);
  for (const value of values) if (typeof value === 'object' && value !== null) failedReads(value, found);
  return found;
};

/** What a coverage had collected, as plain data. */
export interface CoverageState {
  readonly entries: readonly {
    readonly region: string;
    readonly gap: Unreadable;
    readonly rules: readonly string[];
  }[];
  readonly crashes: readonly Crash[];
}

/** Collects what could not be read; one gap for each read, however many rules met it. */
export class Coverage {
  private readonly byKey = new Map<string, { region: string; gap: Unreadable; rules: Set<string> }>();
  readonly crashes: Crash[] = [];

  /** @param before what the same run had collected in an earlier invocation */
  constructor(before: CoverageState = { entries: [], crashes: [] }) {
    for (const { region, gap, rules } of before.entries) {
      const known = this.entry(region, gap);
      for (const rule of rules) known.add(rule);
    }
    this.crashes.push(...before.crashes);
  }

  state(): CoverageState {
    return {
      entries: [...this.byKey.values()].map(({ region, gap, rules }) => ({ region, gap, rules: [...rules] })),
      crashes: this.crashes,
    };
  }

  private entry(region: string, gap: Unreadable): Set<string> {
    const key = [region, gap.operation, gap.subject, gap.because].join('\n');
    const entry = this.byKey.get(key) ?? { region, gap, rules: new Set<string>() };
    this.byKey.set(key, entry);
    return entry.rules;
  }

  addReads(region: string, data: object): void {
    for (const gap of failedReads(data)) this.entry(region, gap);
  }

  /** Told even where no rule opened it. */
  addLeftOut(region: string, gaps: readonly Unreadable[]): void {
    for (const gap of gaps) this.entry(region, gap);
  }

  addUntold(untold: Iterable<Untold>): void {
    for (const { ruleId, verdict } of untold) {
      this.entry(verdict.subject.region, verdict.gap).add(ruleId);
    }
  }

  gaps(): readonly Gap[] {
    return [...this.byKey.values()].map(({ region, gap, rules }) => ({
      region,
      operation: gap.operation,
      subject: gap.subject,
      because: gap.because,
      ...(gap.permission === undefined ? {} : { permission: gap.permission }),
      detail: gap.detail,
      rules: [...rules].sort(),
    }));
  }
}
