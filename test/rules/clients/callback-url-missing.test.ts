import rule from '../../../lambda/rules/clients/callback-url-missing';
import { appClient, machineClient } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const site = (callbackUrls: readonly string[], given: object = {}) =>
  shop(
    shopPool([
      appClient('site', {
        oauthEnabled: true,
        oauthFlows: ['code'],
        oauthScopes: ['openid'],
        callbackUrls,
        ...given,
      }),
    ]),
  );
const at = 'app client site (client-site) of user pool pool-eu-west-1_Shop';

export default ruleTable(rule, {
  flags: [
    {
      when: 'no callback URL',
      account: site([]),
      expect: [
        {
          at,
          saying: 'App client "site" (client-site) uses the code flow and has no callback URL.',
          affects: [],
        },
      ],
    },
    {
      when: 'http on a public host, beside one that is right',
      account: site(['https://shop.example.com/in', 'http://shop.example.com/in']),
      expect: [
        {
          at,
          saying:
            'App client "site" (client-site) has the callback URL http://shop.example.com/in: Cognito takes http for localhost only.',
        },
      ],
    },
    {
      when: 'http on a host that only begins like localhost',
      account: site(['http://localhost.example.com/in']),
      expect: [
        {
          at,
          saying:
            'App client "site" (client-site) has the callback URL http://localhost.example.com/in: Cognito takes http for localhost only.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'https, localhost and an app scheme',
      account: site([
        'https://shop.example.com/in',
        'http://localhost:3000/in',
        'http://127.0.0.1/',
        'shop://in',
      ]),
    },
    {
      when: 'client credentials, which redirect nobody',
      account: shop(shopPool([machineClient('batch', ['orders/read'])])),
    },
    { when: 'a client whose OAuth is off', account: site([], { oauthEnabled: false }) },
  ],
  cannotTell: unreadClients(),
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'only what the fix keeps of the scopes',
  },
});

test('the fix turns http into https and keeps the others', () => {
  const [raised] = judge(rule, site(['https://a.example.com', 'http://b.example.com'])).raised;
  expect(raised?.flag.fix[0]?.commands[0]).toContain(
    '"CallbackURLs":["https://a.example.com","https://b.example.com"]',
  );
});
