import type { Suppression } from '../../lambda/findings/suppression';
import { NO_TOKEN } from '../../lambda/rules/verdict';
import type { AuditResult, ReportedFinding } from '../../lambda/result';

/** What a hostile account might call its things: terminal, spreadsheet, browser, Markdown and text direction. */
export const HOSTILE = {
  terminal: '\u001b[2J\u001b]0;owned\u0007\rall fine',
  formula: '=HYPERLINK("https://evil.example","x")',
  element: '<img src=x onerror=alert(1)>"\'&</script>',
  markdown: '[free](https://evil.example) @everyone `x` |y| **z**',
  direction: 'pay\u202egnp.exe\u200b',
} as const;

export const scopeUndefined: ReportedFinding = {
  id: '00112233445566aa',
  rule: 'cognito/scope-undefined',
  severity: 'error',
  reach: 'every-call',
  symptom: { status: 401, responseType: 'UNAUTHORIZED', body: '{"message":"Unauthorized"}' },
  subject: {
    arn: 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages/prod',
    label: 'orders (a1b2c3) stage prod',
    region: 'eu-west-1',
    restApiId: 'a1b2c3',
    stage: 'prod',
  },
  affected: [
    'GET /orders',
    'POST /orders',
    'GET /orders/{id}',
    'PUT /orders/{id}',
    'DELETE /orders/{id}',
    'GET /a',
    'GET /b',
  ].map((method) => ({ restApiId: 'a1b2c3', stage: 'prod', method })),
  affectedCount: 7,
  title: 'A required scope is defined by no resource server of the pools',
  message:
    'The methods ask for scope orders.read; the resource server of pool shop (eu-west-1_Shop) defines orders/read, and no token can carry the bare name.',
  evidence: [
    { operation: 'GetExport', field: 'authorizationScopes', value: 'orders.read' },
    { operation: 'ListResourceServers', field: 'Scopes', value: 'orders/read, orders/write' },
  ],
  fix: [
    {
      step: 'Ask for the scope by its full name.',
      commands: [
        `aws apigateway update-method --region eu-west-1 --rest-api-id a1b2c3 --resource-id r1 --http-method GET --patch-operations '[{"op":"add","path":"/authorizationScopes","value":"orders/read"}]'`,
      ],
    },
    {
      step: 'Deploy the API to the stage, so that callers meet the change.',
      commands: [
        'aws apigateway create-deployment --region eu-west-1 --rest-api-id a1b2c3 --stage-name prod',
      ],
    },
  ],
  when: 'now',
  docs: 'https://example.com/rules/cognito/scope-undefined.md',
  console:
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/apis/a1b2c3/stages?api=a1b2c3&region=eu-west-1',
  change: 'new',
  firstSeen: '2026-11-23T09:00:00.000Z',
};

const clientWithoutDomain: ReportedFinding = {
  ...scopeUndefined,
  id: '7777888899990000',
  rule: 'clients/user-pool-without-domain',
  severity: 'warning',
  reach: 'some-calls',
  symptom: NO_TOKEN,
  subject: {
    arn: 'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/eu-west-1_Shop',
    label: 'user pool shop (eu-west-1_Shop)',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_Shop',
  },
  affected: [],
  affectedCount: 0,
  title: 'App clients use OAuth flows of a user pool that has no domain',
  message: 'App client web asks for the code flow; the pool has no domain, so there is no token endpoint.',
  evidence: [{ operation: 'DescribeUserPool', field: 'Domain', value: 'absent' }],
  fix: [
    {
      step: 'Give the pool a domain.',
      commands: ['aws cognito-idp create-user-pool-domain --domain <DOMAIN>'],
    },
  ],
  docs: 'https://example.com/rules/clients/user-pool-without-domain.md',
  console:
    'https://eu-west-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-west-1_Shop?region=eu-west-1',
};

