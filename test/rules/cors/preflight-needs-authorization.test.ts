import rule from '../../../lambda/rules/cors/preflight-needs-authorization';
import type { Method } from '../../../lambda/model/method';
import {
  account,
  custom,
  denied,
  gatewayResponse,
  guarded,
  method,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const only = (...methods: readonly Method[]) => account({ restApis: [restApi('shop', { methods })] });
const get = guarded('GET', '/orders', 'people');
const signed = method('ANY', '/orders', { authorizationType: 'AWS_IAM' });
const signedElsewhere = method('ANY', '/{proxy+}', { authorizationType: 'AWS_IAM' });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an OPTIONS method that inherited the authorizer, and one that needs a key',
      account: only(
        get,
        guarded('OPTIONS', '/orders', 'people'),
        method('OPTIONS', '/keys', { apiKeyRequired: true }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders and /keys in stage prod are taken by OPTIONS /orders and OPTIONS /keys, which ask for a token and an API key: browsers send none and are refused.',
          affects: ['prod GET /orders', 'prod OPTIONS /orders', 'prod OPTIONS /keys'],
        },
      ],
    },
    {
      when: 'an OPTIONS method that asks for a signature',
      account: only(get, method('OPTIONS', '/orders', { authorizationType: 'AWS_IAM' })),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by OPTIONS /orders, which asks for a signature: browsers send none and are refused.',
          affects: ['prod GET /orders', 'prod OPTIONS /orders'],
        },
      ],
    },
    {
      when: "a missing OPTIONS that another resource's guarded ANY takes, in an API that answers CORS; an open GET needs none",
      account: only(
        guarded('ANY', '/{proxy+}', 'people'),
        preflight('/health'),
        get,
        method('GET', '/status'),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by ANY /{proxy+}, which asks for a token: browsers send none and are refused.',
          affects: ['prod GET /orders'],
        },
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /{proxy+} in stage prod are taken by ANY /{proxy+}, which asks for a token: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
          affects: ['prod ANY /{proxy+}'],
        },
      ],
    },
    {
      when: 'a guarded ANY without own OPTIONS',
      account: only(guarded('ANY', '/orders', 'people')),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by ANY /orders, which asks for a token: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a signed ANY in an API whose refusals carry CORS headers',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [signed],
            gatewayResponses: [
              gatewayResponse('DEFAULT_4XX', { headers: { 'access-control-allow-origin': "'*'" } }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by ANY /orders, which asks for a signature: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a resource whose preflight a guarded ANY elsewhere takes, in an API without any sign of CORS',
      account: only(guarded('GET', '/orders', 'people'), guarded('ANY', '/{proxy+}', 'people')),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders and /{proxy+} in stage prod are taken by ANY /{proxy+}, which asks for a token: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a guarded ANY, where the gateway responses were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('ANY', '/orders', 'people')],
            gatewayResponses: denied('GetGatewayResponses'),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by ANY /orders, which asks for a token: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a greedy OPTIONS that asks for a key, of an open GET beside a POST',
      account: only(
        method('GET', '/orders'),
        method('POST', '/orders'),
        method('OPTIONS', '/{proxy+}', { apiKeyRequired: true }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders and /{proxy+} in stage prod are taken by OPTIONS /{proxy+}, which asks for an API key: browsers send none and are refused.',
          affects: ['prod GET /orders', 'prod POST /orders', 'prod OPTIONS /{proxy+}'],
        },
      ],
    },
    {
      when: 'a Lambda authorizer, and a signature where another method answers with CORS headers',
      account: only(
        custom('OPTIONS', '/orders', 'lock'),
        method('ANY', '/signed', { authorizationType: 'AWS_IAM' }),
        method('GET', '/stock', {
          integration: {
            type: 'MOCK',
            uri: null,
            credentials: null,
            answers: [
              { statusCode: '404', headers: {} },
              { statusCode: '200', headers: { 'access-control-allow-origin': "'*'" } },
            ],
          },
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by OPTIONS /orders, which asks for a token: browsers send none and are refused.',
        },
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /signed in stage prod are taken by ANY /signed, which asks for a signature: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a signed ANY where a method of its own answers with CORS headers, without any OPTIONS',
      account: only(
        signed,
        method('GET', '/stock', {
          integration: {
            type: 'MOCK',
            uri: null,
            credentials: null,
            answers: [{ statusCode: '200', headers: { 'access-control-allow-origin': "'*'" } }],
          },
        }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /orders in stage prod are taken by ANY /orders, which asks for a signature: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a guarded ANY that takes the preflights of the stage, whose draft has one of the OPTIONS already',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              get,
              preflight('/orders'),
              method('POST', '/stock'),
              guarded('ANY', '/{proxy+}', 'people'),
              preflight('/{proxy+}'),
            ],
            stages: [
              stage('prod', {
                methods: [
                  get,
                  method('POST', '/stock'),
                  guarded('ANY', '/{proxy+}', 'people'),
                  preflight('/health'),
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
            'Preflights of /orders and /stock in stage prod are taken by ANY /{proxy+}, which asks for a token: browsers send none and are refused.',
        },
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Preflights of /{proxy+} in stage prod are taken by ANY /{proxy+}, which asks for a token: browsers send none and are refused, if they call from another origin.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'an open OPTIONS beside a guarded GET', account: only(get, preflight('/orders')) },
    {
      when: 'a guarded ANY with an open OPTIONS of its own',
      account: only(guarded('ANY', '/{proxy+}', 'people'), preflight('/{proxy+}'), get),
    },
    { when: 'a resource whose preflight nothing takes: another rule says that', account: only(get) },
    { when: 'a signed ANY in an API without any sign of CORS', account: only(signed) },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of OPTIONS is unknown',
      account: only(
        method('OPTIONS', '/orders', {
          authorizationType: denied('GetDeployment'),
          apiKeyRequired: denied('GetDeployment'),
        }),
      ),
      missing: ['GetDeployment'],
    },
    {
      when: 'when it is unknown whether OPTIONS needs a key',
      account: only(method('OPTIONS', '/orders', { apiKeyRequired: denied('GetDeployment') })),
      missing: ['GetDeployment'],
    },
    {
      when: 'whether browsers call a signed ANY, when the gateway responses were denied',
      account: account({
        restApis: [restApi('shop', { methods: [signed], gatewayResponses: denied('GetGatewayResponses') })],
      }),
      missing: ['GetGatewayResponses'],
    },
    {
      when: 'whether browsers call a resource whose preflight an ANY elsewhere takes, when the gateway responses were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('POST', '/orders'), guarded('GET', '/{proxy+}', 'people'), signedElsewhere],
            gatewayResponses: denied('GetGatewayResponses'),
          }),
        ],
      }),
      missing: ['GetGatewayResponses'],
    },
    {
      when: 'whether a GET needs a preflight that another resource refuses',
      account: only(
        method('GET', '/orders', { apiKeyRequired: denied('GetDeployment') }),
        method('OPTIONS', '/{proxy+}', { apiKeyRequired: denied('GetDeployment') }),
      ),
      missing: ['GetDeployment'],
    },
  ],
});

const commandsFor = (...methods: readonly Method[]): readonly string[] =>
  judge(rule, only(...methods))
    .raised.filter(({ of }) => of === 'stage')
    .flatMap(({ flag }) => flag.fix.flatMap(({ commands }) => commands));

describe('the fix', () => {
  test('opens OPTIONS only', () => {
    const options = method('OPTIONS', '/orders', {
      authorizationType: 'AWS_IAM',
      apiKeyRequired: true,
      resourceId: 'res1',
    });
    expect(commandsFor(options)).toEqual([
      `aws apigateway update-method --region eu-west-1 --rest-api-id idshop --resource-id res1 --http-method OPTIONS --patch-operations '[{"op":"replace","path":"/authorizationType","value":"NONE"},{"op":"replace","path":"/apiKeyRequired","value":"false"}]'`,
      'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
    ]);
  });

  test('adds an OPTIONS where there is none: method, response, integration, integration response, deployment', () => {
    const operations = commandsFor(guarded('ANY', '/orders', 'people')).map((one) => one.split(' ')[2]);
    expect(operations).toEqual([
      'put-method',
      'put-method-response',
      'put-integration',
      'put-integration-response',
      'create-deployment',
    ]);
  });
});
