import rule from '../../../lambda/rules/deployment/stage-behind-latest';
import { known, unreadable, type Known, type Unreadable } from '../../../lambda/model/known';
import type { Method } from '../../../lambda/model/method';
import type { NewestDeployment, Stage } from '../../../lambda/model/rest-api';
import { account, canary, denied, guarded, method, restApi, snapshot, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/orders');
const post = method('POST', '/orders');
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });

const newest = (id: string, methods: readonly Method[] | Unreadable): Known<NewestDeployment> =>
  known({ id, snapshot: snapshot({ methods }) });

const api = (
  served: Parameters<typeof stage>[1],
  newestDeployment: Known<NewestDeployment | null>,
  given: Partial<Stage> = {},
  methods: readonly Method[] = [get, post],
) =>
  account({
    restApis: [
      restApi('shop', {
        methods,
        stages: [stage('prod', served, given)],
        newestDeployment,
      }),
    ],
  });

/** As it is read of a deployment that no stage serves. */
const summaryOnly = (path: string): Method => {
  const gap = unreadable({
    because: 'unsupported',
    operation: 'GetExport',
    subject: 'shop (idshop) deployment dep-new',
    detail: 'no stage serves it',
  });
  return method('GET', path, { authorizationType: 'COGNITO_USER_POOLS', authorizer: gap, scopes: gap });
};

export default ruleTable(rule, {
  flags: [
    {
      when: 'a stage that lacks a method of the newest deployment',
      account: api({ methods: [get] }, newest('dep-new', [get, post])),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves deployment dep-prod although dep-new is newer, and POST /orders differs between them.',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'a stage that asks for other credentials than the newest deployment',
      account: api({ methods: [signed, post] }, newest('dep-new', [get, post])),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves deployment dep-prod although dep-new is newer, and GET /orders differs between them.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a canary that is older than the newest deployment too',
      account: api({ methods: [get] }, newest('dep-new', [get, post]), { canary: canary() }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves deployment dep-prod although dep-new is newer, and POST /orders differs between them.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a stage that serves the newest deployment',
      account: api({ methods: [get] }, newest('dep-prod', [get])),
    },
    {
      when: 'a newer deployment with the same methods, types and key requirements',
      account: api({ methods: [get] }, newest('dep-new', [get])),
    },
    {
      when: 'a newer deployment of which AWS shows a summary alone, and that is equal',
      account: api(
        { methods: [guarded('GET', '/orders', 'pool', ['orders/read'])] },
        newest('dep-new', [summaryOnly('/orders')]),
      ),
    },
    {
      when: 'a newer deployment that only takes methods away',
      account: api({ methods: [get, post] }, newest('dep-new', [get]), {}, [get]),
    },
    {
      when: 'stages that serve the draft, for which nobody lists deployments',
      account: api({ methods: [get, post] }, known(null)),
    },
    {
      when: 'a newest deployment that is the canary',
      account: api({ methods: [get] }, newest('dep-canary', [get, post]), { canary: canary() }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the deployment that the stage serves was denied',
      account: api({ methods: denied('GetDeployment') }, known(null)),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the draft was denied, so that there was no telling whether to list deployments',
      account: account({
        restApis: [
          restApi('shop', { methods: denied('GetResources'), stages: [stage('prod', { methods: [get] })] }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the list of deployments was denied',
      account: api({ methods: [get] }, denied('GetDeployments')),
      missing: ['GetDeployments'],
    },
    {
      when: 'when the newest deployment was denied',
      account: api({ methods: [get] }, newest('dep-new', denied('GetDeployment'))),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the deployed authorization is unknown',
      account: api(
        { methods: [method('GET', '/orders', { authorizationType: denied('GetExport') })] },
        newest('dep-new', [get]),
      ),
      missing: ['GetExport'],
    },
  ],
});
