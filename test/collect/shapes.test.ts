import type {
  ApiKey,
  Authorizer,
  DomainName,
  GatewayResponse,
  Method,
  Resource,
  RestApi,
  Stage,
  UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { toApiKey } from '../../lambda/collect/api-keys';
import { toAuthorizer } from '../../lambda/collect/authorizers';
import { classifyError } from '../../lambda/collect/aws-errors';
import { toSummary } from '../../lambda/collect/deployments';
import { toDomain } from '../../lambda/collect/domains';
import { parseExport } from '../../lambda/collect/export-document';
import { toGatewayResponse } from '../../lambda/collect/gateway-responses';
import { policyText } from '../../lambda/collect/policy-text';
import { toDraftResource } from '../../lambda/collect/resources';
import { toListedApi } from '../../lambda/collect/rest-apis';
import { ShapeError } from '../../lambda/collect/shape';
import { toListedStage } from '../../lambda/collect/stages';
import { toUsagePlan } from '../../lambda/collect/usage-plans';
import { toVpcEndpoint } from '../../lambda/collect/vpc-endpoints';
import { decide } from '../../lambda/gateway/decide';
import * as refusals from '../../lambda/gateway/refusals';
import { ANONYMOUS } from '../../lambda/gateway/request';
import { effectiveResponses } from '../../lambda/model/gateway-responses';
import { at, request } from '../gateway/facts/fact-table';
import { account, method, restApi } from '../support/build';
import { fixtureBytes, recorded, unusedRecordings } from '../support/recorded';

const PLACE = { accountId: '111122223333', partition: 'aws', region: 'eu-west-1' };

/** Snapshots leave out what they did not assert. */
const api = (response: Partial<RestApi>) =>
  toListedApi({
    id: 'a1b2c3d4e5',
    name: 'orders',
    endpointConfiguration: { types: ['REGIONAL'] },
    ...response,
  });

/** Snapshots hold the SDK's error; others note its code and status only. */
type RecordedError =
  | {
      readonly Error: { readonly Code: string; readonly Message: string };
      readonly ResponseMetadata: { readonly HTTPStatusCode: number };
    }
  | { readonly code: string; readonly status: number };

const errorOf = (id: string): Error => {
  const said = recorded<RecordedError>(id);
  const [name, status, message] =
    'code' in said
      ? [said.code, said.status, '']
      : [said.Error.Code, said.ResponseMetadata.HTTPStatusCode, said.Error.Message];
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
};

describe('REST APIs', () => {
  test.each([
    ['restapi-default', ['EDGE'], 'ipv4'],
    ['restapi-regional', ['REGIONAL'], 'ipv4'],
    ['restapi-private', ['PRIVATE'], 'dualstack'],
  ])('%s', (id, endpointTypes, ipAddressType) => {
    expect(toListedApi(recorded<RestApi>(id))).toMatchObject({
      endpointTypes,
      ipAddressType,
      vpcEndpointIds: [],
      disableExecuteApiEndpoint: false,
      apiKeySource: 'HEADER',
      endpointAccessMode: null,
      policy: null,
    });
  });

  test('restapi-private-vpce: endpoints of a private API', () => {
    const { policy, ...rest } = recorded<RestApi & { policy: unknown }>('restapi-private-vpce');
    expect(toListedApi({ ...rest, policy: JSON.stringify(policy) })).toMatchObject({
      vpcEndpointIds: ['<vpc-endpoint-id:1>'],
      policy: JSON.stringify(policy),
    });
  });

  test('restapi-tags, restapi-list-untagged, restapi-put-import: tags, versions and descriptions change nothing', () => {
    const [tagged] = recorded<RestApi[]>('restapi-tags');
    expect(api({ ...tagged })).toMatchObject({ id: '<id:1>', name: '<name:1>' });
    expect(recorded<RestApi[]>('restapi-list-untagged').map((one) => toListedApi(one).name)).toEqual([
      '<name:1>',
      '<name:2>',
    ]);
    expect(toListedApi(recorded<RestApi>('restapi-put-import')).name).toBe('Example Pet Store');
  });

  test('restapi-access-mode: both modes', () => {
    const modes = recorded<{ endpointAccessMode: ('STRICT' | 'BASIC')[] }>('restapi-access-mode');
    expect(
      modes.endpointAccessMode.map((mode) => api({ endpointAccessMode: mode }).endpointAccessMode),
    ).toEqual(['STRICT', 'BASIC']);
  });

  test.each([
    ['an API without id', { id: undefined }, 'items[].id'],
    ['without endpoints', { endpointConfiguration: undefined }, 'items[].endpointConfiguration'],
    [
      'types as a string',
      { endpointConfiguration: { types: 'EDGE' } },
      'items[].endpointConfiguration.types',
    ],
    ['a flag as text', { disableExecuteApiEndpoint: 'false' }, 'items[].disableExecuteApiEndpoint'],
  ])('%s is no answer', (_, change, field) => {
    expect(() => api(change as unknown as RestApi)).toThrow(new ShapeError(field));
  });
});

describe('policies', () => {
  const EXPECTED = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:{PARTITION}:iam::{ACCOUNT}:root' },
        Action: 'execute-api:Invoke',
        Resource: 'arn:{PARTITION}:execute-api:{REGION}:{ACCOUNT}:{API}/Prod/GET/get',
      },
    ],
  };

  test('the bytes that AWS sends', () => {
    const { item } = JSON.parse(fixtureBytes('get-rest-apis.body').toString('utf8')) as { item: RestApi[] };
    expect(JSON.parse(toListedApi(item[0] ?? {}).policy ?? '')).toEqual(EXPECTED);
  });

  test('restapi-policy-escaped, restapi-policy-unquote, restapi-policy-star-short, restapi-policy-dict: the text that was written', () => {
    const { policy } = recorded<{ policy: string }>('restapi-policy-escaped');
    expect(JSON.parse(policyText(policy) ?? '')).toEqual(EXPECTED);
    expect(policyText(recorded<{ policy: string }>('restapi-policy-unquote').policy)).toBe(
      '{"Version":"2012-10-17","Statement":[]}',
    );
    const star = recorded<{ policy_statements_last_two_unquoted: string[] }>('restapi-policy-star-short');
    const [, last = ''] = star.policy_statements_last_two_unquoted;
    expect(JSON.parse(policyText(last.replaceAll('"', '\\"')) ?? '')).toMatchObject({
      Resource: 'execute-api:*/*/*',
    });
    const dict = recorded<{ policy: object }>('restapi-policy-dict').policy;
    expect(policyText(JSON.stringify(dict))).toBe(JSON.stringify(dict));
  });

  test.each<[string, string | undefined | null, string | null]>([
    ['absent', undefined, null],
    ['null', null, null],
    ['empty', '', null],
    ['blank', ' \n', null],
    ['no members', '{}', null],
    ['plain, with line ends', '{\n "Version": "2012-10-17"\n}', '{\n "Version": "2012-10-17"\n}'],
    ['plain, with an escaped quote', '{"Sid":"a \\"b\\""}', '{"Sid":"a \\"b\\""}'],
    ['escaped, with an escaped quote', '{\\"Sid\\":\\"a \\\\\\"b\\\\\\"\\"}', '{"Sid":"a \\"b\\""}'],
    ['cut short: kept as it came', '{\\"Version\\":\\"2012', '{\\"Version\\":\\"2012'],
    ['no document: kept as it came', '[]', '[]'],
    ['prose: kept as it came', 'allow all', 'allow all'],
  ])('%s', (_, raw, expected) => {
    expect(policyText(raw)).toBe(expected);
  });
});

