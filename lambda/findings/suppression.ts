import type { Finding } from './finding';

/** One accepted fault, with who accepted it, why and until when. All fields are mandatory. */
export interface Suppression {
  /** A rule id, or a family such as `cors/*`. */
  readonly rule: string;
  /** The subject's ARN or label; `*` stands for any text. */
  readonly subject: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day it holds, `YYYY-MM-DD` in UTC. Anything that is no such day counts as expired. */
  readonly until: string;
}

export interface Suppressed {
  readonly finding: Finding;
  readonly by: Suppression;
}

export interface SuppressionReport {
  readonly reported: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** No longer in force; the findings they used to cover are reported again. */
  readonly expired: readonly Suppression[];
  /** In force, but nothing matches them any more. */
  readonly unused: readonly Suppression[];
  /** In force for at most a week longer. */
  readonly expiring: readonly Suppression[];
}

const DAY = 24 * 60 * 60 * 1000;
const NOTICE_DAYS = 7;

/** The instant at which a suppression ends: the end of its last day. `null` when the date is no date. */
const endOf = (until: string): number | null => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(until);
  if (parts === null) return null;
  const day = new Date(`${until}T00:00:00.000Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== until ? null : day.getTime() + DAY;
};

/** A calendar day as `until` takes it. */
export const isDay = (until: string): boolean => endOf(until) !== null;

/** Matches text with `*` for any run of characters, in linear time. */
const covers = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};

/** Whether a suppression, in force or not, speaks of this finding. */
const matches = (suppression: Suppression, finding: Finding): boolean =>
  covers(suppression.rule, finding.rule) &&
  (covers(suppression.subject, finding.subject.arn) || covers(suppression.subject, finding.subject.label));

const isPattern = ({ rule, subject }: Suppression): boolean => rule.includes('*') || subject.includes('*');

const nameOf = (rule: string, subject: string): string => `${rule}\n${subject}`;

/** Answers which of these suppressions speak of a finding, in their order. Those without a pattern are looked up: a baseline has thousands. */
export const matchingOf = (
  suppressions: readonly Suppression[],
): ((finding: Finding) => readonly Suppression[]) => {
  const numbered = suppressions.map((one, at) => ({ one, at }));
  const patterns = numbered.filter(({ one }) => isPattern(one));
  const named = new Map<string, (typeof numbered)[number][]>();
  for (const entry of numbered) {
    if (isPattern(entry.one)) continue;
    const name = nameOf(entry.one.rule, entry.one.subject);
    const same = named.get(name);
    if (same === undefined) named.set(name, [entry]);
    else same.push(entry);
  }
  return (finding) => {
    const { arn, label } = finding.subject;
    return [
      ...[...new Set([arn, label])].flatMap((subject) => named.get(nameOf(finding.rule, subject)) ?? []),
      ...patterns.filter(({ one }) => matches(one, finding)),
    ]
      .sort((left, right) => left.at - right.at)
      .map(({ one }) => one);
  };
};

/** Takes out the findings that somebody accepted and that are still accepted at `now` (milliseconds since 1970). */
export const suppress = (
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  now: number,
): SuppressionReport => {
  const inForce = suppressions.filter(({ until }) => now < (endOf(until) ?? 0));
  const expired = suppressions.filter(({ until }) => now >= (endOf(until) ?? 0));
  const matching = matchingOf(inForce);
  const used = new Set<Suppression>();
  const reported: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const [by] = matching(finding);
    if (by === undefined) reported.push(finding);
    else {
      used.add(by);
      suppressed.push({ finding, by });
    }
  }
  return {
    reported,
    suppressed,
    expired,
    unused: inForce.filter((suppression) => !used.has(suppression)),
    expiring: inForce.filter(({ until }) => (endOf(until) ?? 0) - now <= NOTICE_DAYS * DAY),
  };
};
