import { parseExport } from '../../lambda/collect/export-document';
import { policyText } from '../../lambda/collect/policy-text';
import { ShapeError } from '../../lambda/collect/shape';
import { readSaved, writeSaved } from '../../lambda/cli/saved-file';
import { UsageError } from '../../lambda/cli/usage-error';
import { parseUrl } from '../../lambda/explain/address';
import { parseHeaders } from '../../lambda/explain/credentials';
import { parseCurl } from '../../lambda/explain/curl';
import { ExplainInputError } from '../../lambda/explain/input';
import { readToken } from '../../lambda/explain/token';
import { suppress } from '../../lambda/findings/suppression';
import { EventError, parseEvent } from '../../lambda/function/event';
import { matchExpression } from '../../lambda/gateway/expression/match';
import { matchesNoHeader } from '../../lambda/gateway/expression/satisfiable';
import { parseIdentitySource } from '../../lambda/gateway/identity-source';
import { compilePolicy, reachesCall } from '../../lambda/gateway/policy/compile';
import { evaluatePolicy } from '../../lambda/gateway/policy/evaluate';
import { requestKeys } from '../../lambda/gateway/policy/keys';
import { parsePolicy } from '../../lambda/gateway/policy/parse';
import { scopeUndefined } from '../report/sample';
import { account, method, restApi, usagePlan } from './build';
import { mutate, mutateJson } from './fuzz-random';
import type { Target } from './fuzz-target';
import { TEMPLATE_TARGETS } from './fuzz-templates';

const RESOURCE = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/orders/1';

const POLICIES: readonly [string, ...string[]] = [
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":["arn:aws:iam::111122223333:role/a","*"]},"Action":["execute-api:*"],"Resource":["arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*/GET/*"],"Condition":{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}}]}',
  '{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"*"},"NotAction":"x:*","NotResource":"*${aws:username}*","Condition":{"StringLike":{"aws:UserAgent":"*a*b*c*d*e*"},"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"Bool":{"aws:SecureTransport":"false"},"ForAnyValue:StringEquals":{"aws:PrincipalOrgPaths":["o-1/*"]},"Null":{"aws:SourceVpce":true}}}}',
];

const judge = (text: string): unknown => {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'fault' || !('policy' in parsed)) return parsed;
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
  const compiled = compilePolicy(parsed.policy, place, 'a1b2c3d4e5');
  const reached = compiled.statements.map((statement) => reachesCall(statement, RESOURCE));
  const verdict = evaluatePolicy(parsed.policy, {
    principal: { kind: 'anonymous' },
    action: 'execute-api:Invoke',
    resource: RESOURCE,
    keys: requestKeys({ sourceIp: '203.0.113.9' } as never),
  });
  return [reached, verdict];
};

const EXPORT = {
  openapi: '3.0.1',
  servers: [{ url: 'https://x/{basePath}', variables: { basePath: { default: 'prod' } } }],
  paths: {
    '/orders/{id}': {
      get: {
        security: [{ pool: ['orders/read'], api_key: [] }],
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          uri: 'arn:x',
          responses: { default: { statusCode: '200' } },
        },
      },
      'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } },
    },
  },
  components: {
    securitySchemes: {
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      pool: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': {
          type: 'cognito_user_pools',
          providerARNs: ['arn:aws:cognito-idp:x'],
        },
      },
    },
  },
  'x-amazon-apigateway-policy': { Statement: [] },
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { statusCode: 403, responseParameters: {} } },
};

const SAVED: unknown = JSON.parse(
  writeSaved([
    account({
      restApis: [restApi('shop', { methods: [method('GET', '/orders', { apiKeyRequired: true })] })],
      usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
    }),
  ]),
);

const EVENTS: readonly [unknown, ...unknown[]] = [
  {},
  {
    action: 'audit',
    regions: ['eu-west-1'],
    restApiIds: ['a1b2'],
    rules: ['cors/x'],
    notify: true,
    full: false,
  },
  { action: 'test-alert' },
  { action: 'explain', url: 'https://x', token: 'a.b.c', claims: { sub: 'x' } },
  { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} },
];

const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const TOKENS: readonly [string, ...string[]] = [
  `Bearer ${base64('{"alg":"RS256","kid":"k"}')}.${base64('{"token_use":"id","iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a","aud":"c","exp":1}')}.c2ln`,
  `${base64('{"alg":"RS256"}')}.${base64('{"token_use":"access","scope":"a/b c/d","client_id":"c"}')}.c2ln`,
  'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d',
  'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
];

const URLS: readonly [string, ...string[]] = [
  'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/orders/1?a=b',
  'https://a1b2c3d4e5-vpce-0a1b2c3d4e5f.execute-api.eu-west-1.amazonaws.com/prod',
  'http://user:pass@api.example.com:8443/v1/%2e%2e/x#y',
  'https://vpce-0a1b-x.execute-api.eu-west-1.vpce.amazonaws.com/prod/',
];

const CURLS: readonly [string, ...string[]] = [
  "curl 'https://api.example.com/v1' -H 'Authorization: Bearer a.b.c' --data-raw '{\"a\":1}' --compressed",
  'curl -sS -X POST -u me:pw --aws-sigv4 "aws:amz:eu-west-1:execute-api" https://api.example.com/v1 \\\n -H "x-api-key: k"',
  'curl ^"https://x^" ^\n -H ^"a: b^"',
  "curl $'https://x/\\u0021' -G -d a=b --url=https://y",
];

const EXPRESSIONS: readonly [string, ...string[]] = [
  '^Bearer [-0-9a-zA-z\\.]*$',
  '(a+)+$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(.*)*x',
  '[\\w-]+\\.[\\w-]+\\.[\\w-]+',
  '(?:a|ab|abc){1,50}(?:a|ab|abc){1,50}c',
  '^(?i)token\\b.{10,2000}$',
  '(x{1,100}){1,100}',
];

const VALUES: readonly [string, ...string[]] = [
  'a'.repeat(40),
  'Bearer a.b.c',
  'aB'.repeat(2_000),
  `${'x'.repeat(10_000)}!`,
  '',
];

const SUBJECTS: readonly [string, ...string[]] = [
  'arn:aws:apigateway:eu-west-1::/restapis/*/stages/prod',
  '*a*a*a*a*a*a*a*a*b',
  'shop (idshop) stage prod',
  '**',
];

