import rule from '../../../lambda/rules/api-keys/stage-in-no-usage-plan';
import { account, denied, method, restApi, usagePlan } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const keyed = method('GET', '/orders', { apiKeyRequired: true });

export default ruleTable(rule, {
  flags: [
    {
      when: 'only the stage that the plan leaves out',
      account: account({
        restApis: [
          restApi('shop', { methods: [keyed, method('GET', '/health')], stages: ['prod', 'prod-eu'] }),
        ],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod-eu',
          saying: 'GET /orders needs an API key; no usage plan covers stage prod-eu.',
          affects: ['prod-eu GET /orders'],
        },
      ],
    },
    {
      when: 'every keyed method, shortly named, where the account has no plan at all',
      account: account({
        restApis: [
          restApi('shop', {
            methods: ['a', 'b', 'c', 'd'].map((one) => method('GET', `/${one}`, { apiKeyRequired: true })),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'GET /a, GET /b and 2 more need an API key; no usage plan covers stage prod.',
          affects: ['prod GET /a', 'prod GET /b', 'prod GET /c', 'prod GET /d'],
        },
      ],
    },
    {
      when: 'the stage, with the one plan of several that has other stages of the API',
      account: account({
        restApis: [restApi('shop', { methods: [keyed], stages: ['prod-eu'] })],
        usagePlans: [
          usagePlan('gold', [
            ['idpets', 'prod'],
            ['idshop', 'prod'],
          ]),
          usagePlan('iron', [['idpets', 'prod-eu']]),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod-eu',
          saying: 'GET /orders needs an API key; no usage plan covers stage prod-eu.',
        },
      ],
    },
    {
      when: 'the stage, where two plans have other stages of the API',
      account: account({
        restApis: [restApi('shop', { methods: [keyed], stages: ['prod-eu'] })],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']]), usagePlan('iron', [['idshop', 'test']])],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod-eu',
          saying: 'GET /orders needs an API key; no usage plan covers stage prod-eu.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a stage among others that a plan covers',
      account: account({
        restApis: [restApi('shop', { methods: [keyed] })],
        usagePlans: [
          usagePlan('gold', [
            ['idpets', 'prod'],
            ['idshop', 'prod'],
          ]),
        ],
      }),
    },
    {
      when: 'a stage that a plan covers, even one without keys: another rule says that',
      account: account({
        restApis: [restApi('shop', { methods: [keyed] })],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
      }),
    },
    {
      when: 'a stage in no plan whose methods need no key',
      account: account({ restApis: [restApi('shop', { methods: [method('GET', '/orders')] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the usage plans were denied',
      account: account({
        restApis: [restApi('shop', { methods: [keyed] })],
        usagePlans: denied('GetUsagePlans'),
      }),
      missing: ['GetUsagePlans'],
    },
    {
      when: 'when neither the draft nor the deployment could be read',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetResources') })],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the deployment summary did not say whether a key is needed',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { apiKeyRequired: denied('GetDeployment') })],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
