import { lookOf, WRITERS } from '../../lambda/cli/formats';
import { readPermissions, type Permission } from '../../lambda/collect/permissions';
import type { Gap } from '../../lambda/findings/coverage';
import type { SliceName } from '../../lambda/model/account';
import type { AuditResult, IamPolicy } from '../../lambda/result';
import { catalogue } from '../../lambda/rules/catalogue';
import type { SandboxOptions } from '../../sandbox/endpoint';
import { leadTo, runCommandLine } from '../support/command-line';
import {
  auditInProcess,
  compareRuns,
  HOSTILE_ACCOUNT,
  namesOf,
  withSandbox,
  type Audited,
} from '../support/hostile';

/** The operation without which a slice is unreadable as a whole. */
const SLICES: Readonly<Record<string, SliceName>> = {
  GetUsagePlans: 'usagePlans',
  GetApiKeys: 'apiKeys',
  GetDomainNames: 'domains',
  GetDomainNameAccessAssociations: 'domainAccessAssociations',
  DescribeVpcEndpoints: 'vpcEndpoints',
  GetAccount: 'gatewayAccount',
  ListDistributions: 'distributions',
};

/** Operations that fill a part of a slice: only rules that declare the slice may meet its gaps. */
const PARTS: Readonly<Record<string, readonly SliceName[]>> = {
  GetUsagePlanKeys: ['usagePlans'],
  GetBasePathMappings: ['domains'],
  GetApiMappings: ['domains'],
  ListRoutingRules: ['domains'],
  DescribeUserPool: ['userPools'],
  ListUserPoolClients: ['userPools'],
  DescribeUserPoolClient: ['userPools'],
  ListResourceServers: ['userPools'],
  ListIdentityProviders: ['userPools'],
  DescribeUserPoolDomain: ['userPools'],
  GetFunctionConfiguration: ['functions'],
  GetPolicy: ['functions'],
  GetFunctionConcurrency: ['functions'],
  GetWebACL: ['webAcls'],
  GetCachePolicy: ['distributions'],
  GetOriginRequestPolicy: ['distributions'],
};

/** One API is deleted meanwhile, so that GetRestApi is asked too. */
const SCENE: Partial<SandboxOptions> = { deletedApis: ['orders0001'] };

const READS = readPermissions.filter(({ option, action }) => option === undefined && action !== null);

let whole: AuditResult;
let deleted: AuditResult;
beforeAll(async () => {
  whole = (await auditInProcess()).result;
  deleted = (await auditInProcess(SCENE)).result;
});

const failedGaps = ({ result }: Audited): readonly Gap[] =>
  result.coverage.gaps.filter(({ because }) => because !== 'unsupported');

const rulesUnder = (gaps: readonly Gap[]): readonly string[] =>
  [...new Set(gaps.flatMap(({ rules }) => rules))].sort();

const rulesNeeding = (slices: readonly SliceName[]): readonly string[] =>
  catalogue
    .filter(({ needs }) => needs.some((slice) => slices.includes(slice)))
    .map(({ id }) => id)
    .sort();

/** The rules that must be silent without an operation, and those that may be. */
const predicted = (
  operation: string,
): { readonly least: readonly string[]; readonly most: readonly string[] } => {
  const all = catalogue.map(({ id }) => id);
  const slice = SLICES[operation];
  if (slice !== undefined) return { least: rulesNeeding([slice]), most: rulesNeeding([slice]) };
  if (operation === 'GetRestApis') return { least: all, most: all };
  const judgingStages = catalogue.filter(({ scope }) => scope === 'deployment').map(({ id }) => id);
  if (operation === 'GetStages') return { least: judgingStages, most: all };
  const part = PARTS[operation];
  return { least: [], most: part === undefined ? all : rulesNeeding(part) };
};

/** What each read that is lost, one alone or several, must leave true. */
const checkHonest = (audited: Audited, before: AuditResult): void => {
  const { covered, lost, invented } = compareRuns(before, audited);
  expect(namesOf(invented)).toEqual([]);
  expect(namesOf(lost)).toEqual([]);
  const named = rulesUnder(failedGaps(audited));
  expect(covered.filter(({ rule }) => !named.includes(rule)).map(({ rule }) => rule)).toEqual([]);
  expect(audited.result.coverage.failedRules).toEqual([]);
  expect(audited.result.coverage.complete).toBe(false);
};

/** What lets a role make these calls in both regions of the account. */
const policyOf = (...permissions: readonly Permission[]): IamPolicy => ({
  Version: '2012-10-17',
  Statement: [...new Set(permissions.map(({ action }) => action ?? ''))].map((Action) => ({
    Effect: 'Allow',
    Action,
    Resource: permissions
      .filter(({ action }) => action === Action)
      .flatMap(({ resources }) => resources)
      .map((resource) =>
        resource
          .replace('PARTITION', 'aws')
          .replace('REGION', '*')
          .replace('ACCOUNT', HOSTILE_ACCOUNT.accountId),
      )
      .toSorted(),
  })),
});

/** A JSON document of several lines that stands in a text as a person would cut it out. */
const pastedFrom = (text: string): unknown =>
  JSON.parse(
    text.slice(text.indexOf('{\n  "Version"'), text.indexOf('\n}', text.indexOf('{\n  "Version"')) + 2),
  );

const unescaped = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&#34;', '"');

/** One read denied; asked once, however many tests look at it. */
const alone = new Map<string, Promise<Audited>>();
const without = (operation: string): Promise<Audited> => {
  const audited =
    alone.get(operation) ??
    auditInProcess({ ...(operation === 'GetRestApi' ? SCENE : {}), deny: [operation] });
  alone.set(operation, audited);
  return audited;
};