export const TARGETS: readonly Target[] = [
  {
    name: 'policy: parse, compile, evaluate',
    weight: 0.15,
    make: (random) => mutate(random, POLICIES),
    run: judge,
    refuses: [],
  },
  {
    name: 'policy: JSON of odd kinds',
    weight: 0.1,
    make: (random) => JSON.stringify(mutateJson(random, JSON.parse(random.pick(POLICIES)))),
    run: judge,
    refuses: [],
  },
  {
    name: 'policy: un-escaping',
    weight: 0.1,
    make: (random) => mutate(random, [JSON.stringify(POLICIES[1]).slice(1, -1), ...POLICIES]),
    run: policyText,
    refuses: [],
  },
  {
    name: 'export: JSON of odd kinds',
    weight: 0.08,
    make: (random) => Buffer.from(JSON.stringify(mutateJson(random, EXPORT))),
    run: parseExport,
    refuses: [ShapeError],
  },
  {
    name: 'export: bytes',
    weight: 0.05,
    make: (random) =>
      Buffer.from(mutate(random, [JSON.stringify(EXPORT)]), random.below(9) === 0 ? 'latin1' : 'utf8'),
    run: parseExport,
    refuses: [ShapeError],
  },
  {
    name: 'function events',
    weight: 0.08,
    make: (random) => mutateJson(random, random.pick(EVENTS)),
    run: parseEvent,
    refuses: [EventError],
  },
  {
    name: 'saved accounts',
    weight: 0.03,
    make: (random) =>
      random.below(3) === 0
        ? mutate(random, [JSON.stringify(SAVED)])
        : JSON.stringify(mutateJson(random, SAVED)),
    run: (text: string) => readSaved(text, 'account.json'),
    refuses: [UsageError],
  },
  {
    name: 'tokens',
    weight: 0.1,
    make: (random) => mutate(random, TOKENS),
    run: (text: string) => readToken(text, 'authorization', null),
    refuses: [],
  },
  {
    name: 'URLs and headers',
    weight: 0.09,
    make: (random) => [mutate(random, URLS), mutate(random, ['Host: api.example.com', 'x: y', 'Name;'])],
    run: ([url, header]: readonly [string, string]) => parseUrl(url, parseHeaders([header])),
    refuses: [ExplainInputError],
  },
  {
    name: 'curl lines',
    weight: 0.09,
    make: (random) => mutate(random, CURLS),
    run: parseCurl,
    refuses: [ExplainInputError],
  },
  {
    name: 'identity validation expressions',
    weight: 0.04,
    make: (random) => [mutate(random, EXPRESSIONS), random.pick(VALUES)],
    run: ([expression, value]: readonly [string, string]) => [
      matchExpression(expression, value),
      matchesNoHeader(expression),
    ],
    refuses: [],
  },
  {
    name: 'identity sources',
    weight: 0.04,
    make: (random) =>
      mutate(random, [
        'method.request.header.Authorization',
        'context.identity.sourceIp',
        'stageVariables.x',
      ]),
    run: parseIdentitySource,
    refuses: [],
  },
  {
    name: 'suppressions',
    weight: 0.05,
    make: (random) => ({
      rule: mutate(random, ['cors/*', 'cognito/scope-undefined']),
      subject: mutate(random, SUBJECTS),
      reason: 'r',
      owner: 'o',
      until: mutate(random, ['2026-12-31', '2026-02-30']),
    }),
    run: (one: Parameters<typeof suppress>[1][number]) =>
      suppress(
        [{ ...scopeUndefined, subject: { ...scopeUndefined.subject, label: 'a'.repeat(5_000) } }],
        [one],
        0,
      ),
    refuses: [],
  },
  ...TEMPLATE_TARGETS,
];
