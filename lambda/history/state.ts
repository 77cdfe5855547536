import * as z from 'zod';
import type { Remembered } from '../findings/compare';
import { jsonText } from '../report/escape';
import { findingSchema, suppressionSchema } from '../report/schema';

/** What the last run leaves for the next one. */
export interface State {
  readonly schemaVersion: '1';
  readonly runId: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly findings: readonly Remembered[];
  /** What could not be judged and was told: not told again while it lasts. */
  readonly troubles: readonly string[];
  /** Suppressions whose end was announced. */
  readonly announced: readonly string[];
  /** When a digest was last sent, ISO 8601; `null`: never. */
  readonly lastDigest: string | null;
}

const schema = z.object({
  schemaVersion: z.literal('1'),
  runId: z.string(),
  savedAt: z.iso.datetime(),
  findings: z.array(
    z.object({
      finding: findingSchema,
      firstSeen: z.iso.datetime(),
      lastSeen: z.iso.datetime(),
      suppressed: suppressionSchema.exactOptional(),
    }),
  ),
  troubles: z.array(z.string()),
  announced: z.array(z.string()),
  lastDigest: z.iso.datetime().nullable(),
});

/** `null`: this is not what `writeState` wrote. */
export const readState = (text: string): State | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** For people too: one field a line, invisible characters as escapes. */
export const writeState = (state: State): string => jsonText(state);
