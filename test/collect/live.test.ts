import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identify, openRegion, type LiveSettings } from '../../lambda/collect/live';
import type { Pacer } from '../../lambda/collect/pace';
import { readPermissions, type Operation } from '../../lambda/collect/permissions';
import type { SharedAccount } from '../../lambda/model/account';
import type { Unreadable } from '../../lambda/model/known';
import type { RestApi } from '../../lambda/model/rest-api';
import type { ReadStats } from '../../lambda/source';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/endpoint';
import { ACCOUNT, ACCOUNT_ID, functionArn, POOL_ARN, REGION, SECRETS } from './live-account';

const FREE: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

interface Audit {
  readonly apis: readonly RestApi[];
  readonly listing: Unreadable | null;
  readonly shared: SharedAccount;
  readonly stats: ReadStats;
  readonly yielded: readonly SharedAccount[];
}

const settingsFor = (endpoint: string, given: Partial<LiveSettings> = {}): LiveSettings => ({
  region: REGION,
  accountId: ACCOUNT_ID,
  partition: 'aws',
  scannedRegions: [REGION, 'eu-central-1'],
  clock: () => new Date('2026-01-01T00:00:00Z'),
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'PLANTED-own-secret' },
  endpoint,
  attempts: 1,
  pacerOf: () => FREE,
  ...given,
});

const auditAt = async (endpoint: string, given: Partial<LiveSettings> = {}): Promise<Audit> => {
  const source = openRegion(settingsFor(endpoint, given));
  const apis: RestApi[] = [];
  const yielded: SharedAccount[] = [];
  let listing: Unreadable | null = null;
  for await (const collected of source.apis(() => undefined)) {
    if ('state' in collected) listing = collected;
    else {
      apis.push(collected.api);
      yielded.push(collected.shared);
    }
  }
  return { apis, listing, shared: await source.shared(), stats: source.stats(), yielded };
};

