import type { SandboxAccount } from '../../sandbox/account-file';
import { expectGolden } from '../support/golden';
import { RECORDED, recorded, unusedRecordings } from '../support/recorded';
import { sampleAccount } from '../../sandbox/load';
import { omit, start } from './support';

/**
 * What others recorded on AWS is put into an account file and asked for again, on the wire: the sandbox must answer what AWS
 * answered, no member more or less, each of the same type and spelling.
 */

type Json = Readonly<Record<string, unknown>>;
type Region = SandboxAccount['regions'][string];

const ACCOUNT_ID = '111111111111';
const REGION = 'eu-west-1';
const API = 'a1b2c3d4e5';
const DATE = '2026-01-02T03:04:05Z';

const ask = async (
  region: unknown,
  path: string,
  service = 'apigateway',
): Promise<{ readonly status: number; readonly errorType: string | null; readonly body: Json }> => {
  const account: SandboxAccount = { accountId: ACCOUNT_ID, regions: { [REGION]: region as Region } };
  const { url } = await start({ account });
  const scope = `Credential=AKIAEXAMPLE/20260101/${REGION}/${service}/aws4_request`;
  const response = await fetch(`${url}${path}`, { headers: { authorization: `AWS4-HMAC-SHA256 ${scope}` } });
  const errorType = response.headers.get('x-amzn-errortype');
  return { status: response.status, errorType, body: (await response.json()) as Json };
};

/** Recordings say `datetime`, an account file a date, the wire seconds since 1970. */
const mapped = (value: unknown, change: (text: string) => unknown): unknown => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, change)]));
};
const inFile = (value: unknown): unknown => mapped(value, (text) => (text === 'datetime' ? DATE : text));
const onWire = (value: unknown): unknown =>
  mapped(value, (text) => (text === 'datetime' ? Date.parse(DATE) / 1000 : text));

/** What a recording leaves open, as AWS's words for this account. */
const placed = (text: string): string =>
  text
    .replaceAll(/\{PARTITION\}|<partition>/g, 'aws')
    .replaceAll(/\{REGION\}|<region>/g, REGION)
    .replaceAll('{ACCOUNT}', ACCOUNT_ID)
    .replaceAll(/\{API\}|<id:1>/g, API);

const itemsOf = (body: Json): readonly Json[] => {
  expect(Object.keys(body)).toEqual(['item']);
  return body['item'] as readonly Json[];
};

const inApi = (parts: object): object => ({ restApis: [{ id: API, name: 'orders', ...parts }] });

interface List {
  readonly items?: readonly Json[];
  readonly item?: readonly Json[];
}

/** What was recorded, as rows: a list of any kind, or one thing. */
const listed = (id: string): readonly Json[] => {
  const response = recorded<Json | readonly Json[]>(id);
  if (Array.isArray(response)) return response as readonly Json[];
  const { items, item } = response as List;
  return items ?? item ?? [response as Json];
};

const policyOf = async (policyDocument: unknown, more: object = {}): Promise<string> => {
  const { body } = await ask(inApi({ policyDocument, ...more }), `/restapis/${API}`);
  return String(body['policy']);
};

const read = (policy: string): unknown => JSON.parse(JSON.parse(`"${policy}"`) as string);

