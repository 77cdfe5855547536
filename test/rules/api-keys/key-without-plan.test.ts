import rule from '../../../lambda/rules/api-keys/key-without-plan';
import { account, apiKey, BEFORE_USAGE_PLANS, denied, usagePlan } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

export default ruleTable(rule, {
  flags: [
    {
      when: 'the key that no plan holds',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-mobile'])],
        apiKeys: [apiKey('partner'), apiKey('mobile')],
      }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying: 'API key "partner" is enabled but in no usage plan: it opens no method that needs a key.',
          affects: [],
        },
      ],
    },
    {
      when: 'the key, where two plans could be meant',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']]), usagePlan('iron', [['idshop', 'test']])],
        apiKeys: [apiKey('partner')],
      }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying: 'API key "partner" is enabled but in no usage plan: it opens no method that needs a key.',
        },
      ],
    },
    {
      when: 'the key of an account without plans',
      account: account({ apiKeys: [apiKey('partner')] }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying: 'API key "partner" is enabled but in no usage plan: it opens no method that needs a key.',
        },
      ],
    },
    {
      when: 'the key that names a stage itself, which counts for nothing beside usage plans',
      account: account({ apiKeys: [apiKey('partner', true, ['idshop/prod'])] }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying: 'API key "partner" is enabled but in no usage plan: it opens no method that needs a key.',
        },
      ],
    },
    {
      when: 'before there were usage plans, the key that names no stage itself',
      account: account({ gatewayAccount: BEFORE_USAGE_PLANS, apiKeys: [apiKey('partner')] }),
      expect: [
        {
          at: 'API key partner (key-partner)',
          saying: 'API key "partner" is enabled but in no usage plan: it opens no method that needs a key.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a key that names a stage itself, before there were usage plans',
      account: account({
        gatewayAccount: BEFORE_USAGE_PLANS,
        apiKeys: [apiKey('partner', true, ['idshop/prod'])],
      }),
    },
    {
      when: 'a key in a plan',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-partner'])],
        apiKeys: [apiKey('partner')],
      }),
    },
    {
      when: 'a disabled key in no plan',
      account: account({ apiKeys: [apiKey('partner', false)] }),
    },
    {
      when: 'a key found in one plan although another could not be read',
      account: account({
        usagePlans: [
          usagePlan('gold', [['idshop', 'prod']], ['key-partner']),
          usagePlan('iron', [['idshop', 'test']], denied('GetUsagePlanKeys')),
        ],
        apiKeys: [apiKey('partner')],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'of a key that names a stage itself, when it is not known whether usage plans are enabled',
      account: account({
        gatewayAccount: denied('GetAccount'),
        apiKeys: [apiKey('partner', true, ['idshop/prod'])],
      }),
      missing: ['GetAccount'],
    },
    {
      when: 'when the plan that may hold the key was denied',
      account: account({
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], denied('GetUsagePlanKeys'))],
        apiKeys: [apiKey('partner')],
      }),
      missing: ['GetUsagePlanKeys'],
    },
    {
      when: 'when the list of keys was denied',
      account: account({ apiKeys: denied('GetApiKeys') }),
      missing: ['GetApiKeys'],
    },
    {
      when: 'when the plans were denied',
      account: account({ usagePlans: denied('GetUsagePlans'), apiKeys: [apiKey('partner')] }),
      missing: ['GetUsagePlans'],
    },
  ],
});
