import rule from '../../../lambda/rules/deployment/gateway-responses-not-deployed';
import type { GatewayResponse } from '../../../lambda/model/rest-api';
import { account, denied, gatewayResponse, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const cors = { headers: { 'access-control-allow-origin': "'*'" } };

const api = (draft: readonly GatewayResponse[], deployed: readonly GatewayResponse[]) =>
  account({
    restApis: [
      restApi('shop', {
        gatewayResponses: draft,
        stages: [stage('prod', { gatewayResponses: deployed })],
      }),
    ],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a header that the deployment lacks, once for the family',
      account: api(
        [
          gatewayResponse('DEFAULT_4XX', { ...cors, status: null }),
          gatewayResponse('UNAUTHORIZED', { ...cors, customised: false }),
        ],
        [],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod serves DEFAULT_4XX in another form than the draft has it.',
          affects: [],
        },
      ],
    },
    {
      when: 'another status and another header',
      account: api(
        [gatewayResponse('ACCESS_DENIED', { status: 404 }), gatewayResponse('UNAUTHORIZED', cors)],
        [gatewayResponse('ACCESS_DENIED'), gatewayResponse('UNAUTHORIZED')],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod serves ACCESS_DENIED and UNAUTHORIZED in another form than the draft has them.',
        },
      ],
    },
    {
      when: 'another template, beside headers in another order and a row that the draft has no longer',
      account: api(
        [
          gatewayResponse('UNAUTHORIZED', {
            templates: { 'application/json': '{"why": "$context.error.message"}' },
          }),
          gatewayResponse('THROTTLED', { headers: { a: "'1'", b: "'2'" } }),
        ],
        [
          gatewayResponse('UNAUTHORIZED'),
          gatewayResponse('THROTTLED', { headers: { b: "'2'", a: "'1'" } }),
          gatewayResponse('ACCESS_DENIED'),
        ],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod serves ACCESS_DENIED and UNAUTHORIZED in another form than the draft has them.',
        },
      ],
    },
    {
      when: 'another value of a header',
      account: api(
        [gatewayResponse('UNAUTHORIZED', cors)],
        [
          gatewayResponse('UNAUTHORIZED', {
            headers: { 'access-control-allow-origin': "'https://shop.example.com'" },
          }),
        ],
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod serves UNAUTHORIZED in another form than the draft has it.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the same headers, the built-in template spelled out on one side only',
      account: api(
        [gatewayResponse('UNAUTHORIZED', { ...cors, status: 401 })],
        [gatewayResponse('UNAUTHORIZED', { ...cors, status: null, templates: {} })],
      ),
    },
    {
      when: 'rows that nobody customised',
      account: api([gatewayResponse('UNAUTHORIZED', { customised: false, status: 401 })], []),
    },
    {
      when: 'templates that differ in blanks and in order, and a status told on one side only',
      account: api(
        [
          gatewayResponse('UNAUTHORIZED', {
            status: null,
            templates: {
              'text/plain': 'no  way',
              'application/json': '{"message": $context.error.messageString}',
            },
          }),
        ],
        [gatewayResponse('UNAUTHORIZED', { status: 401, templates: { 'text/plain': 'no\nway' } })],
      ),
    },
    {
      when: 'the same status on both sides',
      account: api(
        [gatewayResponse('UNAUTHORIZED', { status: 401 })],
        [gatewayResponse('UNAUTHORIZED', { status: 401 })],
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the draft was denied',
      account: account({
        restApis: [
          restApi('shop', { gatewayResponses: denied('GetGatewayResponses'), stages: [stage('prod')] }),
        ],
      }),
      missing: ['GetGatewayResponses'],
    },
    {
      when: 'when the export was denied',
      account: account({
        restApis: [restApi('shop', { stages: [stage('prod', { gatewayResponses: denied('GetExport') })] })],
      }),
      missing: ['GetExport'],
    },
  ],
});
