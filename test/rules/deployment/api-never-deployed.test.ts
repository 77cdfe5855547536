import rule from '../../../lambda/rules/deployment/api-never-deployed';
import { account, denied, method, restApi } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const methods = [method('GET', '/orders'), method('POST', '/orders')];

export default ruleTable(rule, {
  flags: [
    {
      when: 'an API whose methods no stage serves',
      account: account({ restApis: [restApi('shop', { methods, stages: [] })] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The API defines 2 methods (GET /orders and POST /orders) and no stage: nobody can call it.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'the same API with a stage', account: account({ restApis: [restApi('shop', { methods })] }) },
    {
      when: 'an API without stage and without methods',
      account: account({ restApis: [restApi('shop', { methods: [], stages: [] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { methods, stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources'), stages: [] })] }),
      missing: ['GetResources'],
    },
  ],
  standsWithout: {
    'restApis.draft.methods.integration': 'only a step of the fix',
  },
});

test('the fix begins with what AWS asks for before it deploys', () => {
  const unfinished = { ...method('GET', '/orders'), integration: { state: 'known', value: null } } as const;
  const api = restApi('shop', { methods: [unfinished], stages: [], endpointTypes: ['PRIVATE'] });
  const [raised] = judge(rule, account({ restApis: [api] })).raised;
  expect(raised?.flag.fix.map(({ step }) => step)).toEqual([
    'The API is private and has no resource policy: AWS refuses to deploy it until it has one that allows the VPC endpoints of its callers.',
    'Give GET /orders an integration: AWS refuses to deploy a method without one.',
    'Deploy the API to a new stage.',
  ]);
});
