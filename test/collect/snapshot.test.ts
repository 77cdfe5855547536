import type { SummaryMethod } from '../../lambda/collect/deployments';
import { parseExport, type ExportedApi } from '../../lambda/collect/export-document';
import { ShapeError } from '../../lambda/collect/shape';
import { buildSnapshot, type SnapshotParts } from '../../lambda/collect/snapshot';
import { effectiveResponses } from '../../lambda/model/gateway-responses';
import { known, unreadable, type Known } from '../../lambda/model/known';
import type { Snapshot } from '../../lambda/model/rest-api';
import {
  cognitoAuthorizer,
  custom as lambdaGuarded,
  denied,
  gatewayResponse,
  guarded,
  method,
  snapshot,
} from '../support/build';

const POOL = 'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/eu-west-1_Pets';

const INTEGRATION = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri: 'arn:aws:apigateway:eu-west-1:lambda:path/x',
};

const COGNITO = {
  type: 'apiKey',
  name: 'X-Auth',
  in: 'header',
  'x-amazon-apigateway-authtype': 'cognito_user_pools',
  'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [POOL] },
};

const TOKEN = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'token',
    authorizerUri: 'uri',
    identityValidationExpression: '^x',
  },
};

const REQUEST = {
  type: 'apiKey',
  name: 'Unused',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri: 'uri',
    authorizerResultTtlInSeconds: 0,
  },
};

const SIGV4 = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};
const KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };

const SERVERS = [{ url: 'https://x/{basePath}', variables: { basePath: { default: 'prod' } } }];

const bytes = (document: unknown): Uint8Array => Buffer.from(JSON.stringify(document), 'utf8');

/** An export with one operation, `GET /pets`. */
const exportWith = (operation: object = {}, document: object = {}): Known<ExportedApi> =>
  known(
    parseExport(
      bytes({
        openapi: '3.0.1',
        servers: SERVERS,
        paths: { '/pets': { get: { 'x-amazon-apigateway-integration': INTEGRATION, ...operation } } },
        components: {
          securitySchemes: { clients: COGNITO, staff: TOKEN, request: REQUEST, sigv4: SIGV4, api_key: KEY },
        },
        ...document,
      }),
    ),
  );

const entry = (authorizationType: string | null, apiKeyRequired: boolean | null = false): SummaryMethod => ({
  path: '/pets',
  verb: 'GET',
  authorizationType,
  apiKeyRequired,
});

const draftOf = (...args: Parameters<typeof snapshot>): Snapshot => snapshot(...args);

const build = (given: Partial<SnapshotParts>): Snapshot =>
  buildSnapshot({
    summary: known([entry('NONE')]),
    exported: exportWith(),
    draft: draftOf(),
    of: 'orders (a1) deployment d1',
    ...given,
  });

const onlyMethod = (given: Partial<SnapshotParts>) => {
  const { methods } = build(given);
  if (methods.state === 'unreadable' || methods.value.length !== 1) throw new Error('one method expected');
  return methods.value[0];
};

const DENIED_SUMMARY = denied('GetDeployment');
const DENIED_EXPORT = denied('GetExport');
const NOT_EXPORTABLE = unreadable({
  because: 'unsupported',
  operation: 'GetExport',
  subject: 'orders',
  detail: 'models are not JSON',
});
const COGNITO_DRAFT = draftOf({ methods: [guarded('GET', '/pets', 'id-clients', ['a/read'])] });
const OPEN_DRAFT = draftOf({ methods: [method('GET', '/pets')] });
const BROKEN_EXPORT = { state: 'unreadable', because: 'broken', operation: 'GetExport' };
const BROKEN_SUMMARY = { state: 'unreadable', because: 'broken', operation: 'GetDeployment' };

const scoped = { security: [{ clients: ['b/write', 'a/read'] }] };

