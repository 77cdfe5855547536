import rule from '../../../lambda/rules/clients/openid-not-allowed';
import { appClient, denied, guarded, machineClient, method, webClient } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const site = webClient('site', ['orders/read']);

export default ruleTable(rule, {
  flags: [
    {
      when: 'a web client without openid in an API of which it can call nothing else',
      account: shop(shopPool([webClient('site', ['orders/write']), webClient('other', ['openid'])])),
      expect: [
        {
          at: 'app client site (client-site) of user pool pool-eu-west-1_Shop',
          saying:
            'App client "site" (client-site) signs people in by OAuth without openid, and GET /me takes ID tokens only.',
          affects: ['prod GET /me'],
        },
      ],
    },
    {
      when: 'a web client without openid where no client has it',
      account: shop(shopPool([site])),
      expect: [
        {
          at: 'app client site (client-site) of user pool pool-eu-west-1_Shop',
          saying:
            'App client "site" (client-site) signs people in by OAuth without openid, and GET /me takes ID tokens only.',
        },
      ],
    },
    {
      when: 'a client with methods of its own, beside one that has ID tokens for the others',
      account: shop(shopPool([site, webClient('other', ['openid'])])),
      expect: [
        {
          at: 'app client site (client-site) of user pool pool-eu-west-1_Shop',
          saying:
            'App client "site" (client-site) signs people in by OAuth without openid, and GET /me takes ID tokens only.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a web client with openid',
      account: shop(shopPool([webClient('site', ['openid', 'orders/read'])])),
    },
    {
      when: 'an API whose methods all have scopes',
      account: shop(shopPool([site]), [guarded('GET', '/orders', 'pool', ['orders/read'])]),
    },
    { when: 'a machine client', account: shop(shopPool([machineClient('batch', ['orders/read'])])) },
    {
      when: 'a client that can sign in through the SDK as well',
      account: shop(
        shopPool([
          appClient('both', { oauthEnabled: true, oauthFlows: ['code'], oauthScopes: ['orders/read'] }),
        ]),
      ),
    },
    {
      when: 'a client with a flow that Cognito added later',
      account: shop(
        shopPool([
          appClient('new', {
            explicitAuthFlows: ['ALLOW_TELEPATHY'],
            oauthEnabled: true,
            oauthFlows: ['code'],
            oauthScopes: ['orders/read'],
          }),
        ]),
      ),
    },
  ],
  cannotTell: [
    ...unreadClients(),
    {
      when: 'when a method does not say which token it takes',
      account: shop(shopPool([site]), [
        method('GET', '/me', {
          authorizationType: 'COGNITO_USER_POOLS',
          authorizer: 'pool',
          scopes: denied('GetExport'),
        }),
      ]),
      missing: ['GetExport'],
    },
  ],
});
