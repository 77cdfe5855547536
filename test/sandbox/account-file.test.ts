import { parseAccount } from '../../sandbox/account-file';
import { loadAccount, sampleAccount } from '../../sandbox/load';
import { startSandbox } from '../../sandbox/endpoint';

const account = (region: object, rest: object = {}): unknown => ({
  accountId: '111122223333',
  regions: { 'eu-west-1': region },
  ...rest,
});

const API = { id: 'abcdefghij', name: 'orders' };

test('an account of nothing but regions is fine, with every list in its place', () => {
  const parsed = parseAccount(account({ restApis: [API] }));
  expect(parsed.partition).toBe('aws');
  expect(parsed.regions['eu-west-1']?.restApis[0]).toEqual({
    ...API,
    resources: [],
    authorizers: [],
    gatewayResponses: [],
    stages: [],
    deployments: [],
  });
  expect(parsed.regions['eu-west-1']?.usagePlans).toEqual([]);
});

const api = (extra: object): unknown => account({ restApis: [API, { ...API, ...extra }] });

test.each<[string, unknown, string]>([
  ['an account id that is none', account({}, { accountId: '42' }), 'accountId'],
  ['a region list of the wrong kind', account({ restApis: {} }), 'regions.eu-west-1.restApis'],
  ['a list that does not exist', account({ apis: [] }), 'regions.eu-west-1'],
  [
    'a field that AWS does not have',
    api({ colour: 'red' }),
    "restApis[1].colour: AWS's RestApi has no such field",
  ],
  ['a missing id', account({ restApis: [{ name: 'x' }] }), 'restApis[0].id: is required'],
  [
    'text for a flag',
    api({ disableExecuteApiEndpoint: 'true' }),
    'restApis[1].disableExecuteApiEndpoint: expected true or false',
  ],
  ['a date that is none', api({ createdDate: 'May' }), 'restApis[1].createdDate: expected an ISO 8601 date'],
  [
    'a list that became text',
    api({ authorizers: [{ id: 'a', name: 'a', type: 'COGNITO_USER_POOLS', providerARNs: 'arn' }] }),
    'restApis[1].authorizers[0].providerARNs: expected a list',
  ],
  [
    'a misspelt method field',
    api({ resources: [{ id: 'r', path: '/', resourceMethods: { GET: { authorisationType: 'NONE' } } }] }),
    "restApis[1].resources[0].resourceMethods.GET.authorisationType: AWS's Method has no such field",
  ],
  [
    'a stage on a deployment that is not there',
    api({ stages: [{ stageName: 'prod', deploymentId: 'd9' }] }),
    'stage prod of abcdefghij names deployment d9',
  ],
  [
    'a plan with a key that is not there',
    account({ usagePlans: [{ id: 'p', name: 'p', keys: ['k9'] }] }),
    'usage plan p names API key k9',
  ],
  [
    'an expanded export in place of the summary',
    api({ deployments: [{ id: 'd', frozen: { policy: 'text' } }] }),
    'restApis[1].deployments[0].frozen',
  ],
])('%s is refused by its name', (_, file, named) => {
  expect(() => parseAccount(file)).toThrow(named);
});

test('the endpoint refuses a bad account', async () => {
  await expect(startSandbox({ account: { accountId: 'x', regions: {} } })).rejects.toThrow('accountId');
});

test('a bad file is named', () => {
  expect(() => loadAccount(`${__dirname}/absent.json`)).toThrow('absent.json: ENOENT');
});

describe('The sample account', () => {
  const parsed = parseAccount(sampleAccount);
  const apis = Object.values(parsed.regions).flatMap(({ restApis }) => restApis);

  test('names things as AWS does', () => {
    for (const { id } of apis) expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(new Set(apis.map(({ id }) => id)).size).toBe(apis.length);
    for (const { Id } of parsed.regions['eu-west-1']?.userPools ?? [])
      expect(Id).toMatch(/^eu-west-1_[A-Za-z0-9]{9}$/);
  });

  test('has each method on an authorizer of its API', () => {
    const dangling = apis.flatMap(({ name, resources, authorizers }) =>
      resources
        .flatMap(({ resourceMethods }) => Object.values(resourceMethods ?? {}))
        .filter(
          ({ authorizerId }) =>
            authorizerId !== undefined && !authorizers.some(({ id }) => id === authorizerId),
        )
        .map(() => name),
    );
    expect(dangling).toEqual([]);
  });

  test('holds placeholders, clearly fake, wherever AWS sends secrets', () => {
    const { apiKeys = [], userPools = [], functions = [] } = parsed.regions['eu-west-1'] ?? {};
    const secrets = [
      ...apiKeys.map(({ value }) => value),
      ...userPools.flatMap(({ clients }) => clients.flatMap(({ ClientSecret }) => ClientSecret ?? [])),
    ];
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    for (const secret of secrets) expect(secret).toMatch(/^EXAMPLE-SECRET-/);
    expect(JSON.stringify(functions)).toContain('EXAMPLE-SECRET-');
  });
});
