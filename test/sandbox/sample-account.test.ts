import { openSandbox } from '../../lambda/cli/open-sandbox';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import type { AuditResult } from '../../lambda/result';
import { sampleAccount } from '../../sandbox/load';

const CLOCK = () => new Date('2026-04-01T08:00:00Z');

const NAMES = new Map(
  Object.values(sampleAccount.regions).flatMap(({ restApis = [] }) =>
    restApis.map(({ id, name }) => [id, name] as const),
  ),
);

let result: AuditResult;

beforeAll(async () => {
  const { sources, close } = await openSandbox({ region: [], api: [] }, CLOCK);
  try {
    ({ result } = await audit({ sources, rules: catalogue, runId: 'sample', clock: CLOCK }));
  } finally {
    await close();
  }
});

const apisOf = ({ subject, affected }: AuditResult['findings'][number]): readonly (string | undefined)[] => [
  ...new Set([subject.restApiId, ...affected.map(({ restApiId }) => restApiId)].map((id) => NAMES.get(id))),
];

/** `API: rule` of every finding above a note. */
const faults = (): ReadonlySet<string> =>
  new Set(
    result.findings
      .filter(({ severity }) => severity !== 'note')
      .flatMap((finding) => apisOf(finding).map((name) => `${name ?? '-'}: ${finding.rule}`)),
  );

test.each([
  'orders-api',
  'catalog-api',
  'partner-feed-api',
  'shipping-api',
  'payments-webhooks',
  'reporting-api',
  'store-locator-api',
])('%s is healthy', (name) => {
  expect([...faults()].filter((fault) => fault.startsWith(`${name}:`))).toEqual([]);
});

test.each([
  'loyalty-api: cognito/user-pool-missing',
  'loyalty-api: cors/preflight-needs-authorization',
  'returns-api: cognito/scope-undefined',
  'returns-api: cognito/scope-no-client-may-request',
  'returns-api: cognito/mixed-token-types',
  'returns-api: edge/cloudfront-strips-authorization',
  'warehouse-api: cognito/id-token-unobtainable',
  'warehouse-api: clients/oauth-disabled',
  'warehouse-api: clients/user-pool-without-domain',
  'warehouse-api: clients/secret-missing-for-client-credentials',
  'warehouse-api: authorizers/stage-variable-undefined',
  'support-api: deployment/method-not-deployed',
  'support-api: deployment/authorization-not-deployed',
  'support-api: api-keys/stage-in-no-usage-plan',
  'gift-cards-api: deployment/api-never-deployed',
  'admin-api: resource-policy/allows-no-caller',
  'admin-api: waf/default-action-blocks',
  'invoices-api: resource-policy/resource-matches-nothing',
  'supplier-portal-api: resource-policy/private-range-on-public-api',
  'supplier-portal-api: lambda-authorizer/invoke-not-permitted',
  'audit-log-api: private/private-api-without-policy',
  'pos-legacy-api: edge/default-endpoint-disabled',
  '-: edge/domain-without-route',
  '-: edge/mapping-to-missing-stage',
])('it holds the fault %s', (fault) => {
  expect(faults()).toContain(fault);
});

test('it holds an unusual token header, which is worth a note', () => {
  const notes = result.findings.filter(({ rule }) => rule === 'authorizers/token-source-unusual');
  expect(notes.flatMap(apisOf)).toEqual(['loyalty-api']);
});

test('all of it can be read', () => {
  const unread = result.coverage.gaps.filter(({ because }) => because !== 'unsupported');
  expect(unread).toEqual([]);
  expect(result.coverage.failedRules).toEqual([]);
});

test('none of its secrets gets through', () => {
  expect(JSON.stringify(sampleAccount)).toContain('EXAMPLE-SECRET');
  expect(JSON.stringify(result)).not.toContain('EXAMPLE-SECRET');
});
