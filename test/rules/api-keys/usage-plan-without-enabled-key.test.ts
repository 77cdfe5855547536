import rule from '../../../lambda/rules/api-keys/usage-plan-without-enabled-key';
import { account, apiKey, denied, method, restApi, usagePlan } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const keyed = method('GET', '/orders', { apiKeyRequired: true });
const restApis = [restApi('shop', { methods: [keyed, method('GET', '/health')] })];

export default ruleTable(rule, {
  flags: [
    {
      when: 'a plan without keys',
      account: account({
        restApis,
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
        apiKeys: [apiKey('of-nobody')],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'GET /orders needs an API key; usage plan "gold" of stage prod holds no key.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'two plans with disabled keys only',
      account: account({
        restApis,
        usagePlans: [
          usagePlan('gold', [['idshop', 'prod']], ['key-old']),
          usagePlan('iron', [['idshop', 'prod']], ['key-older']),
        ],
        apiKeys: [apiKey('old', false), apiKey('older', false)],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders needs an API key; usage plans "gold" and "iron" of stage prod hold only 2 disabled keys.',
        },
      ],
    },
    {
      when: 'two plans without keys, of which one serves another API too',
      account: account({
        restApis: [restApi('shop', { methods: [keyed, method('PUT', '/orders', { apiKeyRequired: true })] })],
        usagePlans: [
          usagePlan('gold', [
            ['idpets', 'prod'],
            ['idshop', 'prod'],
          ]),
          usagePlan('iron', [['idshop', 'prod']]),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders and PUT /orders need an API key; usage plans "gold" and "iron" of stage prod hold no key.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an empty plan of a stage of the same name, of another API',
      account: account({ restApis, usagePlans: [usagePlan('gold', [['idpets', 'prod']])] }),
    },
    {
      when: 'one enabled key among disabled ones',
      account: account({
        restApis,
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-old', 'key-new'])],
        apiKeys: [apiKey('old', false), apiKey('new')],
      }),
    },
    {
      when: 'an enabled key in the second plan of the stage, the first one unreadable',
      account: account({
        restApis,
        usagePlans: [
          usagePlan('gold', [['idshop', 'prod']], denied('GetUsagePlanKeys')),
          usagePlan('iron', [['idshop', 'prod']], ['key-new']),
        ],
        apiKeys: [apiKey('new')],
      }),
    },
    {
      when: 'a stage in no plan: another rule says that',
      account: account({ restApis, usagePlans: [usagePlan('gold', [['idshop', 'test']])] }),
    },
    {
      when: 'an empty plan of a stage whose methods need no key',
      account: account({
        restApis: [restApi('shop', { methods: [method('GET', '/orders')] })],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the keys of the plan were denied',
      account: account({
        restApis,
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], denied('GetUsagePlanKeys'))],
      }),
      missing: ['GetUsagePlanKeys'],
    },
    {
      when: 'when the list of keys was denied',
      account: account({
        restApis,
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-old'])],
        apiKeys: denied('GetApiKeys'),
      }),
      missing: ['GetApiKeys'],
    },
    {
      when: 'when the plans were denied',
      account: account({ restApis, usagePlans: denied('GetUsagePlans') }),
      missing: ['GetUsagePlans'],
    },
    {
      when: 'when the methods could not be read',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetResources') })],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the deployment did not say whether a key is needed',
      account: account({
        restApis: [
          restApi('shop', { methods: [method('GET', '/x', { apiKeyRequired: denied('GetDeployment') })] }),
        ],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']])],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
