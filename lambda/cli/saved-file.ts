import type * as z from 'zod';
import type { Account } from '../model/account';
import { oneLine } from '../report/escape';
import { savedSchema } from './saved-schema';
import { UsageError } from './usage-error';

const VERSION = 1;

/** `accounts[0].restApis.value[2].name`. */
const fieldOf = (issue: z.core.$ZodIssue): string =>
  issue.path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');

/** The innermost complaint: a union says only that nothing in it fits. */
const deepest = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flat()
    .map((one) => deepest({ ...one, path: [...issue.path, ...one.path] }))
    .sort((left, right) => right.path.length - left.path.length);
  return inner[0] ?? issue;
};

const parseJson = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message repeats a piece of the file, which may be any file, even one of credentials.
    const place = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
    throw new UsageError(`${name} is not JSON: it goes wrong ${place ?? 'at its beginning or end'}.`);
  }
};

/**
 * Reads what `--save` wrote. What the model has no place for is dropped, `__proto__` included.
 *
 * @throws UsageError that names the field, when the text is no saved audit of this version.
 */
export const readSaved = (text: string, name: string): readonly Account[] => {
  const value = parseJson(text, name);
  const version: unknown =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (version === undefined) {
    throw new UsageError(`${name} is no saved audit: it has no schemaVersion. Make one with audit --save.`);
  }
  if (version !== VERSION) {
    throw new UsageError(
      `${name} has schemaVersion ${oneLine(JSON.stringify(version))}; this version of api-auth-auditor reads ${VERSION}. Save the audit again.`,
    );
  }
  const { success, data, error } = savedSchema.safeParse(value);
  if (success) return data.accounts;
  const [first] = error.issues;
  if (first === undefined) throw new UsageError(`${name} is no saved audit.`);
  const issue = deepest(first);
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  throw new UsageError(`${name}: ${oneLine(fieldOf(issue))}: ${oneLine(issue.message)}${more}`);
};

/** What `--from` reads: all regions of one audit in one file. */
export const writeSaved = (accounts: readonly Account[]): string =>
  `${JSON.stringify({ schemaVersion: VERSION, accounts }, null, 1)}\n`;
