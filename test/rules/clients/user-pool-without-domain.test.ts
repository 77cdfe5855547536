import rule from '../../../lambda/rules/clients/user-pool-without-domain';
import { appClient, denied, guarded, machineClient, webClient } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const batch = machineClient('batch', ['orders/read']);
const at = 'user pool pool-eu-west-1_Shop (eu-west-1_Shop)';
const both = appClient('both', {
  oauthEnabled: true,
  oauthFlows: ['code'],
  oauthScopes: ['openid', 'orders/read'],
});
const none = { domain: null, customDomain: null };

export default ruleTable(rule, {
  flags: [
    {
      when: 'a machine client of a pool without domain',
      account: shop(shopPool([batch], none)),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app client "batch" (client-batch) gets its tokens by OAuth.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'web clients beside SDK sign-in, which still opens methods without scopes',
      account: shop(shopPool([webClient('site', ['openid', 'orders/read']), batch, appClient('web')], none)),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app clients "site" (client-site) and "batch" (client-batch) get their tokens by OAuth.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a custom domain that failed',
      account: shop(
        shopPool([batch], { domain: null, customDomain: 'auth.example.com', domainStatus: 'FAILED' }),
      ),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has the domain "auth.example.com", whose status is FAILED, and app client "batch" (client-batch) gets its tokens by OAuth.',
        },
      ],
    },
    {
      when: 'a domain that is being updated, which may serve meanwhile',
      account: shop(shopPool([batch], { domain: 'shop', domainStatus: 'UPDATING' })),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has the domain "shop", whose status is UPDATING, and app client "batch" (client-batch) gets its tokens by OAuth.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'OAuth beside SDK sign-in, as the CDK and Amplify make every client, as a note',
      account: shop(shopPool([both], none), [guarded('GET', '/me', 'pool')]),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app client "both" (client-both) may get tokens by OAuth, and as well through the SDK, which asks for no domain.',
          affects: [],
          reach: 'possible',
        },
      ],
    },
    {
      when: 'the same, where a method takes a scope that comes by OAuth alone',
      account: shop(shopPool([both], none)),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app client "both" (client-both) gets its tokens by OAuth.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a machine client that could sign people in as well, beside methods that take none of its tokens',
      account: shop(
        shopPool(
          [
            appClient('batch', {
              hasSecret: true,
              explicitAuthFlows: null,
              oauthEnabled: true,
              oauthFlows: ['client_credentials'],
              oauthScopes: ['orders/write'],
            }),
          ],
          none,
        ),
        [guarded('GET', '/me', 'pool')],
      ),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app client "batch" (client-batch) gets its tokens by OAuth.',
          affects: [],
        },
      ],
    },
    {
      when: 'a web client that has no other way, beside methods that take none of its tokens',
      account: shop(shopPool([webClient('site', ['orders/write']), both], none), [
        guarded('GET', '/me', 'pool'),
      ]),
      expect: [
        {
          at,
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has no domain, and app clients "site" (client-site) and "both" (client-both) get their tokens by OAuth.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a domain that is active', account: shop(shopPool([batch])) },
    {
      when: 'a pool without domain whose clients use the SDK',
      account: shop(shopPool([appClient('web')], none)),
    },
    {
      when: 'a client whose OAuth is off: another rule says that',
      account: shop(shopPool([appClient('web', { oauthFlows: ['code'], oauthScopes: ['openid'] })], none)),
    },
  ],
  cannotTell: [
    ...unreadClients(),
    {
      when: 'when the status of the domain was denied',
      account: shop(shopPool([batch], { domainStatus: denied('DescribeUserPoolDomain') })),
      missing: ['DescribeUserPoolDomain'],
    },
  ],
  standsWithout: {
    'slices.userPools.pool.resourceServers':
      'it decides which methods are listed, not whether the domain is there',
    'deployment.methods.scopes': 'they decide which methods are listed, not whether the domain is there',
  },
});
