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

/** The day, in UTC, on which alerts tell again what stays open. */
export type DigestDay = (typeof DIGEST_DAYS)[number];

/** Whether a digest is due at `at`: on its day, once. Both in ISO 8601. */
export const isDigestDue = (day: DigestDay, at: string, last: string | null): boolean =>
  DIGEST_DAYS[new Date(at).getUTCDay()] === day && last?.slice(0, 10) !== at.slice(0, 10);