const named = (authorizer: Authorizer): Authorizer => ({ id: 'abc123', ...authorizer });

describe('authorizers', () => {
  test.each(['authorizer-token-no-ttl', 'authorizer-serverless'])(
    '%s: 300 seconds where nothing is said',
    (id) => {
      const response = recorded<Authorizer | Authorizer[]>(id);
      const authorizer = Array.isArray(response) ? response[0] : response;
      expect(toAuthorizer(authorizer ?? {})).toMatchObject({
        kind: 'TOKEN',
        resultTtl: 300,
        validationExpression: null,
      });
    },
  );

  test('authorizer-import-ttl, authorizer-request-import: own time to live, expression and credentials', () => {
    const [first = {}, second = {}] = recorded<Authorizer[]>('authorizer-import-ttl');
    expect(toAuthorizer(first)).toEqual({
      key: '<authorizer-id:1>',
      id: '<authorizer-id:1>',
      name: 'test-authorizer',
      kind: 'TOKEN',
      providerArns: [],
      uri: '<authorizer-uri:1>',
      credentials: '<authorizer-credentials:1>',
      identitySources: ['method.request.header.Authorization'],
      validationExpression: '^x-[a-z]+',
      resultTtl: 60,
    });
    expect(toAuthorizer(second).resultTtl).toBe(300);
    const [request = {}] = recorded<Authorizer[]>('authorizer-request-import');
    expect(toAuthorizer(request)).toMatchObject({ kind: 'REQUEST', resultTtl: 300 });
  });

  test('authorizer-cognito: no time to live, even if one is sent', () => {
    const [first = {}] = recorded<Authorizer[]>('authorizer-cognito');
    const expected = {
      kind: 'COGNITO_USER_POOLS',
      providerArns: ['arn:<partition>:cognito-idp:<region>:111111111111:userpool/<region>_ABC123'],
      identitySources: ['method.request.header.TestHeaderAuth'],
      resultTtl: null,
      uri: null,
    };
    expect(toAuthorizer(first)).toMatchObject(expected);
    expect(toAuthorizer({ ...first, authorizerResultTtlInSeconds: 300 })).toMatchObject(expected);
  });

  test('authorizer-sam-min: absent and empty are the same', () => {
    const { items } = recorded<{ items: Authorizer[] }>('authorizer-sam-min');
    const [token = {}] = items;
    const empty = {
      identityValidationExpression: '',
      authorizerUri: '',
      authorizerCredentials: '',
      providerARNs: [],
    };
    expect(toAuthorizer(named({ ...token, ...empty }))).toEqual(toAuthorizer(named(token)));
    expect(items.map((item) => toAuthorizer(named(item)).identitySources)).toEqual([
      ['method.request.header.Authorization'],
      ['method.request.querystring.authorization'],
      ['method.request.header.Authorization'],
    ]);
  });

  test('authorizer-sam-max: several identity sources are one string; a time to live of 0 stays', () => {
    const [, request = {}, cognito = {}] = recorded<{ items: Authorizer[] }>('authorizer-sam-max').items;
    expect(toAuthorizer(named({ type: 'REQUEST', ...request }))).toMatchObject({
      identitySources: [
        'method.request.header.authorizationHeader',
        'method.request.querystring.authorization',
        'method.request.querystring.authorizationQueryString1',
      ],
      resultTtl: 0,
    });
    expect(toAuthorizer(named({ type: 'COGNITO_USER_POOLS', ...cognito }))).toMatchObject({
      providerArns: ['pool 1', 'pool 2'],
      validationExpression: 'myauthvalidationexpression',
    });
    const commas = named({ name: 'x', type: 'REQUEST', identitySource: 'a,b ,, c' });
    expect(toAuthorizer(commas).identitySources).toEqual(['a', 'b', 'c']);
  });

  test('a list that arrives as a string is no answer', () => {
    const broken = {
      id: 'abc',
      name: 'x',
      type: 'COGNITO_USER_POOLS',
      providerARNs: 'arn:…',
    } as unknown as Authorizer;
    expect(() => toAuthorizer(broken)).toThrow(new ShapeError('items[].providerARNs'));
  });
});

