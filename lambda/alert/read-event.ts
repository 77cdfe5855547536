import * as z from 'zod';
import type { AuditEvent, NoticeEvent } from './event';
import { failedRuleSchema, gapSchema, reportedSchema } from '../report/schema';

const run = z.object({
  id: z.string(),
  account: z.string(),
  alias: z.string().nullable(),
  region: z.string(),
});
const counter = z.int().min(0);

const audit = z.object({
  schemaVersion: z.literal('1'),
  type: z.literal('audit'),
  run,
  severityMax: z.enum(['error', 'warning', 'note', 'none']),
  change: z.enum(['new', 'resolved', 'mixed', 'none', 'error']),
  counts: z.object({ new: counter, worse: counter, open: counter, resolved: counter }),
  looked: z.object({
    apis: counter,
    stages: counter,
    methods: counter,
    unreachableMethods: counter,
  }),
  findings: z.array(reportedSchema),
  findingsLeftOut: counter,
  report: z
    .object({
      location: z.string(),
      console: z.string(),
      presigned: z.object({ url: z.string(), hours: z.number() }).nullable(),
    })
    .exactOptional(),
  notices: z.array(z.string()),
  coverage: z.object({
    complete: z.boolean(),
    gaps: z.array(gapSchema),
    gapsLeftOut: counter,
    failedRules: z.array(failedRuleSchema),
  }),
});

const notice = z.object({
  schemaVersion: z.literal('1'),
  type: z.enum(['audit-failed', 'history-failed', 'test']),
  run,
  message: z.string(),
});

const event = z.discriminatedUnion('type', [audit, notice]);

/** This is none of our events; names the first field that is wrong. */
export class UnknownEventError extends Error {
  override readonly name = 'UnknownEventError';
}

/** A message of the topic for machines. */
export const readEvent = (text: string): AuditEvent | NoticeEvent => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnknownEventError('The message is not JSON');
  }
  const parsed = event.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnknownEventError(`The message is no event of the audit: ${issue?.path.join('.') ?? ''}`);
};
