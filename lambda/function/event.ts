import * as z from 'zod';
import { REGION_NAME } from '../region-name';

/** The function's event is wrong; names the field. Holds no value of it: an event may carry a token. */
export class EventError extends Error {
  override readonly name = 'EventError';
}

const region = z.string().regex(REGION_NAME, 'must be an AWS Region such as eu-west-1');
const restApiId = z.string().regex(/^[a-z0-9]+$/, 'must be the id of a REST API such as a1b2c3d4e5');

const auditEvent = z.strictObject({
  action: z.literal('audit'),
  /** Empty: those configured. */
  regions: z.array(region).default([]),
  /** Empty: all. */
  restApiIds: z.array(restApiId).default([]),
  /** Ids or former ids; empty: all. */
  rules: z.array(z.string()).default([]),
  /** Whether alerts go out. */
  notify: z.boolean().default(true),
  /** Alerts tell open findings again, and that nothing was found. */
  full: z.boolean().default(false),
});

/** The same fields as the command line's; which of them go together, `explain` itself says. */
const explainEvent = z.strictObject({
  action: z.literal('explain'),
  url: z.string().exactOptional(),
  curl: z.string().exactOptional(),
  method: z.string().exactOptional(),
  token: z.string().exactOptional(),
  claims: z.record(z.string(), z.json()).exactOptional(),
  headers: z.array(z.string()).exactOptional(),
  sourceIp: z.string().exactOptional(),
  sourceVpce: z.string().exactOptional(),
  apiKeyId: z.string().exactOptional(),
  signedBy: z.string().exactOptional(),
});

/** What a run that stopped at its deadline sends to its own function. */
const continueEvent = z.strictObject({
  action: z.literal('continue'),
  runId: z.string().min(1),
  /** Which invocation of the run this is; the first needs no such event. */
  invocation: z.int().min(2),
});

const testAlertEvent = z.strictObject({ action: z.literal('test-alert') });

const events = z.discriminatedUnion('action', [auditEvent, explainEvent, testAlertEvent, continueEvent], {
  error: ({ code }) => (code === 'invalid_union' ? 'must be "audit", "explain" or "test-alert"' : undefined),
});

export type FunctionEvent = z.output<typeof events>;
export type AuditEvent = z.output<typeof auditEvent>;

/** What EventBridge sends when a rule or schedule gives no input of its own. */
const scheduled = z.looseObject({
  source: z.enum(['aws.events', 'aws.scheduler']),
  'detail-type': z.string(),
});

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');

/** A name that is no plain word may be a token that slipped out of its place. */
const shownKey = (key: string): string => (/^[A-Za-z][A-Za-z-]{0,29}$/.test(key) ? key : '…');

const faultOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => pathOf([...issue.path, shownKey(key)])).join(', ')}: unknown field`;
  }
  const path = pathOf(issue.path);
  return path === '' ? issue.message : `${path}: ${issue.message}`;
};

/** Checks an event; `{}`, the schedule's, and an event without an action mean an audit. */
export const parseEvent = (event: unknown): FunctionEvent => {
  if (scheduled.safeParse(event).success) return auditEvent.parse({ action: 'audit' });
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new EventError('Event: must be a JSON object, such as {} or {"action":"audit"}');
  }
  const parsed = events.safeParse({ action: 'audit', ...event });
  if (!parsed.success) throw new EventError(`Event: ${parsed.error.issues.map(faultOf).join('; ')}`);
  return parsed.data;
};
