import rule from '../../../lambda/rules/api-keys/disabled-key-in-plan';
import { account, apiKey, denied, usagePlan } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

export default ruleTable(rule, {
  flags: [
    {
      when: 'the disabled key of a plan, named once for all its plans',
      account: account({
        usagePlans: [
          usagePlan('gold', [['idshop', 'prod']], ['key-partner', 'key-mobile']),
          usagePlan('iron', [['idshop', 'test']], ['key-partner']),
        ],
        apiKeys: [apiKey('partner', false), apiKey('mobile')],
      }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying:
            'API key "partner" is disabled and in usage plans "gold" and "iron": whoever sends it is refused.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an enabled key in a plan',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-partner'])],
        apiKeys: [apiKey('partner')],
      }),
    },
    {
      when: 'a disabled key in no plan',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], [])],
        apiKeys: [apiKey('partner', false)],
      }),
    },
    {
      when: 'a disabled key in a plan that covers no stage: it opens nothing anyway',
      account: account({
        usagePlans: [usagePlan('gold', [], ['key-partner'])],
        apiKeys: [apiKey('partner', false)],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the keys of a plan were denied',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], denied('GetUsagePlanKeys'))],
        apiKeys: [apiKey('partner', false)],
      }),
      missing: ['GetUsagePlanKeys'],
    },
    {
      when: 'when the list of keys was denied',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-partner'])],
        apiKeys: denied('GetApiKeys'),
      }),
      missing: ['GetApiKeys'],
    },
    {
      when: 'when the plans were denied',
      account: account({ usagePlans: denied('GetUsagePlans'), apiKeys: [apiKey('partner', false)] }),
      missing: ['GetUsagePlans'],
    },
  ],
});
