import rule from '../../../lambda/rules/clients/custom-auth-without-triggers';
import { appClient, functionArn } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const custom = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
const app = (
  explicitAuthFlows: readonly string[] | null,
  triggers: Record<string, string>,
  given: object = {},
) => shop(shopPool([appClient('app', { explicitAuthFlows, ...given })], { triggers }));
const define = { DefineAuthChallenge: functionArn('define') };
const all = {
  ...define,
  CreateAuthChallenge: functionArn('create'),
  VerifyAuthChallengeResponse: functionArn('verify'),
};
const at = 'app client app (client-app) of user pool pool-eu-west-1_Shop';

export default ruleTable(rule, {
  flags: [
    {
      when: 'custom authentication as the only way in, without triggers',
      account: app(custom, {}),
      expect: [
        {
          at,
          saying:
            'App client "app" (client-app) allows custom authentication, and user pool eu-west-1_Shop lacks DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse.',
          affects: [],
        },
      ],
    },
    {
      when: 'a set of triggers that was begun, even beside SRP',
      account: app([...custom, 'ALLOW_USER_SRP_AUTH'], define),
      expect: [
        {
          at,
          saying:
            'App client "app" (client-app) allows custom authentication, and user pool eu-west-1_Shop lacks CreateAuthChallenge and VerifyAuthChallengeResponse.',
        },
      ],
    },
    {
      when: 'a client of federated users only, with no flow for them: local users may still sign in through the SDK',
      account: app(['ALLOW_USER_SRP_AUTH'], {}, { identityProviders: ['Google'] }),
      expect: [
        {
          at,
          saying:
            'App client "app" (client-app) is for users of Google only, and allows neither an OAuth flow nor custom authentication to sign them in.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'all three triggers', account: app(custom, all) },
    {
      when: 'the set that the console makes: custom beside SRP, no trigger',
      account: app([...custom, 'ALLOW_USER_SRP_AUTH'], {}),
    },
    { when: 'unset flows beside a trigger that another client uses', account: app(null, define) },
    { when: 'a client without custom authentication', account: app(['ALLOW_USER_SRP_AUTH'], define) },
    {
      when: 'federated users who sign in by OAuth',
      account: app(
        ['ALLOW_REFRESH_TOKEN_AUTH'],
        {},
        {
          identityProviders: ['Google'],
          oauthEnabled: true,
          oauthFlows: ['code'],
          oauthScopes: ['openid'],
        },
      ),
    },
  ],
  cannotTell: unreadClients(),
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'only what the fix keeps of the scopes',
  },
});