const withSandbox = async <T>(
  options: Partial<SandboxOptions>,
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> => {
  const sandbox = await startSandbox({ account: ACCOUNT, ...options });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
};

const auditSandbox = (
  options: Partial<SandboxOptions> = {},
  given: Partial<LiveSettings> = {},
): Promise<Audit> => withSandbox(options, (sandbox) => auditAt(sandbox.url, given));

const gapsOf = (data: unknown, found: Unreadable[] = []): readonly Unreadable[] => {
  if (typeof data !== 'object' || data === null) return found;
  if ('state' in data && data.state === 'unreadable') found.push(data as Unreadable);
  else for (const value of Object.values(data)) gapsOf(value, found);
  return found;
};

/** All gaps but those that the account itself brings about: what a canary and an unexportable API cannot show, and classic WAF. */
const failures = ({ apis, listing, shared }: Audit): readonly Unreadable[] =>
  gapsOf([apis, listing, shared]).filter(({ because }) => because !== 'unsupported');

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

/** Stands before the sandbox and answers some paths itself. */
const withProxy = async <T>(
  answers: (url: string, method: string) => Answer | null,
  use: (url: string) => Promise<T>,
): Promise<T> =>
  withSandbox({}, async (sandbox) => {
    const pass = (incoming: IncomingMessage, response: ServerResponse): void => {
      const onward = forward(`${sandbox.url}${incoming.url ?? ''}`, {
        method: incoming.method,
        headers: incoming.headers,
      });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(onward);
    };
    const server = createServer((incoming, response) => {
      const answer = answers(incoming.url ?? '', incoming.method ?? '');
      if (answer === null) {
        pass(incoming, response);
        return;
      }
      const { status, type, body } = answer;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

let whole: Audit;
beforeAll(async () => {
  whole = await auditSandbox();
});

describe('a whole account', () => {
  test('nothing is left unread', () => {
    expect(failures(whole)).toEqual([]);
    expect(whole.listing).toBeNull();
    expect(whole.apis.map(({ name }) => name)).toEqual(['empty', 'orders']);
  });

  test('snapshots, each deployment once', () => {
    const [, orders] = whole.apis;
    if (orders?.stages.state !== 'known') throw new Error('stages expected');
    const [copy, prod, test] = orders.stages.value;
    expect([copy?.name, prod?.name, test?.name]).toEqual(['copy', 'prod', 'test']);
    expect(prod?.snapshot.methods).toEqual(copy?.snapshot.methods);
    const methods = prod?.snapshot.methods;
    if (methods?.state !== 'known') throw new Error('methods expected');
    const guarded = methods.value.find(({ path, verb }) => path === '/orders' && verb === 'GET');
    expect(guarded).toMatchObject({
      authorizationType: { value: 'COGNITO_USER_POOLS' },
      authorizer: { value: 'clients' },
      scopes: { value: ['orders/read', 'orders/write'] },
      apiKeyRequired: { value: false },
    });
    expect(prod?.snapshot.authorizers).toMatchObject({
      value: [{ id: 'auth01' }, { id: 'auth02', resultTtl: 300 }],
    });
    expect(
      JSON.parse(prod?.snapshot.policy.state === 'known' ? (prod.snapshot.policy.value ?? '') : ''),
    ).toMatchObject({
      Statement: [{ Resource: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:orders0001/*` }],
    });
    expect(prod?.snapshot.gatewayResponses).toEqual(orders.draft.gatewayResponses);
    // No export shows a canary; the summary still shows its open and its IAM methods.
    expect(prod?.canary?.snapshot.authorizers).toMatchObject({ because: 'unsupported' });
    expect(test?.snapshot.policy).toMatchObject({ because: 'unsupported', operation: 'GetExport' });
    for (const snapshot of [prod?.canary?.snapshot, test?.snapshot]) {
      const open = snapshot?.methods.state === 'known' ? snapshot.methods.value : [];
      expect(open.find(({ path }) => path === '/')).toMatchObject({ authorizer: { value: null } });
      expect(open.find(({ verb }) => verb === 'POST')).toMatchObject({
        authorizer: { because: 'unsupported' },
      });
    }
  });

  test('the newest deployment, where a stage does not serve the draft', () => {
    const [empty, orders] = whole.apis;
    expect(empty?.newestDeployment).toEqual({ state: 'known', value: null });
    expect(orders?.newestDeployment).toMatchObject({
      value: { id: 'dep004', snapshot: { policy: { because: 'unsupported', operation: 'GetExport' } } },
    });
    const newest = orders?.newestDeployment.state === 'known' ? orders.newestDeployment.value : null;
    const methods = newest?.snapshot.methods.state === 'known' ? newest.snapshot.methods.value : [];
    expect(methods.map(({ verb, path }) => `${verb} ${path}`)).toEqual([
      'GET /',
      'GET /orders',
      'POST /orders',
      'ANY /{proxy+}',
    ]);
  });

  test('pools: of the own account and scanned regions, with what stage variables name', () => {
    const { userPools } = whole.shared.slices;
    if (userPools.state !== 'known') throw new Error('pools expected');
    expect(
      userPools.value.map(({ arn, pool }) => [arn.split('/')[1], pool.state === 'known' && pool.value?.name]),
    ).toEqual([
      ['eu-central-1_Near', 'near'],
      [`${REGION}_Gone`, undefined],
      [`${REGION}_Pets`, 'pets'],
    ]);
    expect(userPools.value.find(({ arn }) => arn === POOL_ARN)?.pool).toMatchObject({
      value: {
        domainStatus: { value: 'ACTIVE' },
        clients: { value: [{ name: 'web' }, { name: 'mobile' }, { name: 'batch' }] },
        resourceServers: { value: [{ identifier: 'orders', scopeNames: ['read'] }, { identifier: 'stock' }] },
        identityProviders: { value: ['Corp'] },
      },
    });
  });

  test('functions: of authorizers by stage and canary, and of triggers', () => {
    const { functions } = whole.shared.slices;
    if (functions.state !== 'known') throw new Error('functions expected');
    const byArn = new Map(functions.value.map((entry) => [entry.arn, entry]));
    expect([...byArn.keys()].sort()).toEqual(['guard:live', 'missing', 'sign-up'].map(functionArn).sort());
    expect(byArn.get(functionArn('guard:live'))).toMatchObject({
      configuration: { value: { state: 'Active', runtime: 'nodejs22.x' } },
      policy: { value: '{"Version":"2012-10-17","Statement":[]}' },
      reservedConcurrency: { value: 5 },
    });
    expect(byArn.get(functionArn('missing'))).toMatchObject({
      configuration: { value: null },
      policy: { value: null },
    });
    expect(byArn.get(functionArn('sign-up'))).toMatchObject({
      policy: { value: null },
      reservedConcurrency: { value: null },
    });
  });

  test('the other slices', () => {
    const { slices } = whole.shared;
    expect(slices).toMatchObject({
      usagePlans: {
        value: [
          { id: 'plan01', keyIds: { value: ['key01', 'key02'] } },
          { id: 'plan02', keyIds: { value: [] } },
        ],
      },
      apiKeys: {
        value: [
          { id: 'key01', name: 'acme', enabled: true, stageKeys: ['orders0001/prod'] },
          { id: 'key02', name: 'globex', enabled: false, stageKeys: [] },
        ],
      },
      domainAccessAssociations: { value: [{ vpcEndpointId: 'vpce-1' }] },
      vpcEndpoints: { value: [{ id: 'vpce-1', privateDnsEnabled: true }] },
      gatewayAccount: {
        value: { cloudwatchRoleArn: 'arn:aws:iam::111122223333:role/logs', features: ['UsagePlans'] },
      },
      callerRoles: { value: [] },
      webAcls: { value: [{ webAcl: { because: 'unsupported' } }, { webAcl: { value: { name: 'edge' } } }] },
      distributions: {
        value: [
          {
            id: 'E1',
            behaviors: [
              { pathPattern: 'signed/*', forwards: { because: 'unsupported' } },
              { pathPattern: '*', forwards: { value: { mode: 'listed', headers: ['authorization'] } } },
            ],
          },
        ],
      },
    });
    if (slices.domains.state !== 'known') throw new Error('domains expected');
    const [api, bare] = slices.domains.value;
    expect(api).toMatchObject({
      mappings: {
        value: [
          { basePath: '', stage: 'prod' },
          { basePath: 'orders/v1', stage: 'test' },
        ],
      },
      routingRules: { value: [{ id: 'rule01', basePaths: ['beta'] }] },
    });
    expect(bare).toMatchObject({ mappings: { value: [] }, routingRules: { value: [] } });
  });

  test('each API comes with what it names, and nothing else', () => {
    const [empty, orders] = whole.yielded;
    expect(empty?.slices.userPools).toEqual({ state: 'known', value: [] });
    expect(orders?.slices).toEqual(whole.shared.slices);
    expect(whole.shared).toMatchObject({
      collectedAt: '2026-01-01T00:00:00.000Z',
      accountId: ACCOUNT_ID,
      region: REGION,
    });
  });

  test('no secret gets in', () => {
    const planted = JSON.stringify(ACCOUNT);
    const collected = JSON.stringify(whole);
    for (const secret of Object.values(SECRETS)) {
      expect(planted).toContain(secret);
      expect(collected).not.toContain(secret);
    }
    expect(collected).not.toContain('PLANTED');
  });

  test('no call too many', () => {
    expect(whole.stats).toEqual({
      throttled: 0,
      cachedDeployments: 0,
      minimumCalls: whole.stats.awsCalls,
      awsCalls: Object.values(whole.stats.awsCallsByOperation).reduce((sum, calls) => sum + calls, 0),
      awsCallsByOperation: {
        DescribeUserPool: 3,
        DescribeUserPoolClient: 3,
        DescribeUserPoolDomain: 1,
        DescribeVpcEndpoints: 1,
        GetAccount: 1,
        GetApiKeys: 1,
        GetApiMappings: 1,
        GetAuthorizers: 2,
        GetBasePathMappings: 2,
        GetCachePolicy: 1,
        GetDeployment: 4,
        GetDeployments: 1,
        GetDomainNameAccessAssociations: 1,
        GetDomainNames: 1,
        GetExport: 2,
        GetFunctionConcurrency: 2,
        GetFunctionConfiguration: 3,
        GetGatewayResponses: 2,
        GetOriginRequestPolicy: 1,
        GetPolicy: 2,
        GetResources: 2,
        GetRestApis: 1,
        GetStages: 2,
        GetUsagePlanKeys: 2,
        GetUsagePlans: 1,
        GetWebACL: 1,
        ListDistributions: 1,
        ListIdentityProviders: 2,
        ListResourceServers: 2,
        ListRoutingRules: 1,
        ListUserPoolClients: 2,
      },
    });
  });

  test('small pages give the same account', async () => {
    const paged = await auditSandbox({ pageSize: 1 });
    expect({ ...paged, stats: null }).toEqual({ ...whole, stats: null });
    expect(paged.stats.awsCalls).toBeGreaterThan(whole.stats.awsCalls);
    expect(paged.stats.minimumCalls).toBeLessThan(paged.stats.awsCalls);
  });

  test('a partition without CloudFront is not asked for distributions', async () => {
    const { shared, stats } = await auditSandbox({}, { partition: 'aws-us-gov' });
    expect(shared.slices.distributions).toEqual({ state: 'known', value: [] });
    expect(stats.awsCallsByOperation).not.toHaveProperty('ListDistributions');
  });

  test('only some APIs', async () => {
    const { apis } = await auditSandbox({}, { restApiIds: ['empty00001'] });
    expect(apis.map(({ id }) => id)).toEqual(['empty00001']);
  });

  test('the quotas are kept with the pacer of the house', async () => {
    await withSandbox({ quotas: true }, async (sandbox) => {
      const { pacerOf: _, ...settings } = settingsFor(sandbox.url, { share: 1 });
      const source = openRegion(settings);
      for await (const collected of source.apis(() => undefined)) expect(collected).toHaveProperty('api');
      expect(source.stats().throttled).toBe(0);
    });
  });
});

/** Whether `partial` says nothing that `full` does not say: it may only lose. */
const onlyLoses = (full: unknown, partial: unknown): boolean => {
  if (typeof partial !== 'object' || partial === null) return Object.is(full, partial);
  if ('state' in partial && partial.state === 'unreadable') return true;
  if (typeof full !== 'object' || full === null) return false;
  if (Array.isArray(partial)) {
    return (
      Array.isArray(full) &&
      full.length === partial.length &&
      partial.every((item, n) => onlyLoses(full[n], item))
    );
  }
  return (
    Object.keys(full).length === Object.keys(partial).length &&
    Object.entries(partial).every(([key, value]) => onlyLoses(Reflect.get(full, key), value))
  );
};

const byRoute = (api: RestApi): unknown =>
  JSON.parse(JSON.stringify(api), (_, value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'verb' in item)
      ? [...(value as { path: string; verb: string }[])].sort((a, b) =>
          `${a.path} ${a.verb}`.localeCompare(`${b.path} ${b.verb}`),
        )
      : value,
  );

/** Slices that hold whatever some APIs name: less when an API shows less. */
const NAMED = ['userPools', 'functions', 'webAcls'] as const;

const checkOnlyLoses = (partial: Audit): void => {
  if (partial.listing === null) {
    expect(partial.apis.map(({ id }) => id)).toEqual(whole.apis.map(({ id }) => id));
    for (const [index, api] of partial.apis.entries()) {
      const full = whole.apis[index];
      if (full === undefined) throw new Error('an API too many');
      expect(onlyLoses(byRoute(full), byRoute(api))).toBe(true);
    }
  }
  for (const [name, slice] of Object.entries(partial.shared.slices)) {
    const full = whole.shared.slices[name as keyof SharedAccount['slices']];
    if (!NAMED.some((one) => one === name)) {
      if (name !== 'distributions') expect(onlyLoses(full, slice)).toBe(true);
      continue;
    }
    const entries = slice.state === 'known' ? (slice.value as readonly { arn: string }[]) : [];
    const all = full.state === 'known' ? (full.value as readonly { arn: string }[]) : [];
    for (const entry of entries) {
      expect(
        onlyLoses(
          all.find(({ arn }) => arn === entry.arn),
          entry,
        ),
      ).toBe(true);
    }
  }
};

const OPTIONAL: ReadonlySet<string> = new Set(['GetCallerIdentity', 'GetRestApi', 'GetApis']);
const ASKED = readPermissions
  .filter(({ option }) => option === undefined)
  .map(({ operation }) => operation as Operation)
  .filter((name) => !OPTIONAL.has(name));

describe('a read that is denied', () => {
  test.each(ASKED)('%s: a gap with its permission, and nothing else changes', async (operation) => {
    const partial = await auditSandbox({ deny: [operation] });
    const gaps = failures(partial);
    const permission = readPermissions.find((one) => one.operation === operation)?.action ?? '';
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(gap).toMatchObject({ because: 'denied', operation, permission });
    checkOnlyLoses(partial);
  });

  test('of one export only', async () => {
    const partial = await auditSandbox({ deny: ['GetExport:copy'] });
    expect(new Set(failures(partial).map(({ subject }) => subject))).toEqual(
      new Set(['orders (orders0001) stage copy']),
    );
    checkOnlyLoses(partial);
  });

  test('summary and export both: no method is made up', async () => {
    const { apis } = await auditSandbox({ deny: ['GetExport', 'GetDeployment'] });
    const stages = apis[1]?.stages;
    if (stages?.state !== 'known') throw new Error('stages expected');
    expect(stages.value.map(({ snapshot }) => snapshot.methods)).toMatchObject([
      { because: 'denied' },
      { because: 'denied' },
      { because: 'denied' },
    ]);
  });
});

describe('a read that fails', () => {
  test.each(['tear', 'halfBody', 'malformed', 'html', 'serverError'] as const)(
    '%s is broken',
    async (fault) => {
      for (const operation of [
        'GetResources',
        'GetExport',
        'GetRestApis',
        'DescribeUserPool',
        'DescribeVpcEndpoints',
      ]) {
        // oxlint-disable-next-line eslint/no-await-in-loop -- one sandbox at a time
        const partial = await auditSandbox({ faults: { seed: 1, [fault]: 1, operations: [operation] } });
        const gaps = failures(partial);
        expect(gaps.length).toBeGreaterThan(0);
        for (const gap of gaps) expect(gap).toMatchObject({ because: 'broken', operation });
        checkOnlyLoses(partial);
      }
    },
  );

  test('no answer in time is broken', async () => {
    const partial = await auditSandbox(
      { faults: { seed: 1, stall: 1, operations: ['GetAccount', 'GetStages'] } },
      { requestTimeout: 2_000 },
    );
    const gaps = failures(partial);
    // A busy machine may be too late with other answers as well: they are gaps of the same kind.
    expect(gaps.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['GetAccount', 'GetStages']),
    );
    for (const gap of gaps) expect(gap.because).toBe('broken');
    checkOnlyLoses(partial);
  });

  test('throttling to the end is throttled, and counted', async () => {
    const slowed: string[] = [];
    const pacer: Pacer = {
      take: () => Promise.resolve(),
      throttled: (operation, of) => void slowed.push(`${operation} ${of ?? ''}`),
    };
    const partial = await auditSandbox(
      { faults: { seed: 1, throttle: 1, operations: ['GetUsagePlans', 'ListUserPoolClients', 'GetWebACL'] } },
      { pacerOf: () => pacer },
    );
    expect(slowed.sort()).toEqual([
      'GetUsagePlans ',
      'GetWebACL ',
      `ListUserPoolClients eu-central-1_Near`,
      `ListUserPoolClients ${REGION}_Pets`,
    ]);
    const gaps = failures(partial);
    expect(new Set(gaps.map(({ operation }) => operation))).toEqual(
      new Set(['GetUsagePlans', 'ListUserPoolClients', 'GetWebACL']),
    );
    for (const gap of gaps) expect(gap.because).toBe('throttled');
    expect(partial.stats.throttled).toBe(4);
    checkOnlyLoses(partial);
  });

  test('a refusal for the rate goes back into the queue, as often as a fault is repeated and no more', async () => {
    const slowed: string[] = [];
    const pacer: Pacer = {
      take: () => Promise.resolve(),
      throttled: (operation) => void slowed.push(operation),
    };
    const partial = await auditSandbox(
      { faults: { seed: 1, throttle: 1, operations: ['GetUsagePlans'] } },
      { attempts: 5, pacerOf: () => pacer },
    );
    expect(slowed).toEqual(Array.from({ length: 5 }, () => 'GetUsagePlans'));
    expect(partial.stats.awsCallsByOperation['GetUsagePlans']).toBe(5);
    expect(failures(partial).map(({ because }) => because)).toEqual(['throttled']);
  });

  test('faults that pass are retried, each attempt paced and counted', async () => {
    const taken: string[] = [];
    const pacer: Pacer = {
      take: (operation) => {
        taken.push(operation);
        return Promise.resolve();
      },
      throttled: () => undefined,
    };
    const audit = await auditSandbox(
      { faults: { seed: 7, serverError: 0.2, tear: 0.2 } },
      { attempts: 12, pacerOf: () => pacer },
    );
    expect({ ...audit, stats: null }).toEqual({ ...whole, stats: null });
    expect(audit.stats.awsCalls).toBeGreaterThan(whole.stats.awsCalls);
    expect(taken).toHaveLength(audit.stats.awsCalls);
  });

  test('the list of APIs itself', async () => {
    const { apis, listing } = await auditSandbox({ deny: ['GetRestApis'] });
    expect(apis).toEqual([]);
    expect(listing).toMatchObject({ because: 'denied', permission: 'apigateway:GET' });
  });
});

const GONE = {
  status: 404,
  type: 'NotFoundException',
  body: '{"message":"Invalid API identifier specified"}',
};
const UNKNOWN = { status: 404, type: 'NotFoundException', body: '{"message":"Unknown path"}' };

describe('an API that was deleted after it had been listed', () => {
  test.each([
    ['at once', /^\/restapis\/orders0001(\/|$)/],
    ['between its stages and their exports', /^\/restapis\/orders0001(\/stages\/.*\/exports\/|$)/],
  ])('%s: is dropped without a word', async (_, gone) => {
    const audit = await withProxy((url) => (gone.test(url.split('?')[0] ?? '') ? GONE : null), auditAt);
    expect(audit.apis.map(({ id }) => id)).toEqual(['empty00001']);
    expect(failures(audit)).toEqual([]);
  });

  test('"not found" of a part while the API is there is a fault', async () => {
    const audit = await withProxy((url) => (url.includes('/authorizers') ? GONE : null), auditAt);
    expect(audit.apis).toHaveLength(2);
    expect(audit.apis[1]?.draft.authorizers).toMatchObject({
      because: 'broken',
      operation: 'GetAuthorizers',
    });
    checkOnlyLoses(audit);
  });
});

describe('answers that are not what AWS sends', () => {
  test.each<[string, RegExp, Answer, Operation]>([
    ['an unknown path is no absence', /\/gatewayresponses/, UNKNOWN, 'GetGatewayResponses'],
    [
      'nor is one of associations',
      /\/domainnameaccessassociations/,
      UNKNOWN,
      'GetDomainNameAccessAssociations',
    ],
    ['an API without id', /^\/restapis\?/, { status: 200, body: '{"item":[{"name":"x"}]}' }, 'GetRestApis'],
    ['a list as a string', /^\/usageplans\?/, { status: 200, body: '{"item":"none"}' }, 'GetUsagePlans'],
    [
      'a list under a foreign name',
      /^\/apikeys\?/,
      { status: 200, body: '{"_embedded":{"item":[]}}' },
      'GetApiKeys',
    ],
    [
      'resources without path',
      /\/resources\?/,
      { status: 200, body: '{"item":[{"id":"r"}]}' },
      'GetResources',
    ],
    ['no resources', /\/resources\?/, { status: 200, body: '{"item":[]}' }, 'GetResources'],
    [
      'no gateway responses',
      /\/gatewayresponses/,
      { status: 200, body: '{"item":[]}' },
      'GetGatewayResponses',
    ],
    ['stages under a foreign name', /\/stages$/, { status: 200, body: '{"items":[]}' }, 'GetStages'],
    ['an empty answer', /^\/restapis\?/, { status: 200, body: '' }, 'GetRestApis'],
    [
      'a token that repeats',
      /^\/apikeys\?/,
      { status: 200, body: '{"item":[],"position":"p"}' },
      'GetApiKeys',
    ],
    ['an export that is a page', /\/exports\//, { status: 200, body: '<html>' }, 'GetExport'],
    [
      'an export in Swagger 2.0',
      /\/exports\//,
      { status: 200, body: '{"swagger":"2.0","paths":{}}' },
      'GetExport',
    ],
    [
      'a summary without methods',
      /\/deployments\//,
      { status: 200, body: '{"id":"dep001"}' },
      'GetDeployment',
    ],
  ])('%s', async (_, path, answer, operation) => {
    const audit = await withProxy((url) => (path.test(url) ? answer : null), auditAt);
    const gaps = failures(audit);
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(gap).toMatchObject({ because: 'broken', operation });
    if (operation !== 'GetRestApis') checkOnlyLoses(audit);
  });

  test('a domain without mappings is answered with no list at all', async () => {
    const audit = await withProxy(
      (url) => (url.includes('bare.example.com/basepathmappings') ? { status: 200, body: '{}' } : null),
      auditAt,
    );
    expect(audit.shared.slices.domains).toEqual(whole.shared.slices.domains);
  });

  test('summaries without types, and an export without security: nothing is taken for open', async () => {
    const summary = { '/orders': { GET: { apiKeyRequired: false }, POST: { apiKeyRequired: true } } };
    const audit = await withProxy(
      (url) =>
        /\/deployments\//.test(url)
          ? { status: 200, body: JSON.stringify({ id: 'dep001', apiSummary: summary }) }
          : /\/exports\//.test(url)
            ? { status: 200, body: '{"openapi":"3.0.1","paths":{"/orders":{"get":{},"post":{}}}}' }
            : null,
      auditAt,
    );
    const stages = audit.apis[1]?.stages;
    const methods = stages?.state === 'known' ? stages.value[0]?.snapshot.methods : undefined;
    if (methods?.state !== 'known') throw new Error('methods expected');
    expect(methods.value.map(({ authorizationType }) => authorizationType.state)).toEqual([
      'unreadable',
      'unreadable',
    ]);
  });
});

const marksOf = ({ shared }: Audit): unknown => {
  const { domains } = shared.slices;
  const bare =
    domains.state === 'known' ? domains.value.find(({ name }) => name === 'bare.example.com') : undefined;
  return bare?.mappings.state === 'known' ? bare.mappings.value.map(({ otherKind }) => otherKind) : null;
};

describe('mappings to APIs of another kind', () => {
  const mappings = JSON.stringify({
    item: [
      { basePath: 'rest', restApiId: 'orders0001', stage: 'prod' },
      { basePath: 'http', restApiId: 'http000001', stage: '$default' },
      { basePath: 'dead', restApiId: 'dead000001', stage: 'prod' },
    ],
  });
  const auditWith = (apis: Answer) =>
    withProxy(
      (url) =>
        url.includes('bare.example.com/basepathmappings')
          ? { status: 200, body: mappings }
          : url.startsWith('/v2/apis')
            ? apis
            : null,
      auditAt,
    );

  test('are marked', async () => {
    const audit = await auditWith({ status: 200, body: '{"items":[{"apiId":"http000001"}]}' });
    expect(marksOf(audit)).toEqual([undefined, true, false]);
    expect(audit.stats.awsCallsByOperation['GetApis']).toBe(1);
  });

  test('are left unmarked where that cannot be read', async () => {
    const denied = { status: 403, type: 'AccessDeniedException', body: '{}' };
    expect(marksOf(await auditWith(denied))).toEqual([undefined, undefined, undefined]);
  });
});

describe('the caller', () => {
  test('account and partition', async () => {
    await withSandbox({}, async ({ url }) => {
      expect(await identify(settingsFor(url))).toEqual({ accountId: ACCOUNT_ID, partition: 'aws' });
    });
  });

  test('a clear error, without the secret', async () => {
    const expired =
      '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>PLANTED</Message></Error></ErrorResponse>';
    const asked = withProxy(
      (_, method) => (method === 'POST' ? { status: 403, body: expired } : null),
      (url) => identify(settingsFor(url)),
    );
    await expect(asked).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'AWS did not tell whose credentials these are: the credentials were refused (ExpiredToken)',
    });
  });
});

test('AWS_ENDPOINT_URL is honoured', async () => {
  await withSandbox({}, async ({ url }) => {
    process.env['AWS_ENDPOINT_URL'] = url;
    try {
      const { endpoint: _, ...settings } = settingsFor(url);
      expect(await identify(settings)).toEqual({ accountId: ACCOUNT_ID, partition: 'aws' });
    } finally {
      delete process.env['AWS_ENDPOINT_URL'];
    }
  });
});