const one = (method: Method) =>
  toDraftResource({
    id: 'r1',
    path: '/pets',
    resourceMethods: { GET: { apiKeyRequired: false, ...method } },
  }).methods[0];

const withType = (method: Method) => ({ type: 'AWS_PROXY' as const, ...method.methodIntegration });

describe('methods of the draft', () => {
  test.each<[string, string | null, readonly string[]]>([
    ['method-custom', '<authorizer-id:1>', []],
    ['method-root-custom', '<id:2>', []],
    ['method-oauth2', '<authorizer-id:1>', []],
    ['method-cognito-no-scope', '<authorizer-id:1>', []],
    ['method-cognito-scope', '<authorizer-id:1>', ['openid']],
    ['method-cognito-two-scopes', '<authorizer-id:2>', ['email', 'openid']],
  ])('%s', (id, authorizer, scopes) => {
    const response = recorded<Method>(id);
    expect(one(response)).toMatchObject({
      verb: 'GET',
      path: '/pets',
      resourceId: 'r1',
      authorizationType: { value: response.authorizationType },
      authorizer: { value: authorizer },
      scopes: { value: scopes },
    });
  });

  test('method-update-drops-authorizer: open, and no key is asked for', () => {
    const [method] = toDraftResource({
      id: 'r1',
      path: '/pets',
      resourceMethods: { ANY: recorded<Method>('method-update-drops-authorizer') },
    }).methods;
    expect(method).toMatchObject({
      verb: 'ANY',
      authorizationType: { value: 'NONE' },
      authorizer: { value: null },
      apiKeyRequired: { value: false },
    });
  });

  test('scopes are a set', () => {
    const [a, b] = [
      ['openid', 'email'],
      ['email', 'openid'],
    ].map((authorizationScopes) => one({ authorizationType: 'COGNITO_USER_POOLS', authorizationScopes }));
    expect(a).toEqual(b);
    expect(one({ authorizationType: 'NONE', authorizationScopes: [] })).toEqual(
      one({ authorizationType: 'NONE' }),
    );
  });

  test('method-integration, method-invoke-credentials: integrations', () => {
    const methodIntegration = recorded<Method['methodIntegration']>('method-integration');
    expect(one({ authorizationType: 'NONE', methodIntegration })?.integration).toEqual({
      state: 'known',
      value: {
        type: 'HTTP',
        uri: 'http://petstore-demo-endpoint.execute-api.com/petstore/pets',
        credentials: null,
        answers: [{ statusCode: '200', headers: {} }],
      },
    });
    const roles = recorded<{ caller_credentials: Method; none: Method }>('method-invoke-credentials');
    expect(
      [roles.caller_credentials, roles.none].map(
        (method) => one({ authorizationType: 'AWS_IAM', methodIntegration: withType(method) })?.integration,
      ),
    ).toMatchObject([{ value: { credentials: 'arn:aws:iam::*:user/*' } }, { value: { credentials: null } }]);
  });

  test('headers of a mock, and none of a proxy', () => {
    const integrationResponses = {
      '200': {
        statusCode: '200',
        responseParameters: { 'method.response.header.Access-Control-Allow-Headers': "'Authorization'" },
      },
    };
    const answersOf = (type: 'MOCK' | 'AWS_PROXY') =>
      one({ authorizationType: 'NONE', methodIntegration: { type, integrationResponses } })?.integration;
    expect(answersOf('MOCK')).toMatchObject({
      value: {
        answers: [{ statusCode: '200', headers: { 'access-control-allow-headers': "'Authorization'" } }],
      },
    });
    expect(answersOf('AWS_PROXY')).toMatchObject({ value: { answers: [] } });
  });

  test('resources-no-embed: verbs without their settings are no answer', () => {
    const [root, first] = recorded<Resource[]>('resources-no-embed');
    expect(toDraftResource(root ?? {})).toEqual({ path: '/', methods: [] });
    expect(() => toDraftResource(first ?? {})).toThrow(
      new ShapeError('items[].resourceMethods.GET.authorizationType'),
    );
    expect(() => toDraftResource({ id: 'r1' })).toThrow(new ShapeError('items[].path'));
  });
});

