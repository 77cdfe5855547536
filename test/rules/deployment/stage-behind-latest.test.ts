import rule from '../../../lambda/rules/deployment/stage-behind-latest';
import type { Stage } from '../../../lambda/model/rest-api';
import { account, canary, denied, method, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/orders');
const post = method('POST', '/orders');

const api = (served: Parameters<typeof stage>[1], given: Partial<Stage>) =>
  account({
    restApis: [restApi('shop', { methods: [get, post], stages: [stage('prod', served, given)] })],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a stage that lacks a method while a newer deployment exists',
      account: api({ methods: [get] }, { latestDeploymentId: 'dep-new' }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves deployment dep-prod although dep-new is newer, and POST /orders differs from the draft: the newer deployment likely holds the change.',
          affects: ['prod POST /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the newest deployment',
      account: api({ methods: [get] }, { latestDeploymentId: 'dep-prod' }),
    },
    {
      when: 'an older deployment that says the same as the draft',
      account: api({ methods: [get, post] }, { latestDeploymentId: 'dep-new' }),
    },
    { when: 'deployments that nobody listed', account: api({ methods: [get] }, {}) },
    {
      when: 'a newest deployment that is the canary',
      account: api({ methods: [get] }, { latestDeploymentId: 'dep-canary', canary: canary() }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the deployment was denied',
      account: api({ methods: denied('GetDeployment') }, { latestDeploymentId: 'dep-new' }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the draft was denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            stages: [stage('prod', { methods: [get] }, { latestDeploymentId: 'dep-new' })],
          }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the deployed authorization is unknown',
      account: api(
        { methods: [method('GET', '/orders', { authorizationType: denied('GetExport') }), post] },
        { latestDeploymentId: 'dep-new' },
      ),
      missing: ['GetExport'],
    },
  ],
});
