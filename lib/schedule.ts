const HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };
const RATE = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/;
const CRON = /^cron\((?:\S+ ){5}\S+\)$/;

/** CloudWatch looks back seven days at most. */
export const LONGEST_SILENCE_HOURS = 168;

export const isSchedule = (expression: string): boolean => RATE.test(expression) || CRON.test(expression);

/**
 * Hours without a run that mean that the schedule is broken: one interval and two hours; `null` when the expression does not tell
 * (a cron expression may skip weekends).
 */
export const silenceHoursOf = (expression: string): number | null => {
  const [, count, unit] = RATE.exec(expression) ?? [];
  const hours = unit === undefined ? undefined : HOURS[unit];
  if (count === undefined || hours === undefined) return null;
  return Math.min(Math.ceil(Number(count) * hours) + 2, LONGEST_SILENCE_HOURS);
};