describe('stages', () => {
  test('stage-plain: what is unset is absent', () => {
    expect(toListedStage(recorded<Stage>('stage-plain'))).toEqual({
      name: 'dev',
      lastUpdated: null,
      deploymentId: '<deployment-id:1>',
      variables: {},
      webAclArn: null,
      cacheClusterEnabled: false,
      methodSettings: {},
      accessLogFormat: null,
      canary: null,
    });
  });

  test('stage-settings-one, stage-settings-key: method settings, by keys without a leading slash', () => {
    expect(toListedStage(recorded<Stage>('stage-settings-one')).methodSettings).toEqual({
      '*/*': {
        loggingLevel: null,
        cachingEnabled: true,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      },
    });
    const keyed = { stageName: 'prod', ...recorded<Stage>('stage-settings-key') };
    expect(Object.keys(toListedStage(keyed).methodSettings)).toEqual(['one/GET']);
  });

  test('stage-canary, stage-canary-api: canaries', () => {
    const [stage = {}] = recorded<{ item: Stage[] }>('stage-canary').item;
    expect(toListedStage(stage)).toMatchObject({
      deploymentId: '<deployment-id:2>',
      variables: { lambdaAlias: 'Prod' },
      canary: {
        deploymentId: '<deployment-id:1>',
        percentTraffic: 50,
        variableOverrides: { lambdaAlias: 'Dev' },
      },
    });
    const other = toListedStage(recorded<Stage>('stage-canary-api'));
    expect([other.deploymentId, other.canary?.deploymentId]).toEqual([
      '<deployment-id:1>',
      '<deployment-id:2>',
    ]);
    const text = { stageName: 'x', canarySettings: { percentTraffic: '12.5' } } as unknown as Stage;
    expect(toListedStage(text).canary?.percentTraffic).toBe(12.5);
  });

  test('stage-accesslog: the format', () => {
    const [stage = {}] = recorded<Stage[]>('stage-accesslog');
    expect(toListedStage(stage).accessLogFormat).toMatch(/^\$context\.extendedRequestId/);
  });
});