describe('REST APIs', () => {
  test.each([
    'restapi-default',
    'restapi-regional',
    'restapi-private',
    'restapi-put-import',
    'restapi-list-untagged',
  ])('%s', async (id) => {
    const apis = listed(id);
    const region = { restApis: inFile(apis) };
    expect(itemsOf((await ask(region, '/restapis')).body)).toEqual(onWire(apis));
    const [first] = apis;
    const { body } = await ask(region, `/restapis/${encodeURIComponent(String(first?.['id']))}`);
    // Only a list leaves out that there are no tags.
    expect(body).toEqual({ ...(onWire(first) as Json), tags: {} });
  });

  test('restapi-tags: in the list too', async () => {
    const [api = {}] = listed('restapi-tags');
    expect(itemsOf((await ask({ restApis: [api] }, '/restapis')).body)).toEqual([api]);
  });

  test('restapi-access-mode: sent where it is set', async () => {
    const { endpointAccessMode, securityPolicy } = recorded<{
      endpointAccessMode: readonly string[];
      securityPolicy: string;
    }>('restapi-access-mode');
    for (const mode of endpointAccessMode) {
      const region = inApi({ securityPolicy, endpointAccessMode: mode });
      // oxlint-disable-next-line eslint/no-await-in-loop -- one sandbox at a time
      const { body } = await ask(region, `/restapis/${API}`);
      expect(body).toMatchObject({ securityPolicy, endpointAccessMode: mode });
    }
  });

  test('restapi-private-vpce: short ARNs in full, lists of one as their item', async () => {
    const { policy, ...rest } = inFile(recorded('restapi-private-vpce')) as Json;
    const sent = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: ['execute-api:Invoke'], Resource: ['execute-api:/*'] },
      ],
    };
    const region = { restApis: [{ ...rest, id: API, policyDocument: sent }] };
    const { body } = await ask(region, `/restapis/${API}`);
    expect(read(String(body['policy']))).toEqual(mapped(policy, placed));
    const shown = onWire(recorded<Json>('restapi-private-vpce')) as Json;
    expect(body).toEqual({ ...shown, id: API, policy: body['policy'] });
  });

  test('restapi-policy-dict: stars and principals as they were written', async () => {
    const { policy, tags } = recorded<{ policy: object; tags: object }>('restapi-policy-dict');
    expect(read(await policyOf(policy, { tags }))).toEqual(policy);
    const { body } = await ask(inApi({ tags }), `/restapis/${API}`);
    expect(body['tags']).toEqual(tags);
  });

  test('restapi-policy-escaped: byte for byte', async () => {
    const sent = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
          Action: 'execute-api:Invoke',
          Resource: ['execute-api:/Prod/GET/get'],
        },
      ],
    };
    expect(await policyOf(sent)).toBe(placed(recorded<{ policy: string }>('restapi-policy-escaped').policy));
  });

  test('restapi-policy-star-short: only what begins with execute-api:/ is written in full', async () => {
    const [deny = '', allow = ''] = recorded<{ policy_statements_last_two_unquoted: readonly string[] }>(
      'restapi-policy-star-short',
    ).policy_statements_last_two_unquoted;
    const Statement = [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: ['execute-api:/Prod/GET/apitwo'],
        Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-5678' } },
      },
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:*/*/*'] },
    ];
    const policy = await policyOf({ Version: '2012-10-17', Statement });
    expect(policy.replaceAll('\\"', '"')).toBe(
      `{"Version":"2012-10-17","Statement":[${placed(deny)},${allow}]}`,
    );
  });

  test('restapi-policy-unquote: as Terraform reads it', async () => {
    const { policy } = recorded<{ policy: string }>('restapi-policy-unquote');
    expect(await policyOf({ Version: '2012-10-17', Statement: [] })).toBe(policy);
  });
});

interface RecordedError {
  readonly Error: { readonly Code: string; readonly Message: string };
  readonly ResponseMetadata: { readonly HTTPStatusCode: number };
}

test.each([
  ['restapi-case', '/restapis/A1B2C3D4E5'],
  ['authorizers-no-api', '/restapis/test-fake-rest-id/authorizers'],
])('%s: the error of an unknown id', async (id, path) => {
  const { Error: said, ResponseMetadata } = recorded<RecordedError>(id);
  expect(await ask(inApi({}), path)).toEqual({
    status: ResponseMetadata.HTTPStatusCode,
    errorType: said.Code,
    body: { message: said.Message.replace('<upper-id>', 'A1B2C3D4E5') },
  });
});

/** The shape asks for an id, which some recordings leave out. */
const withIds = (rows: readonly Json[]): readonly Json[] =>
  rows.map((row, index) => ({ id: `id000${index}`, type: 'TOKEN', ...row }));

test.each([
  'authorizer-token-no-ttl',
  'authorizer-import-ttl',
  'authorizer-request-import',
  'authorizer-cognito',
  'authorizer-serverless',
  'authorizer-sam-min',
  'authorizer-sam-max',
])('%s', async (id) => {
  const authorizers = withIds(listed(id));
  expect(itemsOf((await ask(inApi({ authorizers }), `/restapis/${API}/authorizers`)).body)).toEqual(
    authorizers,
  );
});

const resourcesOf = async (methods: Json, query = '?embed=methods'): Promise<readonly Json[]> => {
  const resources = [{ id: 'r00001', path: '/pets', resourceMethods: methods }];
  return itemsOf((await ask(inApi({ resources }), `/restapis/${API}/resources${query}`)).body);
};

test.each([
  'method-custom',
  'method-root-custom',
  'method-oauth2',
  'method-cognito-no-scope',
  'method-cognito-scope',
  'method-cognito-two-scopes',
  'method-update-drops-authorizer',
])('%s', async (id) => {
  const method = recorded<Json>(id);
  expect(await resourcesOf({ ANY: method })).toEqual([
    { id: 'r00001', path: '/pets', resourceMethods: { ANY: method } },
  ]);
});

test('method-integration, method-invoke-credentials: inside their methods', async () => {
  const { caller_credentials, none } =
    recorded<Record<'caller_credentials' | 'none', Json>>('method-invoke-credentials');
  const methods = {
    GET: { authorizationType: 'NONE', methodIntegration: recorded('method-integration') },
    PUT: { authorizationType: 'AWS_IAM', ...caller_credentials },
    POST: { authorizationType: 'AWS_IAM', ...none },
  };
  const [resource] = await resourcesOf(methods);
  expect(resource?.['resourceMethods']).toEqual(methods);
});

test('resources-no-embed: verbs without content, and none where there are none', async () => {
  const rows = listed('resources-no-embed');
  const resources = rows.map(({ resourceMethods, ...rest }) => ({
    ...rest,
    ...(resourceMethods === undefined ? {} : { resourceMethods: { GET: { authorizationType: 'NONE' } } }),
  }));
  const { body } = await ask(inApi({ resources }), `/restapis/${API}/resources`);
  expect(itemsOf(body)).toEqual(rows);
});

test.each([
  'stage-plain',
  'stage-settings-one',
  'stage-settings-key',
  'stage-canary',
  'stage-canary-api',
  'stage-accesslog',
])('%s', async (id) => {
  const rows = listed(id).map((row) => ({ stageName: 'prod', deploymentId: 'dep001', ...row }));
  const deployments = ['dep001', '<deployment-id:1>', '<deployment-id:2>'].map((one) => ({ id: one }));
  const { body } = await ask(inApi({ stages: inFile(rows), deployments }), `/restapis/${API}/stages`);
  expect(itemsOf(body)).toEqual(onWire(rows));
});

test('deployments: without a summary', async () => {
  const rows = listed('deployments');
  const { body } = await ask(inApi({ deployments: inFile(rows) }), `/restapis/${API}/deployments`);
  expect(itemsOf(body)).toEqual(onWire(rows));
});

const rowsOf = async (gatewayResponses: readonly Json[]): Promise<readonly Json[]> =>
  itemsOf((await ask(inApi({ gatewayResponses }), `/restapis/${API}/gatewayresponses`)).body);

describe('gateway responses', () => {
  test.each(['gateway-default-rows', 'gateway-default-inherits'])('%s', async (id) => {
    const rows = listed(id);
    const own = rows.filter(({ defaultResponse }) => defaultResponse === false);
    const answered = await rowsOf(own);
    // What was recorded of each row: one recording leaves out headers, both templates.
    const seen = answered.map((row, index) =>
      Object.fromEntries(Object.keys(rows[index] ?? {}).map((name) => [name, row[name]])),
    );
    expect(seen).toEqual(rows);
    const unset = rows.filter((row) => !('statusCode' in row)).map(({ responseType }) => responseType);
    expect(answered.filter((row) => !('statusCode' in row)).map(({ responseType }) => responseType)).toEqual(
      unset,
    );
  });

  test.each(['gateway-put-params-only', 'gateway-put-status-only', 'gateway-sam-4xx'])('%s', async (id) => {
    const [row = {}] = listed(id);
    const answered = await rowsOf([row]);
    expect(answered.find(({ responseType }) => responseType === row['responseType'])).toMatchObject(row);
    expect(answered).toHaveLength(21);
  });
});

describe('keys and plans', () => {
  test('apikeys-list: no values', async () => {
    const rows = listed('apikeys-list');
    const apiKeys = (inFile(rows) as readonly Json[]).map((row) => ({ ...row, value: 'v'.repeat(30) }));
    expect(itemsOf((await ask({ apiKeys }, '/apikeys')).body)).toEqual(onWire(rows));
  });

  test('planKeys-value, planKeys-unknown-plan: values unasked, and no error', async () => {
    const rows = listed('planKeys-value');
    const apiKeys = rows.map((row) => omit(row, 'type'));
    const usagePlans = [{ id: 'plan01', name: 'gold', keys: rows.map(({ id }) => id) }];
    const region = { apiKeys, usagePlans };
    expect(itemsOf((await ask(region, '/usageplans/plan01/keys')).body)).toEqual(rows);
    const { items } = recorded<{ items: readonly unknown[] }>('planKeys-unknown-plan');
    const { status, body } = await ask(region, '/usageplans/none/keys');
    expect([status, itemsOf(body)]).toEqual([200, items]);
  });

  test('plan-bare, plan-full: limits where they are set, and no tags in a list', async () => {
    for (const id of ['plan-bare', 'plan-full']) {
      const rows = listed(id);
      // oxlint-disable-next-line eslint/no-await-in-loop -- one sandbox at a time
      const { body } = await ask({ usagePlans: rows }, '/usageplans');
      expect(itemsOf(body)).toEqual(rows.map((row) => omit(row, 'tags')));
    }
  });
});

/** Each value of a recorded list of values, in a domain of its own. */
const domainsOf = (id: string): readonly Json[] => {
  const rows = listed(id).flatMap((row): readonly Json[] => {
    const modes = row['routingMode'];
    if (Array.isArray(modes)) return modes.map((routingMode) => ({ routingMode: routingMode as string }));
    return [row];
  });
  return rows.flatMap(({ endpoint = 'REGIONAL', domainNameId, endpointConfiguration, ...rest }, index) => {
    const { types, ipAddressType } = (endpointConfiguration ?? {}) as {
      types?: readonly string[];
      ipAddressType?: string | readonly string[];
    };
    return [ipAddressType ?? 'ipv4'].flat().map((ip) => ({
      domainName: `d${index}-${ip}.example.com`,
      endpointConfiguration: { types: types ?? [endpoint as string], ipAddressType: ip },
      ...(typeof domainNameId === 'string' ? { domainNameId } : {}),
      ...rest,
    }));
  });
};

test.each([
  'domain-regional',
  'domain-security-policy',
  'domain-routing-mode',
  'domain-access-mode',
  'domain-id',
  'domain-mtls',
  'domain-ip',
])('%s', async (id) => {
  const domainNames = domainsOf(id);
  const { body } = await ask({ domainNames }, '/domainnames');
  expect(itemsOf(body)).toEqual(domainNames);
});

test('lambda-policy: the document as text', async () => {
  const { Condition } = mapped(recorded<Json>('lambda-policy'), placed) as Json;
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Condition }] };
  const FunctionArn = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:pets`;
  const functions = [{ FunctionArn, configuration: { State: 'Active' }, policies: { $LATEST: document } }];
  const { body } = await ask(
    { functions },
    `/2015-03-31/functions/${encodeURIComponent(FunctionArn)}/policy`,
    'lambda',
  );
  expect(typeof body['Policy']).toBe('string');
  expect(JSON.parse(String(body['Policy']))).toEqual(document);
});

/** Members in every one of these recordings, each of which shows a whole answer: AWS always sends them. */
const always = (...ids: readonly string[]): readonly string[] => {
  const [first = {}, ...others] = ids.flatMap((id) => listed(id));
  return Object.keys(first).filter((name) => others.every((row) => name in row));
};

const expectAll = (rows: readonly object[], names: readonly string[], count: number): void => {
  expect(names.length).toBe(count);
  expect(rows.length).toBeGreaterThan(2);
  const lacking = rows.flatMap((row) =>
    names.filter((name) => !(name in row)).map((name) => `${JSON.stringify(row).slice(0, 60)}: ${name}`),
  );
  expect(lacking).toEqual([]);
};

describe('the sample account has what AWS always sends', () => {
  const apis = Object.values(sampleAccount.regions).flatMap(({ restApis = [] }) => restApis);
  const keys = Object.values(sampleAccount.regions).flatMap(({ apiKeys = [] }) => apiKeys);

  test('restapi-default, restapi-regional, restapi-private, restapi-list-untagged: REST APIs', () => {
    const ids = ['restapi-default', 'restapi-regional', 'restapi-private', 'restapi-list-untagged'];
    expectAll(apis, always(...ids), 7);
    expectAll(
      apis.map(({ endpointConfiguration }) => endpointConfiguration ?? {}),
      ['types', 'ipAddressType'],
      2,
    );
  });

  test('authorizer-import-ttl, authorizer-request-import, authorizer-cognito: authorizers', () => {
    const ids = ['authorizer-import-ttl', 'authorizer-request-import', 'authorizer-cognito'];
    expectAll(
      apis.flatMap(({ authorizers = [] }) => authorizers),
      always(...ids),
      5,
    );
  });

  test('stage-plain, stage-canary, stage-canary-api, stage-accesslog: stages', () => {
    const ids = ['stage-plain', 'stage-canary', 'stage-canary-api', 'stage-accesslog'];
    expectAll(
      apis.flatMap(({ stages = [] }) => stages),
      always(...ids),
      8,
    );
  });

  test('apikeys-list: API keys', () => {
    expectAll(keys, always('apikeys-list'), 6);
  });
});

/** Recordings that the sandbox has no answer for. */
const NOT_ANSWERED: readonly (readonly [RegExp, string])[] = [
  [/^export-security$/, 'nobody recorded it'],
  [/^export-/, 'test/sandbox/export.test.ts rebuilds it'],
  [/^vpce$/, 'XML: test/sandbox/edge.test.ts reads it by the SDK'],
  [/^dataplane-/, 'an API’s answer to its callers: the gateway predicts it'],
];

const isWrite = (operation: string): boolean => /^(Create|Put|Update|Delete)/.test(operation);

test('which recordings the sandbox answers as AWS did', () => {
  const unused = new Set(unusedRecordings());
  const lines = [...RECORDED.values()].map(({ id, operation }) => {
    const [, why] = NOT_ANSWERED.find(([pattern]) => pattern.test(id)) ?? [];
    const told = unused.has(id)
      ? (why ??
        (isWrite(operation) ? 'a refused or answered change: nothing here makes any' : 'NOTHING SAYS'))
      : 'as AWS did';
    return `${id.padEnd(32)}${operation.padEnd(24)}${told}\n`;
  });
  expectGolden('sandbox/recorded-answers.txt', lines.join(''));
  expect(lines.filter((line) => line.includes('NOTHING'))).toEqual([]);
});
