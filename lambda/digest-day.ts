/** As `Date.getUTCDay` counts, and `never`. */
export const DIGEST_DAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'never',
] as const;

/** The day of the week, in UTC, on which alerts tell again what stays open. */
export type DigestDay = (typeof DIGEST_DAYS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a digest is due at `at`: on its day, once, or with the first run after it, as a schedule may leave that day out. Both in ISO 8601.
 */
export const isDigestDue = (day: DigestDay, at: string, last: string | null): boolean => {
  if (day === 'never') return false;
  if (last === null) return true;
  const now = new Date(at);
  const daysSince = (now.getUTCDay() - DIGEST_DAYS.indexOf(day) + 7) % 7;
  const latest = new Date(now.getTime() - daysSince * DAY_MS).toISOString().slice(0, 10);
  return last.slice(0, 10) < latest;
};
