import { apisOf, changed, deploy, petsWith, told } from '../support/template';

const authorizer = (kind: 'components' | 'swagger') => {
  const scheme = {
    people: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
      },
    },
    api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    other: { type: 'oauth2', flows: {} },
    sigv4: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    },
  };
  return kind === 'swagger'
    ? { swagger: '2.0', securityDefinitions: scheme }
    : { openapi: '3.0.1', components: { securitySchemes: scheme } };
};

const integration = {
  'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: { 'Fn::ImportValue': 'uri' } },
};

const paths = {
  '/pets': {
    get: { security: [{ people: ['pets/read'] }], ...integration },
    post: { security: [{ people: [], api_key: [] }], ...integration },
    options: integration,
    parameters: [],
  },
  '/signed': { 'x-amazon-apigateway-any-method': { security: [{ sigv4: [] }], ...integration } },
  '/open': { get: { security: [{ NONE: [] }], ...integration } },
  '/keyed': { get: { security: [{ NONE: [] }, { api_key: [] }], ...integration } },
  '/other': { get: { security: [{ other: [] }], ...integration } },
};

const bodyWith = (given: object, kind: 'components' | 'swagger' = 'components') =>
  petsWith({
    ...changed('Api', { Body: { ...authorizer(kind), paths, ...given } }),
    ...Object.fromEntries(['Auth', 'Pets', 'GetPets'].map((name) => [name, null])),
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
  });

const apiOf = (text: string, given: Parameters<typeof deploy>[1] = {}) => {
  const [api] = apisOf(deploy(text, given));
  if (api === undefined) throw new Error('no API');
  return api;
};

describe.each(['components', 'swagger'] as const)('an OpenAPI document in Body (%s)', (kind) => {
  const api = apiOf(bodyWith({}, kind));

  test('makes methods', () => {
    const methods = told(api.draft.methods);
    if (typeof methods === 'string') throw new Error(methods);
    expect(
      methods.map(({ path, verb, authorizationType, authorizer: named, scopes, apiKeyRequired }) => [
        `${verb} ${path}`,
        told(authorizationType),
        told(named),
        told(scopes),
        told(apiKeyRequired),
      ]),
    ).toEqual([
      ['GET /pets', 'COGNITO_USER_POOLS', 'people', ['pets/read'], false],
      ['POST /pets', 'COGNITO_USER_POOLS', 'people', [], true],
      ['OPTIONS /pets', 'NONE', null, [], false],
      ['ANY /signed', 'AWS_IAM', null, [], false],
      ['GET /open', 'NONE', null, [], false],
      ['GET /keyed', 'NONE', null, [], true],
      ...['Api.Body.paths./other.get.security: it is not one authorizer of API Gateway'].map((gap) => [
        'GET /other',
        gap,
        gap,
        gap,
        false,
      ]),
    ]);
    expect(told(api.resourcePaths)).toEqual(['/pets', '/signed', '/open', '/keyed', '/other', '/']);
  });

  test('makes authorizers', () => {
    expect(told(api.draft.authorizers)).toMatchObject([
      {
        key: 'people',
        id: 'people',
        kind: 'COGNITO_USER_POOLS',
        providerArns: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool'],
        identitySources: ['method.request.header.Authorization'],
      },
    ]);
  });

  test('exists before its deployment, which depends on no method', () => {
    expect(told(api.stages)).toMatchObject([{ snapshot: { methods: { state: 'known' } } }]);
  });
});

test('what a document says of the API', () => {
  const api = apiOf(
    bodyWith({
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
      'x-amazon-apigateway-policy': { Statement: [{ Effect: 'Deny' }] },
      'x-amazon-apigateway-gateway-responses': { ACCESS_DENIED: { statusCode: 404 } },
    }),
  );
  expect(api).toMatchObject({ apiKeySource: 'AUTHORIZER', disableExecuteApiEndpoint: true });
  expect(told(api.draft.policy)).toBe('{"Statement":[{"Effect":"Deny"}]}');
  const responses = told(api.draft.gatewayResponses);
  expect(responses).toContainEqual(
    expect.objectContaining({ type: 'ACCESS_DENIED', status: 404, customised: true }),
  );
});

test('a policy that is not known is the only thing that is not', () => {
  const api = apiOf(
    bodyWith({ 'x-amazon-apigateway-policy': { Statement: [{ Principal: { Ref: 'No' } }] } }),
  );
  expect(told(api.draft.policy)).toBe(
    'Api.Body.x-amazon-apigateway-policy.Statement.0.Principal: the template has no No',
  );
  expect(told(api.draft.methods)).toHaveLength(7);
});

test('nor is one that names an account, where the own one is not known', () => {
  const policy = { Statement: [{ Principal: { AWS: '444455556666' } }] };
  const api = apiOf(bodyWith({ 'x-amazon-apigateway-policy': policy }), { accountId: null });
  expect(told(api.draft.policy)).toMatch(/^Api\.Body\.x-amazon-apigateway-policy: it names an account/);
});

test.each([
  [
    'a part that is not known',
    { paths: { '/pets': { get: { security: { Ref: 'No' } } } } },
    'Api.Body.paths./pets.get.security: the template has no No',
  ],
  [
    'a transform',
    { paths: { 'Fn::Transform': { Name: 'AWS::Include' } } },
    'Api.Body.paths: Fn::Transform is worked out by CloudFormation alone',
  ],
  [
    'another version',
    { openapi: undefined },
    'Api.Body: it is no OpenAPI document that can be read (openapi: OAS 3.0 was asked for)',
  ],
  ['paths of another kind', { paths: [] }, 'Api.Body: it is no OpenAPI document that can be read (paths)'],
])('%s', (_, given, gap) => {
  const { draft } = apiOf(bodyWith(given));
  for (const part of [draft.methods, draft.authorizers, draft.gatewayResponses])
    expect(told<unknown>(part)).toBe(gap);
});
