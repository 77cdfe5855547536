import type { ReportedAccounts } from '../reported-account';

const KEYED = { auth: 'NONE', key: true } as const;

export const apiKeyAccounts: ReportedAccounts = {
  c012: {
    sketch: {
      methods: { 'GET /': KEYED },
      stages: { staging: {} },
      apiKeys: { app: { enabled: true, stageKeys: ['reported01/staging'] } },
    },
    expected: { named: 'api-keys/stage-in-no-usage-plan' },
    fixed: { usagePlans: { plan: { stages: ['staging'], keys: ['app'] } } },
  },
  c015: {
    sketch: { methods: { 'POST /screenshots': KEYED }, apiKeys: { app: { enabled: true } } },
    assumed: ['authorizationType NONE', 'stage prod'],
    expected: { named: 'api-keys/stage-in-no-usage-plan' },
    fixed: { usagePlans: { plan: { stages: ['prod'], keys: ['app'] } } },
  },
  c013: {
    sketch: {
      methods: { 'GET /orders': KEYED, 'POST /orders': KEYED, 'GET /orders/{id}': KEYED },
      stages: { dev: {} },
      apiKeys: { app: { enabled: true, stageKeys: ['reported01/dev'] } },
    },
    assumed: ['three private methods for "every endpoint"', 'stage dev'],
    expected: { named: 'api-keys/stage-in-no-usage-plan' },
    fixed: { usagePlans: { plan: { stages: ['dev'], keys: ['app'] } } },
  },
  c101: {
    sketch: {
      methods: { 'GET /items': { auth: 'keys', key: true } },
      authorizers: { keys: { type: 'TOKEN' } },
      stages: { dev: {} },
      apiKeys: { app: { enabled: true } },
      usagePlans: { plan: { stages: ['dev'], keys: ['app'] } },
    },
    assumed: ['one method for /*', 'the stage is in a usage plan with an enabled key'],
    expected: {
      undecidable:
        'that the function returns usageIdentifierKey is in its code; with apiKeySource HEADER a caller who sends x-api-key gets in (KEY-6, LAM-20)',
    },
  },
  c117: {
    sketch: {
      methods: { 'ANY /': KEYED, 'ANY /{proxy+}': KEYED },
      stages: { sandbox: {} },
      apiKeys: { app: { enabled: true } },
      usagePlans: { plan: { stages: ['oldapi0001/sandbox'], keys: ['app'] } },
      domains: { 'api.example.com': { mappings: {} } },
    },
    assumed: ['ANY on / beside {proxy+}, as Zappa makes both', 'the custom domain still exists'],
    expected: { named: 'api-keys/stage-in-no-usage-plan' },
    also: {
      'edge/domain-without-route': 'the report says that the domain has to be mapped again as well',
    },
    fixed: {
      usagePlans: { plan: { stages: ['sandbox'], keys: ['app'] } },
      domains: { 'api.example.com': { mappings: { '(none)': 'sandbox' } } },
    },
  },
};