const hostileNote: ReportedFinding = {
  ...scopeUndefined,
  id: 'deadbeefdeadbeef',
  rule: 'cors/preflight-needs-authorization',
  severity: 'note',
  reach: 'possible',
  callers: 'browsers',
  symptom: { status: 403, responseType: 'MISSING_AUTHENTICATION_TOKEN', body: null },
  subject: {
    arn: 'arn:aws:apigateway:eu-west-1::/restapis/zz9/stages/dev',
    label: `${HOSTILE.terminal} ${HOSTILE.element} (zz9) stage dev`,
    region: 'eu-west-1',
    restApiId: 'zz9',
    stage: 'dev',
  },
  affected: [
    { restApiId: 'zz9', stage: 'dev', method: `OPTIONS /${HOSTILE.direction}` },
    { restApiId: 'zz9', stage: 'test', method: 'OPTIONS /' },
  ],
  affectedCount: 2,
  title: 'Preflight requests need authorization',
  message: HOSTILE.markdown,
  evidence: [{ operation: 'GetExport', field: 'name', value: HOSTILE.formula }],
  fix: [
    {
      step: `Look at ${HOSTILE.formula}`,
      commands: [`aws apigateway get-stage --stage-name '${HOSTILE.terminal}'`],
    },
  ],
  when: 'after-next-deployment',
  docs: 'https://example.com/rules/cors/preflight-needs-authorization.md',
  console:
    'https://eu-west-1.console.aws.amazon.com/apigateway/main/apis/zz9/stages?api=zz9&region=eu-west-1',
};

/** Three findings of three severities, one of them of a hostile account, and an audit that could not see everything. */
export const sample: AuditResult = {
  schemaVersion: '1',
  run: {
    id: 'run-1',
    source: 'live',
    startedAt: '2026-11-23T09:00:00.000Z',
    finishedAt: '2026-11-23T09:01:05.000Z',
    account: '222233334444',
    regions: ['eu-west-1'],
  },
  summary: {
    apis: 2,
    stages: 3,
    methods: 1040,
    unreachableMethods: 7,
    findings: { error: 1, warning: 1, note: 1 },
    suppressed: 0,
  },
  findings: [scopeUndefined, clientWithoutDomain, hostileNote],
  coverage: {
    complete: false,
    gaps: [
      {
        region: 'eu-west-1',
        operation: 'GetExport',
        subject: 'orders (a1b2c3) stage prod',
        because: 'denied',
        permission: 'apigateway:GET',
        detail: 'reading the deployed configuration of orders stage prod was denied',
        rules: ['cognito/scope-undefined', 'deployment/method-not-deployed'],
      },
      {
        region: 'eu-west-1',
        operation: 'GetExport',
        subject: `${HOSTILE.terminal} stage dev`,
        because: 'denied',
        permission: 'apigateway:GET',
        detail: 'reading the deployed configuration of another stage was denied',
        rules: ['deployment/method-not-deployed'],
      },
      {
        region: 'eu-west-1',
        operation: 'GetWebACL',
        subject: 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/main/1',
        because: 'throttled',
        detail: 'WAF answered 429 to every attempt',
        rules: [],
      },
    ],
    failedRules: [
      { rule: 'cors/method-missing', at: 'orders (a1b2c3)', message: 'cannot read properties of null' },
    ],
    missingPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'apigateway:GET',
          Resource: ['arn:aws:apigateway:eu-west-1::/restapis/*'],
        },
      ],
    },
  },
  matrix: [
    {
      restApiId: 'a1b2c3',
      restApiName: 'orders',
      stage: 'prod',
      method: 'GET /orders',
      requires: 'access-token',
      scopes: ['orders.read'],
      callers: [
        {
          userPoolId: 'eu-west-1_Shop',
          clientId: 'client-web',
          clientName: 'web',
          flow: 'code',
          token: 'access',
          admitted: false,
          because: `no token carries orders.read ${HOSTILE.element}`,
        },
      ],
    },
    {
      restApiId: 'a1b2c3',
      restApiName: 'orders',
      stage: 'prod',
      method: 'GET /health',
      requires: 'none',
      scopes: [],
      callers: [],
    },
  ],
  stats: {
    awsCalls: 1234,
    minimumCalls: 1200,
    awsCallsByOperation: { GetExport: 3 },
    throttled: 4,
    cachedDeployments: 20,
    durationMs: 65_000,
  },
};

export const ACCEPTED: Suppression = {
  rule: 'cognito/*',
  subject: '*',
  reason: 'goes with the old shop',
  owner: 'team-shop',
  until: '2026-12-31',
};

/** An audit that saw everything and found nothing. */
export const clean: AuditResult = {
  ...sample,
  summary: { ...sample.summary, unreachableMethods: 0, findings: { error: 0, warning: 0, note: 0 } },
  findings: [],
  coverage: { complete: true, gaps: [], failedRules: [] },
  matrix: [],
};