describe('deployments', () => {
  test('deployments: one of a list has no summary, which is no answer', () => {
    const [first] = recorded<{ apiSummary?: unknown }[]>('deployments');
    expect(() => toSummary(first?.apiSummary)).toThrow(new ShapeError('apiSummary'));
    expect(() => toSummary({})).toThrow(ShapeError);
  });

  test('an entry without a type is not open', () => {
    const summary = { '/pets': { any: { apiKeyRequired: true }, GET: { authorizationType: 'AWS_IAM' } } };
    expect(toSummary(summary)).toEqual([
      { path: '/pets', verb: 'ANY', authorizationType: null, apiKeyRequired: true },
      { path: '/pets', verb: 'GET', authorizationType: 'AWS_IAM', apiKeyRequired: null },
    ]);
  });
});

const rows = (id: string) => recorded<GatewayResponse[]>(id).map(toGatewayResponse);

describe('gateway responses', () => {
  test('gateway-default-inherits: each row by its own values, whatever its mark', () => {
    const inherited = rows('gateway-default-inherits');
    const row = (type: string) => inherited.find((one) => one.type === type);
    expect(inherited).toHaveLength(21);
    expect(row('AUTHORIZER_CONFIGURATION_ERROR')).toMatchObject({
      status: 599,
      headers: { 'x-request-header': 'method.request.header.Accept' },
      customised: false,
    });
    expect(row('AUTHORIZER_FAILURE')).toMatchObject({
      status: 500,
      headers: { foo: "'bar'" },
      customised: true,
    });
  });

  test('gateway-default-rows: what AWS ships is what we know as built in', () => {
    const shipped = rows('gateway-default-rows').filter(({ customised }) => !customised);
    const ours = effectiveResponses([]);
    expect(shipped.map(({ type, status }) => [type, status])).toEqual(
      ours
        .filter(({ type }) => type !== 'MISSING_AUTHENTICATION_TOKEN')
        .map(({ type, status }) => [type, status]),
    );
    expect(ours.every(({ headers }) => Object.keys(headers).length === 0)).toBe(true);
  });

  test('gateway-default-inherits: customised types expand to what AWS lists', () => {
    const listed = rows('gateway-default-inherits');
    const customised = listed.filter((row) => row.customised);
    const comparable = (all: readonly (typeof listed)[number][]) =>
      all.map(({ type, status, headers, customised: own }) => ({ type, status, headers, own }));
    expect(comparable(effectiveResponses(customised))).toEqual(comparable(listed));
  });

  test('gateway-put-params-only, gateway-put-status-only, gateway-sam-4xx: single rows', () => {
    expect(toGatewayResponse(recorded<GatewayResponse>('gateway-put-params-only')).status).toBe(403);
    expect(toGatewayResponse(recorded<GatewayResponse>('gateway-put-status-only')).status).toBe(404);
    expect(toGatewayResponse(recorded<GatewayResponse>('gateway-sam-4xx'))).toMatchObject({
      status: null,
      headers: { 'access-control-allow-origin': "'*'" },
      customised: true,
    });
  });
});

