import rule from '../../../lambda/rules/observability/execution-logs-off';
import type { Stage } from '../../../lambda/model/rest-api';
import { account, custom, denied, guarded, method, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const methods = [guarded('GET', '/orders', 'people')];
const with_ = (given: Partial<Stage>) =>
  account({ restApis: [restApi('shop', { methods, stages: [stage('prod', { methods }, given)] })] });
const level = (loggingLevel: string | null) => ({
  methodSettings: {
    '*/*': {
      loggingLevel,
      cachingEnabled: false,
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: null,
    },
  },
});

export default ruleTable(rule, {
  flags: [
    {
      when: 'a guarded stage without any log',
      account: with_(level('OFF')),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod has authorizers and writes no execution log and no access log.',
          affects: [],
        },
      ],
    },
    {
      when: 'an access log that does not tell why',
      account: with_({
        accessLogFormat: '$context.requestId $context.status $context.authorizer.claims.sub',
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod has authorizers and writes no execution log, and its access log leaves the reason of a refusal out.',
        },
      ],
    },
    {
      when: 'a stage of open methods and one behind a Lambda authorizer',
      account: account({
        restApis: [
          restApi('shop', { methods: [method('GET', '/health'), custom('GET', '/orders', 'tokens')] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod has authorizers and writes no execution log and no access log.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'an execution log of errors', account: with_(level('ERROR')) },
    {
      when: 'an access log with the reason',
      account: with_({ accessLogFormat: '{"why":"$context.error.message"}' }),
    },
    {
      when: 'a stage of open methods',
      account: account({ restApis: [restApi('shop', { methods: [method('GET', '/orders')] })] }),
    },
    { when: 'an execution log of everything', account: with_(level('INFO')) },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the only method is unknown',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizationType: denied('GetDeployment') })],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
