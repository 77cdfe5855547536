import {
  APIGatewayClient,
  GetGatewayResponsesCommand,
  type GatewayResponse,
} from '@aws-sdk/client-api-gateway';
import type { Stored } from '../../sandbox/account-file';
import { settings, start } from './support';

const rows = async (gatewayResponses: Stored<GatewayResponse>[]): Promise<readonly GatewayResponse[]> => {
  const sandbox = await start({
    pageSize: 3,
    account: {
      accountId: '111122223333',
      regions: { 'eu-west-1': { restApis: [{ id: 'abcdefghij', name: 'one', gatewayResponses }] } },
    },
  });
  const gateway = new APIGatewayClient(settings(sandbox));
  const { items } = await gateway.send(new GetGatewayResponsesCommand({ restApiId: 'abcdefghij', limit: 2 }));
  return items ?? [];
};

const BUILT_IN_TEMPLATE = { 'application/json': '{"message":$context.error.messageString}' };

/** One line a row: type, status, and a star where it is customised. */
const lines = (all: readonly GatewayResponse[]): readonly string[] =>
  all.map(({ responseType, statusCode, defaultResponse }) =>
    [responseType, statusCode ?? '-', defaultResponse === true ? '' : '*'].join(' ').trim(),
  );

test('all 21 rows come at once, alphabetical, customised ones in their place', async () => {
  const all = await rows([{ responseType: 'MISSING_AUTHENTICATION_TOKEN', statusCode: '404' }]);
  expect(lines(all)).toEqual([
    'ACCESS_DENIED 403',
    'API_CONFIGURATION_ERROR 500',
    'AUTHORIZER_CONFIGURATION_ERROR 500',
    'AUTHORIZER_FAILURE 500',
    'BAD_REQUEST_BODY 400',
    'BAD_REQUEST_PARAMETERS 400',
    'DEFAULT_4XX -',
    'DEFAULT_5XX -',
    'EXPIRED_TOKEN 403',
    'INTEGRATION_FAILURE 504',
    'INTEGRATION_TIMEOUT 504',
    'INVALID_API_KEY 403',
    'INVALID_SIGNATURE 403',
    'MISSING_AUTHENTICATION_TOKEN 404 *',
    'QUOTA_EXCEEDED 429',
    'REQUEST_TOO_LARGE 413',
    'RESOURCE_NOT_FOUND 404',
    'THROTTLED 429',
    'UNAUTHORIZED 401',
    'UNSUPPORTED_MEDIA_TYPE 415',
    'WAF_FILTERED 403',
  ]);
  for (const { responseParameters, responseTemplates } of all) {
    expect(responseParameters).toEqual({});
    expect(responseTemplates).toEqual(BUILT_IN_TEMPLATE);
  }
});

test('a customised family passes status, headers and templates on to its uncustomised rows only', async () => {
  const header = { 'gatewayresponse.header.x-request-header': 'method.request.header.Accept' };
  const own = { 'gatewayresponse.header.foo': "'bar'" };
  const templates = { 'text/plain': 'sorry' };
  const all = await rows([
    {
      responseType: 'DEFAULT_5XX',
      statusCode: '599',
      responseParameters: header,
      responseTemplates: templates,
    },
    { responseType: 'AUTHORIZER_FAILURE', responseParameters: own },
    { responseType: 'MISSING_AUTHENTICATION_TOKEN' },
  ]);
  const row = (type: string) => all.find(({ responseType }) => responseType === type);
  for (const type of [
    'API_CONFIGURATION_ERROR',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'INTEGRATION_FAILURE',
    'INTEGRATION_TIMEOUT',
  ]) {
    expect(row(type)).toEqual({
      responseType: type,
      statusCode: '599',
      responseParameters: header,
      responseTemplates: templates,
      defaultResponse: true,
    });
  }
  expect(row('DEFAULT_5XX')).toMatchObject({ statusCode: '599', defaultResponse: false });
  expect(row('AUTHORIZER_FAILURE')).toEqual({
    responseType: 'AUTHORIZER_FAILURE',
    statusCode: '500',
    responseParameters: own,
    responseTemplates: BUILT_IN_TEMPLATE,
    defaultResponse: false,
  });
  expect(row('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({
    statusCode: '403',
    responseParameters: {},
    defaultResponse: false,
  });
  expect(row('ACCESS_DENIED')).toMatchObject({
    statusCode: '403',
    responseParameters: {},
    defaultResponse: true,
  });
});

test('a family customised by headers alone keeps no status, and its rows keep theirs', async () => {
  const headers = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };
  const all = await rows([{ responseType: 'DEFAULT_4XX', responseParameters: headers }]);
  const family = all.find(({ responseType }) => responseType === 'DEFAULT_4XX');
  expect(family).not.toHaveProperty('statusCode');
  expect(all.find(({ responseType }) => responseType === 'UNAUTHORIZED')).toMatchObject({
    statusCode: '401',
    responseParameters: headers,
    defaultResponse: true,
  });
});
