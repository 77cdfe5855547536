import type { Subject } from '../rules/verdict';
import type { Crash, Untold } from './raised';

interface RegionRead {
  /** False when the APIs could not be listed to the end. */
  listed: boolean;
  readonly judged: Set<string>;
}

/** What an evaluation had seen, as plain data. */
export interface EvaluationState {
  readonly regions: readonly {
    readonly region: string;
    readonly listed: boolean;
    readonly judged: readonly string[];
  }[];
  readonly untold: readonly { readonly rule: string; readonly subjects: readonly Subject[] }[];
  readonly rules: readonly string[];
}

/**
 * What a run really looked at. A finding of an earlier run that is not found again counts as resolved only when its rule was asked about
 * its subject this time, and could tell; otherwise it was not evaluated.
 */
export class Evaluation {
  private readonly regions = new Map<string, RegionRead>();
  private readonly untold = new Map<string, Subject[]>();
  private readonly rules: Set<string>;

  /**
   * `partial`: the run was told to look at some APIs only, so an API that it did not see may still exist. `before`: what the same run
   * had seen in an earlier invocation.
   */
  constructor(
    ruleIds: Iterable<string>,
    private readonly partial: boolean,
    before?: EvaluationState,
  ) {
    this.rules = new Set(before?.rules ?? ruleIds);
    for (const { region, listed, judged } of before?.regions ?? []) {
      this.regions.set(region, { listed, judged: new Set(judged) });
    }
    for (const { rule, subjects } of before?.untold ?? []) this.untold.set(rule, [...subjects]);
  }

  state(): EvaluationState {
    return {
      regions: [...this.regions].map(([region, { listed, judged }]) => ({
        region,
        listed,
        judged: [...judged],
      })),
      untold: [...this.untold].map(([rule, subjects]) => ({ rule, subjects })),
      rules: [...this.rules],
    };
  }

  private regionOf(region: string): RegionRead {
    const read = this.regions.get(region) ?? { listed: true, judged: new Set() };
    this.regions.set(region, read);
    return read;
  }

  addRegion(region: string): void {
    this.regionOf(region);
  }

  addJudged(region: string, restApiId: string): void {
    this.regionOf(region).judged.add(restApiId);
  }

  addUnlisted(region: string): void {
    this.regionOf(region).listed = false;
  }

  addUntold(untold: Iterable<Untold>): void {
    for (const { ruleId, verdict } of untold) {
      this.untold.set(ruleId, [...(this.untold.get(ruleId) ?? []), verdict.subject]);
    }
  }

  /** A rule that failed somewhere answers for nothing: where it stopped, it may have missed the rest. */
  addCrashes(crashes: Iterable<Crash>): void {
    for (const { ruleId } of crashes) this.rules.delete(ruleId);
  }

  private couldTell(ruleId: string, subject: Subject): boolean {
    return !(this.untold.get(ruleId) ?? []).some(
      (other) =>
        other.region === subject.region &&
        (subject.restApiId === undefined ||
          other.restApiId === undefined ||
          other.restApiId === subject.restApiId),
    );
  }

  covers(ruleId: string, subject: Subject): boolean {
    const read = this.regions.get(subject.region);
    if (read === undefined || !this.rules.has(ruleId) || !this.couldTell(ruleId, subject)) return false;
    const { restApiId } = subject;
    if (restApiId !== undefined && read.judged.has(restApiId)) return true;
    return read.listed && !this.partial;
  }
}
