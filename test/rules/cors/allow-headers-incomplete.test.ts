import rule from '../../../lambda/rules/cors/allow-headers-incomplete';
import { known } from '../../../lambda/model/known';
import type { Method } from '../../../lambda/model/method';
import {
  account,
  cognitoAuthorizer,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const authorizers = [
  cognitoAuthorizer('people', [poolArn('eu-west-1_Shop')]),
  cognitoAuthorizer('devices', [poolArn('eu-west-1_Shop')], {
    identitySources: ['method.request.header.X-Device-Token'],
  }),
  lambdaAuthorizer('address', {
    kind: 'REQUEST',
    identitySources: ['method.request.header.X-Forwarded-For', 'method.request.header.User-Agent'],
  }),
  lambdaAuthorizer('query', { kind: 'REQUEST', identitySources: ['method.request.querystring.token'] }),
];
const only = (...methods: readonly Method[]) =>
  account({ restApis: [restApi('shop', { methods, authorizers })] });
const get = guarded('GET', '/orders', 'people');

export default ruleTable(rule, {
  flags: [
    {
      when: 'a list without the token header',
      account: only(get, preflight('/orders', "'Content-Type,X-Api-Key'")),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders in stage prod reads credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a list with the token header written amiss',
      account: only(get, preflight('/orders', "'Content-Type,Autorization'")),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders in stage prod reads credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list: it lists "Autorization", likely by a slip.',
        },
      ],
    },
    {
      when: 'the header that this authorizer reads, and the key, behind a greedy preflight',
      account: only(
        guarded('GET', '/devices', 'devices'),
        method('POST', '/orders', { apiKeyRequired: true }),
        preflight('/{proxy+}', "'Content-Type, Authorization'"),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /devices and POST /orders in stage prod read credentials from X-Device-Token and X-Api-Key, which Access-Control-Allow-Headers of the preflight does not list.',
        },
      ],
    },
    {
      when: 'a star, which does not cover Authorization in every browser',
      account: only(get, preflight('/orders', "'*'")),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders in stage prod reads credentials from Authorization, which the * in Access-Control-Allow-Headers of the preflight does not cover by the Fetch standard, though not every browser keeps to that.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'an answer without that header, beside a preflight whose list is a star',
      account: only(
        get,
        method('OPTIONS', '/orders', {
          integration: {
            type: 'MOCK',
            uri: null,
            credentials: null,
            answers: [
              { statusCode: '400', headers: { 'content-type': "'text/plain'" } },
              { statusCode: '204', headers: { 'access-control-allow-origin': "'*'" } },
            ],
          },
        }),
        guarded('GET', '/me', 'people'),
        preflight('/me', " '*' "),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders and GET /me in stage prod read credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
        },
      ],
    },
    {
      when: 'an empty list, for a signature beside a token',
      account: only(
        get,
        method('PUT', '/orders', { authorizationType: 'AWS_IAM' }),
        preflight('/orders', "''"),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders and PUT /orders in stage prod read credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
        },
      ],
    },
    {
      when: 'signatures only, which may stand in the query string',
      account: only(
        method('PUT', '/orders', { authorizationType: 'AWS_IAM' }),
        preflight('/orders', "'Content-Type'"),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'PUT /orders in stage prod reads credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'lists of which the draft has mended one, has another in part, and gave the third away to its backend',
      account: account({
        restApis: [
          restApi('shop', {
            authorizers,
            methods: [
              get,
              preflight('/orders', "'Content-Type,Authorization,X-Trace'"),
              guarded('POST', '/stock', 'people'),
              preflight('/stock', "'Content-Type,X-Trace'"),
              guarded('POST', '/carts', 'people'),
              method('OPTIONS', '/carts'),
            ],
            stages: [
              stage('prod', {
                authorizers,
                methods: [
                  get,
                  preflight('/orders', "'Content-Type'"),
                  guarded('POST', '/stock', 'people'),
                  preflight('/stock', "'Content-Type'"),
                  guarded('POST', '/carts', 'people'),
                  preflight('/carts', "'Content-Type'"),
                ],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders, POST /stock and POST /carts in stage prod read credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
        },
      ],
    },
    {
      when: 'a list that the draft has mended',
      account: account({
        restApis: [
          restApi('shop', {
            authorizers,
            methods: [get, preflight('/orders')],
            stages: [stage('prod', { authorizers, methods: [get, preflight('/orders', "'Content-Type'")] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders in stage prod reads credentials from Authorization, which Access-Control-Allow-Headers of the preflight does not list.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the header in another case and with blanks',
      account: only(get, preflight('/orders', "'content-type , authorization'")),
    },
    {
      when: 'a star for a key, which it covers',
      account: only(method('GET', '/orders', { apiKeyRequired: true }), preflight('/orders', "'*'")),
    },
    {
      when: 'headers that are set on the way and not by the page',
      account: only(
        method('GET', '/orders', { authorizationType: 'CUSTOM', authorizer: 'address' }),
        preflight('/orders', "'Content-Type'"),
      ),
    },
    {
      when: 'a token in the query string',
      account: only(
        method('GET', '/orders', { authorizationType: 'CUSTOM', authorizer: 'query' }),
        preflight('/orders', "'Content-Type'"),
      ),
    },
    {
      when: 'an OPTIONS whose backend answers',
      account: only(get, method('OPTIONS', '/orders')),
    },
    {
      when: 'open methods behind a short list',
      account: only(method('GET', '/orders'), preflight('/orders', "'Content-Type'")),
    },
    { when: 'a resource whose preflight nothing takes: another rule says that', account: only(get) },
    {
      when: 'a preflight that ANY takes',
      account: only(
        guarded('GET', '/orders', 'people'),
        method('ANY', '/orders', {
          integration: {
            type: 'MOCK',
            uri: null,
            credentials: null,
            answers: [{ statusCode: '200', headers: { 'access-control-allow-headers': "'Content-Type'" } }],
          },
        }),
      ),
    },
    {
      when: 'a list that the request decides',
      account: only(get, preflight('/orders', 'method.request.header.Access-Control-Request-Headers')),
    },
    {
      when: 'a mock that answers no preflight',
      account: only(
        get,
        method('OPTIONS', '/orders', {
          integration: {
            type: 'MOCK',
            uri: null,
            credentials: null,
            answers: [{ statusCode: '200', headers: {} }],
          },
        }),
      ),
    },
    {
      when: 'a list of an integration that is no mock',
      account: only(
        get,
        method('OPTIONS', '/orders', {
          integration: {
            type: 'HTTP',
            uri: 'https://example.com',
            credentials: null,
            answers: [{ statusCode: '200', headers: { 'access-control-allow-headers': "'Content-Type'" } }],
          },
        }),
      ),
    },
    {
      when: 'a preflight that asks for a key: another rule says that',
      account: only(get, { ...preflight('/orders', "'Content-Type'"), apiKeyRequired: known(true) }),
    },
    {
      when: 'an OPTIONS without integration, which cannot be deployed',
      account: only(get, { ...preflight('/orders'), integration: known(null) }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the integration of OPTIONS is unknown',
      account: only(get, method('OPTIONS', '/orders', { integration: denied('GetExport') })),
      missing: ['GetExport'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', { methods: [get, preflight('/orders')], authorizers: denied('GetAuthorizers') }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when type and key requirement of the method are unknown',
      account: only(
        method('GET', '/orders', {
          authorizationType: denied('GetDeployment type'),
          apiKeyRequired: denied('GetDeployment key'),
        }),
        preflight('/orders'),
      ),
      missing: ['GetDeployment type', 'GetDeployment key'],
    },
    {
      when: 'when the authorizer that the method names is unknown',
      account: only(
        method('GET', '/orders', {
          authorizationType: 'COGNITO_USER_POOLS',
          authorizer: denied('GetExport of authorizer'),
        }),
        preflight('/orders'),
      ),
      missing: ['GetExport of authorizer'],
    },
  ],
});

test('the fix keeps the list and adds the header, quoted for AWS and for the shell', () => {
  const { raised } = judge(rule, only(get, preflight('/orders', "'Content-Type'")));
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws apigateway update-integration-response --region eu-west-1 --rest-api-id idshop --resource-id '<RESOURCE_ID>' --http-method OPTIONS --status-code 200 --patch-operations '[{"op":"replace","path":"/responseParameters/method.response.header.Access-Control-Allow-Headers","value":"'"'"'Content-Type,Authorization'"'"'"}]'`,
  ]);
});
