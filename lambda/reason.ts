/** What may be told of an error: its message. An error of the SDK holds the whole request besides. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unknown error';

/** With the kind of error before it, as the runbook tells them apart. */
export const namedReasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
