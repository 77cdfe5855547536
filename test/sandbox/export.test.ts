import { APIGatewayClient, GetExportCommand, type GetExportCommandInput } from '@aws-sdk/client-api-gateway';
import type { SandboxAccount } from '../../sandbox/account-file';
import { refusal, settings, start } from './support';

const CREATED = '2025-05-06T09:00:00Z';
const POOL = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI';
const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations';

const account: SandboxAccount = {
  accountId: '111122223333',
  regions: {
    'eu-west-1': {
      restApis: [
        {
          id: 'petstore01',
          name: 'Simple PetStore (Swagger)',
          version: '1.0.0',
          binaryMediaTypes: ['image/png', 'image/jpg'],
          resources: [
            {
              id: 'r1',
              path: '/pets/{petId}',
              resourceMethods: {
                GET: {
                  httpMethod: 'GET',
                  authorizationType: 'NONE',
                  apiKeyRequired: false,
                  methodResponses: { '200': { statusCode: '200' } },
                  methodIntegration: {
                    type: 'HTTP',
                    httpMethod: 'GET',
                    uri: 'http://petstore-demo-endpoint.execute-api.com/petstore/pets/{id}',
                    connectionType: 'INTERNET',
                    passthroughBehavior: 'WHEN_NO_MATCH',
                    timeoutInMillis: 29_000,
                    cacheNamespace: 'r1',
                    cacheKeyParameters: [],
                    requestParameters: { 'integration.request.path.id': 'method.request.path.petId' },
                    integrationResponses: { '200': { statusCode: '200' } },
                  },
                },
              },
            },
          ],
          deployments: [{ id: 'd1', createdDate: CREATED }],
          stages: [{ stageName: 'local', deploymentId: 'd1' }],
        },
        {
          id: 'guarded001',
          name: 'guarded',
          apiKeySource: 'HEADER',
          disableExecuteApiEndpoint: true,
          policyDocument: { Version: '2012-10-17', Statement: [] },
          authorizers: [],
          resources: [],
          deployments: [
            {
              id: 'd2',
              createdDate: CREATED,
              frozen: {
                policyDocument: {
                  Version: '2012-10-17',
                  Statement: [
                    {
                      Effect: 'Allow',
                      Principal: '*',
                      Action: 'execute-api:Invoke',
                      Resource: 'execute-api:/*',
                    },
                  ],
                },
                gatewayResponses: [
                  { responseType: 'DEFAULT_4XX', responseParameters: { 'gatewayresponse.header.x': "'y'" } },
                  { responseType: 'UNAUTHORIZED', statusCode: '404' },
                ],
                authorizers: [
                  {
                    id: 'a1',
                    name: 'people',
                    type: 'COGNITO_USER_POOLS',
                    authType: 'cognito_user_pools',
                    providerARNs: [POOL],
                    identitySource: 'method.request.header.X-Token',
                    identityValidationExpression: '^aud$',
                  },
                  {
                    id: 'a2',
                    name: 'token',
                    type: 'TOKEN',
                    authType: 'custom',
                    authorizerUri: URI,
                    authorizerCredentials: 'arn:aws:iam::111122223333:role/invoke',
                    identitySource: 'method.request.header.Authorization',
                    authorizerResultTtlInSeconds: 60,
                  },
                  {
                    id: 'a3',
                    name: 'request',
                    type: 'REQUEST',
                    authorizerUri: URI,
                    identitySource: 'method.request.header.A, method.request.querystring.b',
                  },
                  { id: 'a4', name: 'unused', type: 'TOKEN', authorizerUri: URI },
                ],
                resources: [
                  {
                    id: 'r1',
                    path: '/',
                    resourceMethods: {
                      ANY: { httpMethod: 'ANY', authorizationType: 'AWS_IAM', apiKeyRequired: false },
                      GET: {
                        httpMethod: 'GET',
                        authorizationType: 'COGNITO_USER_POOLS',
                        authorizerId: 'a1',
                        authorizationScopes: ['orders/read', 'orders/write'],
                        apiKeyRequired: true,
                      },
                      POST: { httpMethod: 'POST', authorizationType: 'CUSTOM', authorizerId: 'a2' },
                      PUT: { httpMethod: 'PUT', authorizationType: 'CUSTOM', authorizerId: 'a3' },
                      DELETE: { httpMethod: 'DELETE', authorizationType: 'CUSTOM', authorizerId: 'deleted' },
                    },
                  },
                ],
              },
            },
            { id: 'd3', createdDate: CREATED, exportFails: true },
          ],
          stages: [
            { stageName: 'prod', deploymentId: 'd2' },
            { stageName: 'xml', deploymentId: 'd3' },
          ],
        },
      ],
    },
  },
};

const exported = async (input: Partial<GetExportCommandInput>) => {
  const gateway = new APIGatewayClient(settings(await start({ account })));
  const command = new GetExportCommand({
    restApiId: 'guarded001',
    stageName: 'prod',
    exportType: 'oas30',
    accepts: 'application/json',
    ...input,
  });
  const { contentType, contentDisposition, body } = await gateway.send(command);
  const document = JSON.parse(Buffer.from(body ?? []).toString()) as Record<string, unknown>;
  return { contentType, contentDisposition, document };
};

const FULL = { parameters: { extensions: 'apigateway' } };
const PETS = { restApiId: 'petstore01', stageName: 'local', ...FULL };

const operation = (form: object, content: object) => ({
  parameters: [{ name: 'petId', in: 'path', required: true, ...form }],
  responses: { '200': { description: '200 response', ...content } },
  'x-amazon-apigateway-integration': {
    httpMethod: 'GET',
    uri: 'http://petstore-demo-endpoint.execute-api.com/petstore/pets/{id}',
    responses: { default: { statusCode: '200' } },
    requestParameters: { 'integration.request.path.id': 'method.request.path.petId' },
    passthroughBehavior: 'when_no_match',
    type: 'http',
  },
});

