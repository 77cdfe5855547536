import { parseDocument, stringify } from 'yaml';
import * as z from 'zod';
import type { Finding } from './finding';
import type { Suppression } from './suppression';

/** Suppressions that cannot be used; names the entry and the field. */
export class SuppressionFileError extends Error {
  override readonly name = 'SuppressionFileError';
}

const words = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
  .refine((text) => text.trim() !== '', 'must not be empty');

/** A wrong date is no fault of the file: it counts as expired, which is told loudly. YAML reads `2026-12-31` as text, as we do. */
const entry = z.strictObject({
  rule: words,
  subject: words,
  reason: words,
  owner: words,
  until: words,
});

const file = z.strictObject(
  { suppressions: z.array(entry, 'must be a list') },
  'must hold "suppressions:" and a list',
);

const faultOf = (issue: z.core.$ZodIssue): string => {
  const [first, index, field] = issue.path;
  const keys =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => JSON.stringify(key)).join(', ') : null;
  const message = keys === null ? issue.message : `${keys} is no field`;
  if (first === undefined) return message;
  if (typeof index !== 'number') return `suppressions: ${message}`;
  return `entry ${index + 1}${field === undefined ? '' : `, ${String(field)}`}: ${message}`;
};

/**
 * Reads `suppressions.yaml`: a list `suppressions` whose entries have rule, subject, reason, owner and until, all mandatory. An empty file
 * suppresses nothing.
 *
 * @throws SuppressionFileError
 */
export const readSuppressions = (text: string): readonly Suppression[] => {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line;
    throw new SuppressionFileError(`${line === undefined ? '' : `line ${line}: `}not YAML (${broken.code})`);
  }
  const data: unknown = document.toJS({ maxAliasCount: 0 });
  if (data === null) return [];
  const parsed = file.safeParse(data);
  if (!parsed.success) throw new SuppressionFileError(parsed.error.issues.map(faultOf).join('; '));
  return parsed.data.suppressions;
};

const suppressionOf = (
  { rule, subject }: Finding,
  { reason, owner, until }: Pick<Suppression, 'reason' | 'owner' | 'until'>,
): Suppression => ({ rule, subject: subject.arn, reason, owner, until });

/** A file that accepts these findings, each by rule and subject, after what was accepted before. */
export const baseline = (
  findings: readonly Finding[],
  terms: Pick<Suppression, 'reason' | 'owner' | 'until'>,
  before: readonly Suppression[] = [],
): string => {
  const entries = new Map(
    findings.map((finding) => [`${finding.rule}\n${finding.subject.arn}`, suppressionOf(finding, terms)]),
  );
  return stringify({ suppressions: [...before, ...entries.values()] }, { lineWidth: 0 });
};
