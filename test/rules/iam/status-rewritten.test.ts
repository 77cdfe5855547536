import rule from '../../../lambda/rules/iam/status-rewritten';
import type { GatewayResponse } from '../../../lambda/model/rest-api';
import { account, denied, gatewayResponse, restApi, stage } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const only = (...gatewayResponses: readonly GatewayResponse[]) =>
  account({ restApis: [restApi('shop', { gatewayResponses })] });
const headers = { 'access-control-allow-origin': "'*'" };

export default ruleTable(rule, {
  flags: [
    {
      when: 'a family with a status',
      account: only(gatewayResponse('DEFAULT_4XX', { status: 404 })),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'DEFAULT_4XX of stage prod has status 404: refusals without a form of their own are answered with it instead of 401 or 403.',
          affects: [],
        },
      ],
    },
    {
      when: 'a family that the draft has without the status, with headers of its own',
      account: account({
        restApis: [
          restApi('shop', {
            gatewayResponses: [
              gatewayResponse('UNAUTHORIZED', { status: 401, templates: {} }),
              gatewayResponse('DEFAULT_4XX', { status: null, headers }),
            ],
            stages: [
              stage('prod', {
                gatewayResponses: [gatewayResponse('DEFAULT_4XX', { status: 404, templates: {} })],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'DEFAULT_4XX of stage prod has status 404: refusals without a form of their own are answered with it instead of 401 or 403.',
        },
      ],
    },
    {
      when: 'a family that the draft has as AWS ships it',
      account: account({
        restApis: [
          restApi('shop', {
            gatewayResponses: [gatewayResponse('DEFAULT_4XX', { status: null, customised: false, headers })],
            stages: [
              stage('prod', {
                gatewayResponses: [gatewayResponse('DEFAULT_4XX', { status: 404, templates: {} })],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'DEFAULT_4XX of stage prod has status 404: refusals without a form of their own are answered with it instead of 401 or 403.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a family with headers only',
      account: only(gatewayResponse('DEFAULT_4XX', { status: null, headers })),
    },
    { when: 'one response with a status', account: only(gatewayResponse('UNAUTHORIZED', { status: 404 })) },
    {
      when: 'the family as AWS ships it',
      account: only(gatewayResponse('DEFAULT_4XX', { status: null, customised: false })),
    },
  ],
  cannotTell: [
    {
      when: 'when the gateway responses were denied',
      account: account({
        restApis: [restApi('shop', { gatewayResponses: denied('GetGatewayResponses') })],
      }),
      missing: ['GetGatewayResponses'],
    },
  ],
});

test('the fix repeats headers and templates', () => {
  const { raised } = judge(rule, only(gatewayResponse('DEFAULT_4XX', { status: 404, headers })));
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws apigateway put-gateway-response --region eu-west-1 --rest-api-id idshop --response-type DEFAULT_4XX --response-parameters '{"gatewayresponse.header.access-control-allow-origin":"'"'"'*'"'"'"}' --response-templates '{"application/json":"{\\"message\\":$context.error.messageString}"}'`,
  ]);
});
