import rule from '../../../lambda/rules/observability/logging-role-missing';
import { account, denied, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const SETTINGS = {
  cachingEnabled: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: null,
};
const logging = (name: string, loggingLevel: string) =>
  stage(
    name,
    {},
    {
      methodSettings: {
        'orders/GET': { ...SETTINGS, loggingLevel },
      },
    },
  );
const withRole = (cloudwatchRoleArn: string | null, loggingLevel: string) =>
  account({
    restApis: [restApi('shop', { stages: [logging('prod', loggingLevel), logging('test', loggingLevel)] })],
    gatewayAccount: { cloudwatchRoleArn, features: ['UsagePlans'] },
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'stages that log without a role, once for the account',
      account: withRole(null, 'INFO'),
      expect: [
        {
          at: 'account 222233334444 eu-west-1',
          saying:
            'Stages have execution logs turned on, and the account settings of API Gateway name no CloudWatch role: nothing is written.',
          affects: [],
        },
      ],
    },
    {
      when: 'errors of one method, in one stage of several',
      account: account({
        restApis: [
          restApi('shop', {
            stages: [
              {
                ...logging('prod', 'ERROR'),
                methodSettings: {
                  ...logging('prod', 'OFF').methodSettings,
                  'carts/PUT': { ...SETTINGS, loggingLevel: 'ERROR' },
                },
              },
              logging('test', 'OFF'),
            ],
          }),
        ],
        gatewayAccount: { cloudwatchRoleArn: null, features: ['UsagePlans'] },
      }),
      expect: [
        {
          at: 'account 222233334444 eu-west-1',
          saying:
            'Stages have execution logs turned on, and the account settings of API Gateway name no CloudWatch role: nothing is written.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a role', account: withRole('arn:aws:iam::222233334444:role/logs', 'INFO') },
    { when: 'no role where nothing is to be logged', account: withRole(null, 'OFF') },
  ],
  cannotTell: [
    {
      when: 'when the account settings were denied',
      account: account({
        restApis: [restApi('shop', { stages: [logging('prod', 'INFO')] })],
        gatewayAccount: denied('GetAccount'),
      }),
      missing: ['GetAccount'],
    },
  ],
});
