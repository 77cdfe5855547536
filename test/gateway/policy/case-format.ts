import * as z from 'zod';

const text = z.string().min(1);
const authorization = z.string().describe('NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS');
const endpoint = z.enum(['public', 'private']);
/** `null`: the request does not carry it. Left out: nobody knows. */
const maybe = z.union([z.string(), z.null()]);

const request = z
  .strictObject({
    verb: text.default('GET'),
    path: text.default('/pets'),
    stage: text.default('prod'),
    endpoint: endpoint.default('public'),
    type: authorization.default('NONE'),
    caller: text.optional().describe('ARN of who signed; left out: anonymous'),
    account: z.enum(['anonymous', 'same', 'other', 'cannot-tell']).default('anonymous'),
    identity: z.enum(['allow', 'silent', 'deny', 'cannot-tell']).default('allow'),
    at: text.default('2026-11-23T09:00:00Z'),
    sourceIp: text.optional(),
    vpc: text.optional(),
    vpce: text.optional(),
    vpcSourceIp: text.optional(),
    referer: maybe.optional(),
    userAgent: maybe.optional(),
    domain: maybe.optional().describe('ARN of the private custom domain'),
    principal: z.record(z.string(), z.string()).optional().describe('principal keys in lower case'),
  })
  .describe('one concrete call; what is left out is unknown, apart from the defaults');

const method = z
  .strictObject({
    verb: text.default('GET'),
    path: text.default('/pets'),
    stage: text.default('prod'),
    endpoint: endpoint.default('public'),
    type: z.enum(['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']),
    dualstack: z.boolean().default(false),
  })
  .describe('the best that any caller of a method can meet');

const one = z.strictObject({
  id: text,
  policy: z.union([text, z.null()]).describe('a name from policies; null: no policy'),
  request: request.optional(),
  method: method.optional(),
  expect: z.strictObject({
    policy: z.enum(['allow', 'explicit-deny', 'silent', 'cannot-tell']).nullable().optional(),
    outcome: z
      .enum(['admitted', 'refused', 'refused-explicit', 'refused-implicit', 'cannot-tell'])
      .optional()
      .describe('policy and identity together'),
    best: z.enum(['admits', 'explicit-deny', 'no-allow', 'cannot-tell']).optional(),
  }),
  source: z.url(),
  facts: z.array(z.string().regex(/^[A-Z]{3}-\d+$/)).min(1),
});

export const caseFile = z
  .strictObject({
    $schema: z.literal('./schema.json'),
    about: text,
    policies: z.record(text, z.union([z.string(), z.record(z.string(), z.unknown())])),
    cases: z.array(one).min(1),
  })
  .describe(
    'Policy cases. All are about account 222233334444, Region eu-west-1, REST API a1b2c3d4e5. To add one: name the policy, describe a request or a method, say what AWS answers and where that is written.',
  );

export type PolicyCase = z.infer<typeof one>;
export type Request = z.infer<typeof request>;

export const jsonSchema = (): unknown => z.toJSONSchema(caseFile, { io: 'input' });
