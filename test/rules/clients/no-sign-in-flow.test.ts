import rule from '../../../lambda/rules/clients/no-sign-in-flow';
import { appClient, machineClient } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const refreshing = (given: object = {}) =>
  shop(shopPool([appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], ...given })]));

export default ruleTable(rule, {
  flags: [
    {
      when: 'a client that may only refresh',
      account: refreshing(),
      expect: [
        {
          at: 'app client old (client-old) of user pool pool-eu-west-1_Shop',
          saying:
            'App client "old" (client-old) allows ALLOW_REFRESH_TOKEN_AUTH only and has no OAuth flow: nobody can sign in with it.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'unset flows, which allow SRP', account: refreshing({ explicitAuthFlows: null }) },
    { when: 'an empty list of flows, which is unset', account: refreshing({ explicitAuthFlows: [] }) },
    { when: 'a machine client', account: shop(shopPool([machineClient('batch', ['orders/read'])])) },
    {
      when: 'OAuth flows that are off: another rule says that',
      account: refreshing({ oauthFlows: ['code'] }),
    },
    {
      when: 'a flow that Cognito added later',
      account: refreshing({ explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_TELEPATHY'] }),
    },
  ],
  cannotTell: unreadClients(),
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'only what the fix keeps of the scopes',
  },
});