describe('keys and plans', () => {
  test('apikey-create-disabled, apikey-disable, apikeys-list: keys without their values', () => {
    expect(toApiKey(recorded<ApiKey>('apikey-create-disabled'))).toEqual({
      id: '<id:1>',
      name: '<name:1>',
      enabled: false,
      stageKeys: [],
    });
    expect(toApiKey(recorded<ApiKey>('apikey-disable')).enabled).toBe(false);
    expect(recorded<ApiKey[]>('apikeys-list').map((key) => toApiKey(key).id)).toEqual(['<id:2>', '<id:1>']);
    expect(() => toApiKey({ id: 'k' })).toThrow(new ShapeError('items[].enabled'));
  });

  test('plan-bare, plan-full, planKeys-value, planKeys-unknown-plan: plans', () => {
    const bare = toUsagePlan(recorded<UsagePlan>('plan-bare'));
    expect(bare).toEqual({
      id: '<id:1>',
      name: '<name:1>',
      apiStages: [{ restApiId: '<api-id:1>', stage: 'dev' }],
    });
    expect(recorded<UsagePlan[]>('plan-full').map(toUsagePlan)).toEqual([bare]);
    expect(toUsagePlan({ id: 'p' })).toEqual({ id: 'p', name: 'p', apiStages: [] });
    // The values are dropped where they arrive: live.test.ts searches for them.
    expect(recorded<{ value: string }[]>('planKeys-value')[0]?.value).toBe('<value:2>');
    expect(recorded('planKeys-unknown-plan')).toEqual({ items: [] });
  });
});

const bytes = (id: string): Buffer =>
  Buffer.from(JSON.stringify(recorded<{ body: unknown }>(id).body), 'utf8');

describe('exports', () => {
  test('export-oas30: every operation, and no security', () => {
    const exported = parseExport(bytes('export-oas30'));
    expect(exported).toMatchObject({ faithful: true, authorizers: [], policy: null, gatewayResponses: null });
    expect(exported.operations).toEqual(
      [
        ['/pets', 'http://petstore-demo-endpoint.execute-api.com/petstore/pets'],
        ['/pets/{petId}', 'http://petstore-demo-endpoint.execute-api.com/petstore/pets/{id}'],
      ].map(([path, uri]) => ({
        path,
        verb: 'GET',
        security: { authorizers: {}, apiKey: false, iam: false },
        integration: { type: 'HTTP', uri, credentials: null, answers: [{ statusCode: '200', headers: {} }] },
      })),
    );
  });

  test('export-security: where nobody knows what AWS sends, nothing passes for an export', () => {
    const nothing = recorded('export-security');
    expect(nothing).toBeNull();
    expect(() => parseExport(Buffer.from(JSON.stringify(nothing)))).toThrow(ShapeError);
  });

  test('export-swagger: not what was asked for', () => {
    expect(() => parseExport(bytes('export-swagger'))).toThrow(ShapeError);
  });
});

const domain = (given: Partial<DomainName>) =>
  toDomain(PLACE, {
    domainName: 'api.example.com',
    endpointConfiguration: { types: ['REGIONAL'] },
    ...given,
  });

describe('edge', () => {
  test('vpce: VPC endpoint', () => {
    const { PolicyDocument, ...rest } = recorded<VpcEndpoint & { PolicyDocument: unknown }>('vpce');
    expect(toVpcEndpoint({ ...rest, PolicyDocument: JSON.stringify(PolicyDocument) })).toEqual({
      id: '<vpc-endpoint-id:1>',
      vpcId: '<vpc-id:1>',
      state: 'available',
      privateDnsEnabled: true,
      policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
    });
  });

  test('domain-regional, domain-mtls, domain-access-mode, domain-security-policy, domain-id, domain-ip: domains', () => {
    expect(domain(recorded('domain-regional'))).toEqual({
      arn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com',
      name: 'api.example.com',
      id: null,
      endpointTypes: ['REGIONAL'],
      status: null,
      statusMessage: null,
      securityPolicy: 'TLS_1_2',
      endpointAccessMode: null,
      mutualTls: { truststoreUri: 's3://…', truststoreVersion: '…', warnings: [] },
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      policy: null,
    });
    const mutual = domain(recorded('domain-mtls')).mutualTls;
    expect(mutual).toEqual({ truststoreUri: 's3://BUCKET/KEY', truststoreVersion: 'VERSION', warnings: [] });
    expect(recorded<DomainName[]>('domain-access-mode').map((one) => domain(one).endpointAccessMode)).toEqual(
      [null, 'BASIC', 'STRICT'],
    );
    expect(recorded<DomainName[]>('domain-security-policy').map((one) => domain(one).securityPolicy)).toEqual(
      ['SecurityPolicy_TLS13_1_3_2025_09', 'SecurityPolicy_TLS13_2025_EDGE'],
    );
    expect(
      recorded<{ domainNameId: string }[]>('domain-id').map(
        ({ domainNameId }) => domain({ domainNameId }).id,
      ),
    ).toEqual([null, 'abcd1234']);
    const ip = recorded<{
      endpointConfiguration: { types: ['REGIONAL']; ipAddressType: ('ipv4' | 'dualstack')[] };
    }>('domain-ip').endpointConfiguration;
    // Either way in is the same domain.
    const [ipv4, dualstack] = ip.ipAddressType.map((ipAddressType) =>
      domain({ endpointConfiguration: { types: ip.types, ipAddressType } }),
    );
    expect(dualstack).toEqual(ipv4);
  });

  test('domain-routing-mode: in either spelling', () => {
    const { routingMode } = recorded<{ routingMode: DomainName['routingMode'][] }>('domain-routing-mode');
    const spelled = [
      ...routingMode,
      'API_MAPPING_ONLY',
      'ROUTING_RULE_THEN_API_MAPPING',
      'BASE_PATH_MAPPING_ONLY',
    ];
    expect(spelled.map((mode) => domain({ routingMode: mode as 'ROUTING_RULE_ONLY' }).routingMode)).toEqual([
      'ROUTING_RULE_ONLY',
      'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      'BASE_PATH_MAPPING_ONLY',
      'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      'BASE_PATH_MAPPING_ONLY',
    ]);
  });
});

