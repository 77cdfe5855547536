import rule from '../../../lambda/rules/api-keys/stage-in-no-usage-plan';
import { account, apiKey, BEFORE_USAGE_PLANS, denied, method, restApi, usagePlan } from '../../support/build';
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
    {
      when: 'a stage that a key names itself, which counts for nothing beside usage plans',
      account: account({
        restApis: [restApi('shop', { methods: [keyed] })],
        apiKeys: [apiKey('partner', true, ['idshop/prod'])],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'GET /orders needs an API key; no usage plan covers stage prod.',
        },
      ],
    },
    {
      when: 'before there were usage plans, the stage that only disabled keys and keys of other stages name',
      account: account({
        gatewayAccount: BEFORE_USAGE_PLANS,
        restApis: [restApi('shop', { methods: [keyed] })],
        apiKeys: [
          apiKey('off', false, ['idshop/prod']),
          apiKey('other', true, ['idshop/test', 'idpets/prod']),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'GET /orders needs an API key; no usage plan covers stage prod.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a stage that an enabled key names itself, before there were usage plans',
      account: account({
        gatewayAccount: BEFORE_USAGE_PLANS,
        restApis: [restApi('shop', { methods: [keyed] })],
        apiKeys: [
          apiKey('off', false, ['idshop/prod']),
          apiKey('partner', true, ['idshop/test', 'idshop/prod']),
        ],
      }),
    },
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
      when: 'of a stage that a key names itself, when it is not known whether usage plans are enabled',
      account: account({
        gatewayAccount: denied('GetAccount'),
        restApis: [restApi('shop', { methods: [keyed] })],
        apiKeys: [apiKey('partner', true, ['idshop/prod'])],
      }),
      missing: ['GetAccount'],
    },
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