describe('one method', () => {
  test.each<[string, Partial<SnapshotParts>, object]>([
    [
      'summary and export agree',
      { summary: known([entry('COGNITO_USER_POOLS')]), exported: exportWith(scoped) },
      {
        authorizationType: known('COGNITO_USER_POOLS'),
        authorizer: known('clients'),
        scopes: known(['a/read', 'b/write']),
        apiKeyRequired: known(false),
        integration: known({ type: 'AWS_PROXY', uri: INTEGRATION.uri, credentials: null, answers: [] }),
      },
    ],
    [
      'authorizer and key in one requirement',
      {
        summary: known([entry('COGNITO_USER_POOLS', true)]),
        exported: exportWith({ security: [{ clients: ['a/read'], api_key: [] }] }),
      },
      { authorizer: known('clients'), scopes: known(['a/read']), apiKeyRequired: known(true) },
    ],
    [
      'authorizer and key in two requirements',
      {
        summary: known([entry('COGNITO_USER_POOLS', true)]),
        exported: exportWith({ security: [{ clients: ['a/read'] }, { api_key: [] }] }),
      },
      { authorizer: known('clients'), scopes: known(['a/read']), apiKeyRequired: known(true) },
    ],
    [
      'open and IAM methods need no export',
      { summary: known([entry('AWS_IAM')]), exported: DENIED_EXPORT },
      {
        authorizationType: known('AWS_IAM'),
        authorizer: known(null),
        scopes: known([]),
        integration: DENIED_EXPORT,
      },
    ],
    [
      'a guarded method without its export',
      { summary: known([entry('CUSTOM')]), exported: NOT_EXPORTABLE },
      { authorizationType: known('CUSTOM'), authorizer: NOT_EXPORTABLE, scopes: NOT_EXPORTABLE },
    ],
    [
      'the export lacks the security that the summary confirms',
      { summary: known([entry('COGNITO_USER_POOLS')]), exported: exportWith(), draft: COGNITO_DRAFT },
      { authorizationType: known('COGNITO_USER_POOLS'), authorizer: BROKEN_EXPORT, scopes: BROKEN_EXPORT },
    ],
    [
      'the export lacks the method',
      { summary: known([entry('CUSTOM')]), exported: exportWith({}, { paths: {} }) },
      { authorizer: BROKEN_EXPORT, scopes: BROKEN_EXPORT, integration: { because: 'unsupported' } },
    ],
    [
      'the export names an authorizer that it does not define',
      { summary: known([entry('CUSTOM')]), exported: exportWith({ security: [{ gone: [] }] }) },
      { authorizer: BROKEN_EXPORT, scopes: BROKEN_EXPORT },
    ],
    [
      'the export names two authorizers',
      {
        summary: known([entry('CUSTOM')]),
        exported: exportWith({ security: [{ staff: [] }, { request: [] }] }),
      },
      { authorizer: BROKEN_EXPORT, scopes: BROKEN_EXPORT },
    ],
    [
      'no summary, and two authorizers in the export',
      { summary: DENIED_SUMMARY, exported: exportWith({ security: [{ staff: [] }, { request: [] }] }) },
      { authorizationType: DENIED_SUMMARY },
    ],
    [
      'an entry without key requirement that the export does not show at all',
      { summary: known([entry('NONE', null)]), exported: exportWith({}, { paths: {} }), draft: OPEN_DRAFT },
      { apiKeyRequired: BROKEN_SUMMARY },
    ],
    [
      'summary and export disagree on the kind',
      { summary: known([entry('CUSTOM')]), exported: exportWith(scoped) },
      { authorizationType: known('CUSTOM'), authorizer: BROKEN_EXPORT, scopes: BROKEN_EXPORT },
    ],
    [
      'summary and export disagree on the kind, and so does the draft: the API is odd, not the reading',
      {
        summary: known([entry('CUSTOM')]),
        exported: exportWith(scoped),
        draft: draftOf({
          methods: [lambdaGuarded('GET', '/pets', 'id-clients')],
          authorizers: [cognitoAuthorizer('clients', [], { key: 'id-clients' })],
        }),
      },
      { authorizationType: known('CUSTOM'), authorizer: known('clients') },
    ],
    [
      'an entry without type is read from the export',
      { summary: known([entry(null)]), exported: exportWith(scoped) },
      { authorizationType: known('COGNITO_USER_POOLS'), authorizer: known('clients') },
    ],
    [
      'an entry without type where draft and export agree on NONE',
      { summary: known([entry(null)]), exported: exportWith(), draft: OPEN_DRAFT },
      { authorizationType: known('NONE'), authorizer: known(null), scopes: known([]) },
    ],
    [
      'an entry without type where the draft is guarded and the export silent: never NONE',
      { summary: known([entry(null)]), exported: exportWith(), draft: COGNITO_DRAFT },
      { authorizationType: BROKEN_SUMMARY, authorizer: BROKEN_SUMMARY, scopes: BROKEN_SUMMARY },
    ],
    [
      'an entry without type and no draft method: never NONE',
      { summary: known([entry(null)]), exported: exportWith() },
      { authorizationType: BROKEN_SUMMARY },
    ],
    [
      'an entry without key requirement where the draft asks for one',
      {
        summary: known([entry('NONE', null)]),
        draft: draftOf({ methods: [method('GET', '/pets', { apiKeyRequired: true })] }),
      },
      { apiKeyRequired: BROKEN_SUMMARY },
    ],
    [
      'no summary: the export shows security',
      { summary: DENIED_SUMMARY, exported: exportWith({ security: [{ staff: [] }, { api_key: [] }] }) },
      {
        authorizationType: known('CUSTOM'),
        authorizer: known('staff'),
        scopes: known([]),
        apiKeyRequired: known(true),
      },
    ],
    [
      'no summary: SigV4',
      { summary: DENIED_SUMMARY, exported: exportWith({ security: [{ sigv4: [] }] }), draft: OPEN_DRAFT },
      { authorizationType: known('AWS_IAM'), authorizer: known(null), apiKeyRequired: known(false) },
    ],
    [
      'no summary: AWS_IAM as an import spells it',
      { summary: DENIED_SUMMARY, exported: exportWith({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }) },
      { authorizationType: known('AWS_IAM') },
    ],
    [
      'no summary, and an export silent where the draft is guarded',
      { summary: DENIED_SUMMARY, exported: exportWith(), draft: COGNITO_DRAFT },
      { authorizationType: DENIED_SUMMARY, authorizer: DENIED_SUMMARY, scopes: DENIED_SUMMARY },
    ],
    [
      'no summary, and open in draft and export',
      { summary: DENIED_SUMMARY, exported: exportWith(), draft: OPEN_DRAFT },
      { authorizationType: known('NONE'), apiKeyRequired: known(false) },
    ],
    [
      'no summary: security at the root holds where an operation has none',
      { summary: DENIED_SUMMARY, exported: exportWith({}, { security: [{ clients: [] }] }) },
      { authorizationType: known('COGNITO_USER_POOLS'), authorizer: known('clients'), scopes: known([]) },
    ],
  ])('%s', (_, given, expected) => {
    expect(onlyMethod(given)).toMatchObject({ path: '/pets', verb: 'GET', ...expected });
  });

  test('ANY', () => {
    const any = { 'x-amazon-apigateway-any-method': { security: [{ staff: [] }] } };
    const exported = exportWith({}, { paths: { '/{proxy+}': { ...any, parameters: [] } } });
    expect(onlyMethod({ summary: DENIED_SUMMARY, exported })).toMatchObject({
      path: '/{proxy+}',
      verb: 'ANY',
      authorizer: known('staff'),
    });
  });

  test('the summary decides which methods there are', () => {
    const { methods } = build({ summary: known([{ ...entry('NONE'), path: '/deployed' }]) });
    expect(methods).toMatchObject({ value: [{ path: '/deployed' }] });
  });

  test('neither summary nor export', () => {
    expect(build({ summary: DENIED_SUMMARY, exported: DENIED_EXPORT }).methods).toBe(DENIED_SUMMARY);
  });

  test('headers of a mock', () => {
    const mock = {
      type: 'mock',
      responses: {
        default: {
          statusCode: '200',
          responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
        },
      },
    };
    const exported = exportWith({ 'x-amazon-apigateway-integration': mock });
    expect(onlyMethod({ exported })?.integration).toEqual(
      known({
        type: 'MOCK',
        uri: null,
        credentials: null,
        answers: [{ statusCode: '200', headers: { 'access-control-allow-origin': "'*'" } }],
      }),
    );
  });
});