describe('errors', () => {
  test.each([
    'restapi-private-ipv4-refused',
    'method-missing-authorizer',
    'deployment-in-use',
    'plan-wrong-stage',
    'domain-duplicate',
  ])('%s refuses a change: neither a denial nor, unasked, an absence', (id) => {
    expect(classifyError(errorOf(id))).toEqual({
      outcome: 'broken',
      detail: expect.stringMatching(/^AWS answered 40[04] (BadRequest|NotFound)Exception$/),
    });
  });

  test.each(['restapi-case', 'authorizers-no-api', 'gateway-not-set', 'plan-unknown'])(
    '%s is absence',
    (id) => {
      expect(classifyError(errorOf(id), { absent: 'NotFoundException' }).outcome).toBe('absent');
      expect(classifyError(errorOf(id)).outcome).toBe('broken');
    },
  );

  test('authorizer-create-no-api: a conflict is no absence', () => {
    expect(classifyError(errorOf('authorizer-create-no-api'), { absent: 'NotFoundException' }).outcome).toBe(
      'broken',
    );
  });
});

const HTTP = { type: 'HTTP', credentials: null, answers: [] } as const;

describe('calls', () => {
  const shop = account({
    restApis: [
      restApi('shop', {
        methods: [
          method('GET', '/pets', {
            integration: { ...HTTP, uri: 'https://${stageVariables.backend}/pets' },
          }),
        ],
      }),
    ],
  });

  test('dataplane-missing-token: the same for an unknown path and an unknown verb', () => {
    const { content, errorType } = recorded<{ content: object; errorType: string }>(
      'dataplane-missing-token',
    );
    for (const [verb, path] of [
      ['GET', '/prod/pest'],
      ['DELETE', '/prod/pets'],
    ] as const) {
      expect(decide(request(verb, at('idshop', path)), shop, ANONYMOUS)).toMatchObject({
        outcome: 'refused',
        status: 403,
        errorType,
        body: JSON.stringify(content),
      });
    }
  });

  test('dataplane-undefined-variable: a fault behind the gates, and no refusal of ours', () => {
    const { errorType } = recorded<{ errorType: string }>('dataplane-undefined-variable');
    const decision = decide(request('GET', at('idshop', '/prod/pets')), shop, ANONYMOUS);
    expect(decision).toMatchObject({ outcome: 'admitted', status: null, body: null });
    expect(Object.values(refusals).map((one) => typeof one === 'object' && one.errorType)).not.toContain(
      errorType,
    );
  });
});

test('lambda-policy: plain text', () => {
  const policy = JSON.stringify({ Statement: [recorded('lambda-policy')] });
  expect(policyText(policy)).toBe(policy);
});

test('every recorded answer is used', () => {
  expect(unusedRecordings()).toEqual([]);
});
