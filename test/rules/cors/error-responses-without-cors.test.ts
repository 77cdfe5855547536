import rule from '../../../lambda/rules/cors/error-responses-without-cors';
import type { Method } from '../../../lambda/model/method';
import type { GatewayResponse } from '../../../lambda/model/rest-api';
import {
  account,
  denied,
  gatewayResponse,
  guarded,
  method,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const headers = { 'access-control-allow-origin': "'*'" };
const guardedMethods = [guarded('GET', '/orders', 'people'), preflight('/orders')];
const only = (gatewayResponses: readonly GatewayResponse[], methods: readonly Method[] = guardedMethods) =>
  account({ restApis: [restApi('shop', { methods, gatewayResponses })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'gateway responses as AWS ships them',
      account: only([gatewayResponse('UNAUTHORIZED', { status: 401, customised: false })]),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod, ACCESS_DENIED and UNAUTHORIZED are answered without Access-Control-Allow-Origin: browsers show a CORS error instead of the refusal.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a customised row that inherits nothing from its family',
      account: only([
        gatewayResponse('DEFAULT_4XX', { headers, status: null }),
        gatewayResponse('UNAUTHORIZED', { headers: { 'x-reason': "'token'" }, status: 401 }),
      ]),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod, UNAUTHORIZED is answered without Access-Control-Allow-Origin: browsers show a CORS error instead of the refusal.',
        },
      ],
    },
    {
      when: 'a method that needs a key, by its own refusal',
      account: only(
        [gatewayResponse('ACCESS_DENIED', { headers })],
        [method('GET', '/orders', { apiKeyRequired: true }), preflight('/orders')],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod, INVALID_API_KEY is answered without Access-Control-Allow-Origin: browsers show a CORS error instead of the refusal.',
        },
      ],
    },
    {
      when: 'a customised row without a status, beside open methods',
      account: only(
        [
          gatewayResponse('DEFAULT_4XX', { headers, status: null }),
          gatewayResponse('ACCESS_DENIED', { headers }),
          gatewayResponse('UNAUTHORIZED', { status: null, templates: {} }),
        ],
        [method('GET', '/health'), ...guardedMethods],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'In stage prod, UNAUTHORIZED is answered without Access-Control-Allow-Origin: browsers show a CORS error instead of the refusal.',
          affects: ['prod GET /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a family with the header',
      account: only([gatewayResponse('DEFAULT_4XX', { headers, status: null })]),
    },
    {
      when: 'rows marked as default that carry the values of their family',
      account: only([
        gatewayResponse('UNAUTHORIZED', { headers, customised: false }),
        gatewayResponse('ACCESS_DENIED', { headers, customised: false }),
      ]),
    },
    {
      when: 'an API without any OPTIONS',
      account: only([], [guarded('GET', '/orders', 'people')]),
    },
    {
      when: 'a CORS API that refuses nobody',
      account: only([], [method('GET', '/orders'), preflight('/orders')]),
    },
    {
      when: 'a preflight that asks for credentials, before open methods: another rule says that',
      account: only([], [method('GET', '/orders'), guarded('OPTIONS', '/orders', 'people')]),
    },
    {
      when: 'a CORS API that refuses nobody, where the gateway responses were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders'), preflight('/orders')],
            gatewayResponses: denied('GetGatewayResponses'),
          }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the gateway responses were denied',
      account: account({
        restApis: [
          restApi('shop', { methods: guardedMethods, gatewayResponses: denied('GetGatewayResponses') }),
        ],
      }),
      missing: ['GetGatewayResponses'],
    },
    {
      when: 'when type and key requirement are unknown',
      account: only(
        [],
        [
          method('GET', '/orders', {
            authorizationType: denied('GetDeployment type'),
            apiKeyRequired: denied('GetDeployment key'),
          }),
          preflight('/orders'),
        ],
      ),
      missing: ['GetDeployment type', 'GetDeployment key'],
    },
  ],
  standsWithout: {
    'deployment.methods.integration': 'only which origin the fix allows',
  },
});

test('the fix repeats the rest of a customised row', () => {
  const { raised } = judge(
    rule,
    only([
      gatewayResponse('DEFAULT_4XX', { headers, status: null }),
      gatewayResponse('UNAUTHORIZED', { headers: { 'x-reason': "'token'" }, status: 401 }),
    ]),
  );
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws apigateway put-gateway-response --region eu-west-1 --rest-api-id idshop --response-type UNAUTHORIZED --status-code 401 --response-parameters '{"gatewayresponse.header.x-reason":"'"'"'token'"'"'","gatewayresponse.header.Access-Control-Allow-Origin":"'"'"'*'"'"'"}' --response-templates '{"application/json":"{\\"message\\":$context.error.messageString}"}'`,
  ]);
});

test('the fix leaves a draft alone that has the header already', () => {
  const { raised } = judge(
    rule,
    account({
      restApis: [
        restApi('shop', {
          methods: guardedMethods,
          gatewayResponses: [gatewayResponse('DEFAULT_4XX', { headers, status: null })],
          stages: [stage('prod', { methods: guardedMethods, gatewayResponses: [] })],
        }),
      ],
    }),
  );
  expect(raised[0]?.flag.fix.map(({ step }) => step)[0]).toBe(
    'The draft has the header already: it only has to be deployed.',
  );
  expect(raised[0]?.flag.fix.flatMap(({ commands }) => commands)).toEqual([
    expect.stringContaining('create-deployment'),
  ]);
});