describe('authorizers', () => {
  test('as the export defines them, with the ids of the draft', () => {
    const draft = draftOf({ authorizers: [cognitoAuthorizer('clients', [POOL])] });
    expect(build({ draft }).authorizers).toEqual(
      known([
        {
          key: 'clients',
          id: 'id-clients',
          name: 'clients',
          kind: 'COGNITO_USER_POOLS',
          providerArns: [POOL],
          uri: null,
          credentials: null,
          identitySources: ['method.request.header.X-Auth'],
          validationExpression: null,
          resultTtl: null,
        },
        {
          key: 'staff',
          id: null,
          name: 'staff',
          kind: 'TOKEN',
          providerArns: [],
          uri: 'uri',
          credentials: null,
          identitySources: ['method.request.header.Authorization'],
          validationExpression: '^x',
          resultTtl: 300,
        },
        {
          key: 'request',
          id: null,
          name: 'request',
          kind: 'REQUEST',
          providerArns: [],
          uri: 'uri',
          credentials: null,
          identitySources: [],
          validationExpression: null,
          resultTtl: 0,
        },
      ]),
    );
  });

  test('an id that could not be read is not an id that is gone', () => {
    const gap = denied('GetAuthorizers');
    expect(build({ draft: draftOf({ authorizers: gap }) }).authorizers).toBe(gap);
    expect(
      build({ draft: draftOf({ authorizers: gap }), exported: exportWith({}, { components: {} }) })
        .authorizers,
    ).toEqual(known([]));
  });

  test('without an export they are not known', () => {
    expect(build({ exported: DENIED_EXPORT }).authorizers).toBe(DENIED_EXPORT);
  });
});

