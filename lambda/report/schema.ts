import * as z from 'zod';
import type { AuditResult } from '../result';

const severity = z.enum(['error', 'warning', 'note']);
const counter = z.int().min(0);
const webhook = z.literal(true).exactOptional().describe('Slack hears by a webhook, whoever subscribes.');
const instant = z.iso.datetime();

const symptom = z.object({
  status: z
    .int()
    .nullable()
    .describe('HTTP status; null: nothing of HTTP, or AWS documents contradict each other.'),
  responseType: z.string().nullable().describe('Gateway response type of API Gateway.'),
  body: z.string().nullable().describe('The body as sent.'),
  instead: z
    .string()
    .exactOptional()
    .describe('What callers get, in words, where no single answer of API Gateway says it.'),
});

const subject = z.object({
  arn: z.string().describe('Identity of the thing at fault.'),
  label: z.string(),
  region: z.string(),
  restApiId: z.string().exactOptional(),
  stage: z.string().exactOptional(),
  method: z.string().exactOptional().describe('As in GET /pets.'),
  authorizerId: z.string().exactOptional(),
  userPoolId: z.string().exactOptional(),
  clientId: z.string().exactOptional(),
});

export const suppressionSchema = z.object({
  rule: z.string().describe('A rule id, or a family such as cors/*.'),
  subject: z.string().describe('ARN or label; * stands for any text.'),
  reason: z.string(),
  owner: z.string(),
  until: z.string().describe('The last day it holds, YYYY-MM-DD in UTC.'),
});

/** A finding without what depends on the last run and on suppressions. */
export const findingSchema = z.object({
  id: z.string().describe('Made of rule, subject and key; it survives rewording.'),
  rule: z.string().describe('family/fault.'),
  severity,
  reach: z.enum(['every-call', 'some-calls', 'possible']),
  callers: z.string().exactOptional().describe('Who meets it, when not all callers.'),
  symptom,
  subject,
  affected: z.array(z.object({ restApiId: z.string(), stage: z.string(), method: z.string() })),
  affectedCount: counter,
  title: z.string(),
  message: z.string(),
  evidence: z.array(z.object({ operation: z.string(), field: z.string(), value: z.string() })),
  fix: z.array(z.object({ step: z.string(), commands: z.array(z.string()) })),
  when: z.enum(['now', 'after-next-deployment']),
  docs: z.string().describe("The rule's page."),
  console: z.string().exactOptional().describe('Where the AWS console shows the subject; absent: nowhere.'),
});

export const reportedSchema = findingSchema.extend({
  change: z
    .enum(['new', 'open', 'resolved', 'not-evaluated'])
    .describe('Against the last run; without history every finding is new.'),
  firstSeen: instant,
  suppressed: suppressionSchema
    .exactOptional()
    .describe('Accepted by somebody until a day that has not passed: it counts for nothing.'),
  expired: z
    .array(suppressionSchema)
    .exactOptional()
    .describe('Suppressions of it that are no longer in force.'),
  was: severity.exactOptional().describe('Its severity in the last run, where it is severer now.'),
  hiddenBy: z
    .string()
    .exactOptional()
    .describe('Not evaluated because the finding of this id now stops its methods first.'),
});

export const gapSchema = z.object({
  region: z.string(),
  operation: z.string(),
  subject: z.string(),
  because: z.enum(['denied', 'throttled', 'broken', 'unsupported']),
  permission: z.string().exactOptional().describe('The IAM action that is missing.'),
  detail: z.string(),
  rules: z.array(z.string()).describe('Rules that therefore could not tell.'),
});

export const failedRuleSchema = z.object({ rule: z.string(), at: z.string(), message: z.string() });

const iamPolicySchema = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.object({ Effect: z.literal('Allow'), Action: z.string(), Resource: z.array(z.string()) }),
  ),
});

const matrixRow = z.object({
  restApiId: z.string(),
  restApiName: z.string(),
  stage: z.string(),
  method: z.string(),
  requires: z.enum([
    'none',
    'iam',
    'api-key',
    'id-token',
    'access-token',
    'lambda-authorizer',
    'cannot-tell',
  ]),
  scopes: z.array(z.string()),
  callers: z.array(
    z.object({
      userPoolId: z.string(),
      clientId: z.string(),
      clientName: z.string(),
      flow: z.enum(['sdk', 'code', 'implicit', 'client_credentials']),
      token: z.enum(['id', 'access']),
      admitted: z.union([z.boolean(), z.literal('cannot-tell')]),
      because: z.string(),
    }),
  ),
});

/** What `--format json` prints. */
export const auditSchema = z.object({
  schemaVersion: z
    .literal('1')
    .describe('Changes when a field changes its meaning; fields may be added within a version.'),
  run: z.object({
    id: z.string(),
    source: z.enum(['live', 'saved', 'template', 'sandbox']),
    startedAt: instant,
    finishedAt: instant,
    account: z.string(),
    regions: z.array(z.string()),
  }),
  summary: z.object({
    apis: counter,
    stages: counter,
    methods: counter.describe('Deployed methods, each once for each stage that serves it.'),
    unreachableMethods: counter,
    findings: z.object({ error: counter, warning: counter, note: counter }),
    suppressed: counter,
  }),
  findings: z
    .array(reportedSchema)
    .describe('Those that stand or are suppressed, most severe first; then resolved, then not evaluated.'),
  coverage: z.object({
    complete: z.boolean().describe('False: silence proves nothing about what gaps and failedRules name.'),
    gaps: z.array(gapSchema),
    failedRules: z.array(failedRuleSchema),
    missingPolicy: iamPolicySchema
      .exactOptional()
      .describe('Lets the role that audits make the calls that were denied; absent where none was.'),
  }),
  suppressions: z
    .object({
      expired: z.array(suppressionSchema).describe('No longer in force.'),
      unused: z.array(suppressionSchema).describe('In force, and nothing matches them.'),
      expiring: z.array(suppressionSchema).describe('In force for at most a week longer.'),
    })
    .exactOptional(),
  history: z
    .object({
      state: z.enum(['first', 'kept', 'lost', 'unavailable']),
      detail: z.string().exactOptional(),
      report: z.string().exactOptional().describe('s3:// address of the whole result.'),
    })
    .exactOptional(),
  alerts: z
    .object({
      state: z.enum(['sent', 'sent-before', 'failed']),
      detail: z.string().exactOptional(),
    })
    .exactOptional()
    .describe('What became of the alerts; absent: there was nothing to tell, or nobody was to be told.'),
  audience: z
    .union([
      z.object({ confirmed: counter, pending: counter, webhook }),
      z.object({ unknown: z.string().describe('Why SNS does not say.'), webhook }),
    ])
    .exactOptional()
    .describe('Subscriptions of the topic of alerts; absent: nobody was to be told.'),
  matrix: z.array(matrixRow).exactOptional(),
  stats: z.object({
    awsCalls: counter.describe('Attempts, retries included.'),
    minimumCalls: counter.describe('The fewest calls by which all of it could have been read.'),
    awsCallsByOperation: z.record(z.string(), counter),
    throttled: counter,
    cachedDeployments: counter.describe('Deployments known from an earlier run.'),
    durationMs: z.number().min(0),
  }),
});

/** Does not compile when the schema and the type part ways. */
export const readAudit = (value: unknown): AuditResult => auditSchema.parse(value);