/** Which operation fails first differs: what one read says is gone, no other is asked about. */
const placeOf = ({ region, subject }: Gap): string => `${region} ${subject}`;

describe.each(READS.map((permission) => [permission.operation, permission] as const))(
  '%s denied',
  (operation, permission) => {
    let audited: Audited;
    let before: AuditResult;
    beforeAll(async () => {
      before = operation === 'GetRestApi' ? deleted : whole;
      audited = await without(operation);
    });

    test('leaves gaps of itself alone, with the action to allow', () => {
      const gaps = failedGaps(audited);
      expect(gaps.length).toBeGreaterThan(0);
      // Without GetRestApi nobody can confirm that an API is gone, and what its parts answered makes no sense.
      const own = gaps.filter((gap) => operation !== 'GetRestApi' || gap.operation === operation);
      for (const gap of own) {
        expect(gap).toMatchObject({ operation, because: 'denied', permission: permission.action });
      }
    });

    test('invents nothing, and names the rule of all that it hides', () => {
      checkHonest(audited, before);
    });

    test('silences the rules that need it, and no other', () => {
      const rules = rulesUnder(failedGaps(audited));
      const { least, most } = predicted(operation);
      expect(rules.filter((rule) => !most.includes(rule))).toEqual([]);
      expect(least.filter((rule) => !rules.includes(rule))).toEqual([]);
    });

    test('prints the IAM statement to add, to be pasted, in every format for people and in JSON', () => {
      if (operation === 'GetRestApi') return;
      const policy = policyOf(permission);
      const { result } = audited;
      expect(result.coverage.missingPolicy).toEqual(policy);
      expect(pastedFrom(WRITERS.text(result, lookOf(null, {})))).toEqual(policy);
      expect(pastedFrom(unescaped(WRITERS.html(result, lookOf(null, {}))))).toEqual(policy);
      const json = JSON.parse(WRITERS.json(result, lookOf(null, {}))) as AuditResult;
      expect(json.coverage.missingPolicy).toEqual(policy);
    });
  },
);

test.each(
  READS.slice(1)
    .map((second, index) => [READS[index] ?? second, second] as const)
    .map((pair) => [pair[0].operation, pair[1].operation, pair] as const),
)(
  '%s and %s denied together: the gaps of both, and what either is needed for',
  async (first, second, pair) => {
    const audited = await auditInProcess({ deny: [first, second] });
    checkHonest(audited, whole);
    const gaps = failedGaps(audited);
    // Without GetRestApi nothing is lost here: it is asked only where an API seems to be gone.
    const each = await Promise.all(
      [first, second].filter((operation) => operation !== 'GetRestApi').map(without),
    );
    const ofEach = new Set(each.flatMap(failedGaps).map(placeOf));
    expect(gaps.map(placeOf).filter((place) => !ofEach.has(place))).toEqual([]);
    for (const gap of gaps) expect(gap.because).toBe('denied');
    const asked = pair.filter(({ operation }) => gaps.some((gap) => gap.operation === operation));
    expect(audited.result.coverage.missingPolicy).toEqual(policyOf(...asked));

    // What one needs is silent whatever else is denied; two reads that confirm one another may silence more, within their needs.
    const rules = rulesUnder(gaps);
    const silent = new Set(each.flatMap((one) => rulesUnder(failedGaps(one))));
    expect([...silent].filter((rule) => !rules.includes(rule))).toEqual([]);
    const most = new Set([first, second].flatMap((operation) => predicted(operation).most));
    expect(rules.filter((rule) => !most.has(rule))).toEqual([]);
  },
);

test.each(READS.map(({ operation }) => operation).filter((operation) => operation !== 'GetRestApi'))(
  '%s unknown to the endpoint is unreadable, not absent',
  async (operation) => {
    const audited = await auditInProcess({ faults: { seed: 1, unknownPath: 1, operations: [operation] } });
    checkHonest(audited, whole);
    for (const gap of failedGaps(audited)) expect(gap).toMatchObject({ operation, because: 'broken' });
  },
);

test('what was denied is evidence of nothing', async () => {
  const deny = ['GetExport', 'GetDeployment'];
  const { result } = await auditInProcess({ deny });
  const ofDrafts = result.findings.filter(({ when }) => when === 'after-next-deployment');
  expect(ofDrafts.length).toBeGreaterThan(5);
  const named = result.findings.flatMap(({ rule, evidence }) =>
    evidence
      .filter(({ operation }) => deny.includes(operation))
      .map(({ operation }) => `${rule} ${operation}`),
  );
  expect(named).toEqual([]);
});

describe('no permission at all', () => {
  test('the caller is known: the report says what to allow, and the audit did not run', async () => {
    await withSandbox({ permitted: ['GetCallerIdentity'] }, async ({ url }) => {
      const { code, out, err } = await runCommandLine(['audit'], { env: leadTo(url) });
      expect(code).toBe(3);
      expect(out).toMatch(/^INCOMPLETE/);
      expect(out).toContain('"Action": "apigateway:GET"');
      expect(err).toContain('error: Nothing was audited: the role may not list the REST APIs.');
    });
  });

  test('not even the caller is known', async () => {
    await withSandbox({ permitted: [] }, async ({ url }) => {
      const { code, out, err } = await runCommandLine(['audit'], { env: leadTo(url) });
      expect([code, out]).toEqual([3, '']);
      expect(err).toMatch(/^error: Signing in to AWS failed\. .*access was denied/);
    });
  });
});