describe('The export of a recorded petstore', () => {
  test('as OpenAPI 3', async () => {
    expect(await exported(PETS)).toEqual({
      contentType: 'application/octet-stream',
      contentDisposition: 'attachment; filename="oas30_1.0.0.json"',
      document: {
        openapi: '3.0.1',
        info: { title: 'Simple PetStore (Swagger)', version: '1.0.0' },
        servers: [
          {
            url: 'https://petstore01.execute-api.eu-west-1.amazonaws.com/{basePath}',
            variables: { basePath: { default: 'local' } },
          },
        ],
        paths: { '/pets/{petId}': { get: operation({ schema: { type: 'string' } }, { content: {} }) } },
        components: {},
        'x-amazon-apigateway-binary-media-types': ['image/png', 'image/jpg'],
      },
    });
  });

  test('as Swagger 2', async () => {
    expect(await exported({ ...PETS, exportType: 'swagger' })).toEqual({
      contentType: 'application/octet-stream',
      contentDisposition: 'attachment; filename="swagger_1.0.0.json"',
      document: {
        swagger: '2.0',
        info: { title: 'Simple PetStore (Swagger)', version: '1.0.0' },
        host: 'petstore01.execute-api.eu-west-1.amazonaws.com',
        basePath: '/local',
        schemes: ['https'],
        paths: { '/pets/{petId}': { get: operation({ type: 'string' }, {}) } },
        'x-amazon-apigateway-binary-media-types': ['image/png', 'image/jpg'],
      },
    });
  });
});

const authorizer = (name: string, authtype: string, definition: object) => ({
  type: 'apiKey',
  name,
  in: 'header',
  'x-amazon-apigateway-authtype': authtype,
  'x-amazon-apigateway-authorizer': definition,
});

describe('The export of a guarded API', () => {
  test('shows what the deployment froze, not the draft', async () => {
    const { document } = await exported(FULL);
    expect(document).toEqual({
      openapi: '3.0.1',
      info: { title: 'guarded', version: CREATED },
      servers: [
        {
          url: 'https://guarded001.execute-api.eu-west-1.amazonaws.com/{basePath}',
          variables: { basePath: { default: 'prod' } },
          'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
        },
      ],
      paths: {
        '/': {
          'x-amazon-apigateway-any-method': { security: [{ sigv4: [] }] },
          get: { security: [{ people: ['orders/read', 'orders/write'] }, { api_key: [] }] },
          post: { security: [{ token: [] }] },
          put: { security: [{ request: [] }] },
          delete: {},
        },
      },
      components: {
        securitySchemes: {
          people: authorizer('X-Token', 'cognito_user_pools', {
            providerARNs: [POOL],
            identityValidationExpression: '^aud$',
            type: 'cognito_user_pools',
          }),
          token: authorizer('Authorization', 'custom', {
            authorizerUri: URI,
            authorizerCredentials: 'arn:aws:iam::111122223333:role/invoke',
            authorizerResultTtlInSeconds: 60,
            type: 'token',
          }),
          request: authorizer('Unused', 'custom', {
            authorizerUri: URI,
            identitySource: 'method.request.header.A, method.request.querystring.b',
            type: 'request',
          }),
          api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
          sigv4: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'awsSigv4',
          },
        },
      },
      'x-amazon-apigateway-api-key-source': 'HEADER',
      'x-amazon-apigateway-gateway-responses': {
        DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.x': "'y'" } },
        UNAUTHORIZED: { statusCode: 404 },
      },
      'x-amazon-apigateway-policy': {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: 'arn:aws:execute-api:eu-west-1:111122223333:guarded001/*',
          },
        ],
      },
    });
  });

  test('without extensions drops the definitions of authorizers, integrations and settings', async () => {
    const plain = JSON.stringify((await exported({})).document);
    expect(plain).toContain('"people":["orders/read","orders/write"]');
    expect(plain).toContain('"x-amazon-apigateway-authtype":"cognito_user_pools"');
    for (const name of ['authorizer', 'policy', 'gateway-responses', 'integration', 'api-key-source']) {
      expect(plain).not.toContain(`"x-amazon-apigateway-${name}"`);
    }
  });

  test('with extensions joined by a comma shows just those', async () => {
    const { document } = await exported({ ...PETS, parameters: { extensions: 'integrations,authorizers' } });
    expect(JSON.stringify(document)).toContain('"x-amazon-apigateway-integration"');
    expect(JSON.stringify(document)).not.toContain('"x-amazon-apigateway-binary-media-types"');
    const guarded = await exported({ parameters: { extensions: 'integrations,authorizers' } });
    expect(JSON.stringify(guarded.document)).toContain('"x-amazon-apigateway-authorizer"');
    expect(JSON.stringify(guarded.document)).not.toContain('"x-amazon-apigateway-policy"');
  });

  test.each([
    [
      'an undocumented extension',
      { parameters: { extensions: 'gatewayresponses' } },
      'BadRequestException',
      400,
    ],
    ['an unknown type', { exportType: 'oas31' }, 'BadRequestException', 400],
    ['models that are not JSON', { stageName: 'xml' }, 'BadRequestException', 400],
    ['an unknown stage', { stageName: 'absent' }, 'NotFoundException', 404],
    ['an unknown API', { restApiId: 'absent' }, 'NotFoundException', 404],
  ])('is refused for %s', async (_, input, name, status) => {
    expect(await refusal(exported(input))).toEqual({ name, status });
  });
});
