import rule from '../../../lambda/rules/clients/identity-provider-missing';
import { appClient, denied } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const oauth = { oauthEnabled: true, oauthFlows: ['code'], oauthScopes: ['openid'] };
const site = (
  identityProviders: readonly string[],
  configured: readonly string[] | ReturnType<typeof denied> = ['Google'],
  given: object = oauth,
) => shop(shopPool([appClient('site', { identityProviders, ...given })], { identityProviders: configured }));
const at = 'app client site (client-site) of user pool pool-eu-west-1_Shop';

export default ruleTable(rule, {
  flags: [
    {
      when: 'no provider',
      account: site([]),
      expect: [
        {
          at,
          saying: 'App client "site" (client-site) uses the sign-in page and lists no identity provider.',
          affects: [],
        },
      ],
    },
    {
      when: 'a provider that the pool does not have',
      account: site(['COGNITO', 'Okta']),
      expect: [
        {
          at,
          saying:
            'App client "site" (client-site) lists the identity provider "Okta", which user pool eu-west-1_Shop does not have.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'COGNITO alone, with the providers unread',
      account: site(['COGNITO'], denied('ListIdentityProviders')),
    },
    { when: 'a provider that the pool has', account: site(['COGNITO', 'Google']) },
    { when: 'a client without a sign-in page', account: site(['Okta'], [], { oauthEnabled: false }) },
  ],
  cannotTell: [
    ...unreadClients(),
    {
      when: 'when the providers were denied',
      account: site(['Okta'], denied('ListIdentityProviders')),
      missing: ['ListIdentityProviders'],
    },
  ],
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'only what the fix keeps of the scopes',
  },
});