const POLICY = { Version: '2012-10-17', Statement: [] };
const TEXT = JSON.stringify(POLICY);
const PLAIN = { servers: [{ url: 'https://x/prod' }] };
const GUARDED_BY_POLICY = draftOf({ policy: TEXT });

describe('policy', () => {
  test.each<[string, Partial<SnapshotParts>, object]>([
    ['an object', { exported: exportWith({}, { 'x-amazon-apigateway-policy': POLICY }) }, known(TEXT)],
    ['a text', { exported: exportWith({}, { 'x-amazon-apigateway-policy': TEXT }) }, known(TEXT)],
    ['absent from a faithful export', { draft: GUARDED_BY_POLICY }, known(null)],
    [
      'absent from an export without base path',
      { exported: exportWith({}, PLAIN), draft: GUARDED_BY_POLICY },
      BROKEN_EXPORT,
    ],
    [
      'absent from an export without integrations',
      { exported: exportWith({ 'x-amazon-apigateway-integration': undefined }), draft: GUARDED_BY_POLICY },
      BROKEN_EXPORT,
    ],
    ['absent everywhere', { exported: exportWith({}, PLAIN) }, known(null)],
    ['no export', { exported: DENIED_EXPORT, draft: GUARDED_BY_POLICY }, DENIED_EXPORT],
  ])('%s', (_, given, expected) => {
    expect(build(given).policy).toMatchObject(expected);
  });
});

const statusOf = (given: Partial<SnapshotParts>, type: string) => {
  const { gatewayResponses } = build(given);
  if (gatewayResponses.state === 'unreadable') return gatewayResponses;
  return gatewayResponses.value.find((row) => row.type === type)?.status;
};

const custom = (responses: object): Partial<SnapshotParts> => ({
  exported: exportWith({}, { 'x-amazon-apigateway-gateway-responses': responses }),
});

describe('gateway responses', () => {
  test.each<[string, Partial<SnapshotParts>, string, number]>([
    ['built in where a faithful export shows none', {}, 'UNAUTHORIZED', 401],
    ['a number', custom({ UNAUTHORIZED: { statusCode: 418 } }), 'UNAUTHORIZED', 418],
    ['a text', custom({ UNAUTHORIZED: { statusCode: '418' } }), 'UNAUTHORIZED', 418],
    ['the family', custom({ DEFAULT_4XX: { statusCode: 400 } }), 'UNAUTHORIZED', 400],
    ['not the other family', custom({ DEFAULT_4XX: { statusCode: 400 } }), 'AUTHORIZER_FAILURE', 500],
    [
      'a customised type inherits nothing',
      custom({ DEFAULT_4XX: { statusCode: 400 }, UNAUTHORIZED: { responseParameters: {} } }),
      'UNAUTHORIZED',
      401,
    ],
    ['a family without status', custom({ DEFAULT_4XX: { responseParameters: {} } }), 'WAF_FILTERED', 403],
  ])('%s', (_, given, type, status) => {
    expect(statusOf(given, type)).toBe(status);
  });

  test('an export that shows little proves nothing against the draft', () => {
    const draft = draftOf({ gatewayResponses: [gatewayResponse('UNAUTHORIZED')] });
    expect(build({ exported: exportWith({}, PLAIN), draft }).gatewayResponses).toMatchObject(BROKEN_EXPORT);
    expect(build({ exported: exportWith({}, PLAIN) }).gatewayResponses.state).toBe('known');
    // A faithful one does: the customised row was not deployed.
    expect(build({ draft }).gatewayResponses).toEqual(known(effectiveResponses([])));
  });
});

describe('what is no export', () => {
  test.each<[string, Uint8Array | undefined]>([
    ['nothing', undefined],
    ['no bytes', new Uint8Array()],
    ['a page', Buffer.from('<html></html>')],
    ['no text', Buffer.from([0xff, 0xfe, 0x7b])],
    ['a list', bytes([])],
    ['Swagger 2.0', bytes({ swagger: '2.0', paths: {} })],
    ['no paths', bytes({ openapi: '3.0.1' })],
    ['paths as a list', bytes({ openapi: '3.0.1', paths: [] })],
    ['security as a text', bytes({ openapi: '3.0.1', paths: { '/': { get: { security: 'clients' } } } })],
    [
      'pools as a text',
      bytes({
        openapi: '3.0.1',
        paths: {},
        components: {
          securitySchemes: {
            a: { 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: 'arn' } },
          },
        },
      }),
    ],
  ])('%s', (_, body) => {
    expect(() => parseExport(body)).toThrow(ShapeError);
  });
});
