import rule from '../../../lambda/rules/clients/oauth-disabled';
import { Collation } from '../../../lambda/findings/collate';
import { judgeApi } from '../../../lambda/findings/judge';
import scopeNoClient from '../../../lambda/rules/cognito/scope-no-client-may-request';
import {
  account,
  appClient,
  cognitoAuthorizer,
  denied,
  guarded,
  machineClient,
  poolArn,
  restApi,
  userPool,
  webClient,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const listed = {
  hasSecret: true,
  explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  oauthFlows: ['client_credentials'],
  oauthScopes: ['orders/read'],
  updateInput: {
    UserPoolId: 'eu-west-1_Shop',
    ClientId: 'client-batch',
    AllowedOAuthFlows: ['client_credentials'],
  },
};
const scoped = [guarded('GET', '/orders', 'pool', ['orders/read'])];
const at = 'app client batch (client-batch) of user pool pool-eu-west-1_Shop';
const off =
  'App client "batch" (client-batch) lists the OAuth flow client_credentials, but AllowedOAuthFlowsUserPoolClient is false';

export default ruleTable(rule, {
  flags: [
    {
      when: 'the only client that could get the scope, whose OAuth is off',
      account: shop(shopPool([appClient('batch', listed)])),
      expect: [
        {
          at,
          saying: `${off}: that alone keeps every client from GET /orders.`,
          reach: 'every-call',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a client beside another that gets the scope',
      account: shop(shopPool([appClient('batch', listed), machineClient('job', ['orders/read'])])),
      expect: [{ at, saying: `${off}.`, affects: ['prod GET /orders'] }],
    },
    {
      when: 'a client beside one that was not read and may get the scope',
      account: shop(
        shopPool([appClient('batch', listed), appClient('web', denied('DescribeUserPoolClient'))]),
      ),
      expect: [{ at, saying: `${off}.`, affects: ['prod GET /orders'] }],
    },
    {
      when: 'a client where a trigger may give the scope to another',
      account: shop(
        shopPool([appClient('batch', listed), appClient('web')], { preTokenGeneration: 'V2_0' }),
        scoped,
      ),
      expect: [{ at, saying: `${off}.`, affects: ['prod GET /orders'] }],
    },
    {
      when: 'a web client that alone could get ID tokens',
      account: shop(
        shopPool([
          appClient('batch', { ...listed, oauthFlows: ['code', 'implicit'], oauthScopes: ['openid'] }),
        ]),
        [guarded('GET', '/me', 'pool')],
      ),
      expect: [
        {
          at,
          saying:
            'App client "batch" (client-batch) lists the OAuth flows code and implicit, but AllowedOAuthFlowsUserPoolClient is false: that alone keeps every client from GET /me.',
          reach: 'every-call',
        },
      ],
    },
    {
      when: 'a client whose OAuth would not reach any method either',
      account: shop(shopPool([appClient('batch', { ...listed, oauthScopes: ['orders/write'] })]), scoped),
      expect: [{ at, saying: `${off}.`, affects: [] }],
    },
    {
      when: 'a client that signs people in through the SDK, with nothing to gain',
      account: shop(
        shopPool([
          appClient('batch', {
            ...listed,
            explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
            oauthFlows: ['code'],
            oauthScopes: ['openid'],
          }),
        ]),
        [guarded('GET', '/me', 'pool')],
      ),
      expect: [{ at, saying: `${off.replace('client_credentials', 'code')}.`, affects: [] }],
    },
    {
      when: 'a web client that alone could get ID tokens, whatever a trigger adds to the access tokens of another',
      account: shop(
        shopPool(
          [
            appClient('batch', { ...listed, oauthFlows: ['code'], oauthScopes: ['openid'] }),
            webClient('site', ['orders/read']),
          ],
          { preTokenGeneration: 'V2_0' },
        ),
        [guarded('GET', '/me', 'pool')],
      ),
      expect: [
        {
          at,
          saying: `${off.replace('client_credentials', 'code')}: that alone keeps every client from GET /me.`,
          reach: 'every-call',
        },
      ],
    },
    {
      when: 'a client where the trigger of a second pool may give the scope to others',
      account: account({
        restApis: [
          restApi('shop', {
            methods: scoped,
            authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop'), poolArn('eu-west-1_Staff')])],
          }),
        ],
        userPools: [
          shopPool([appClient('batch', listed)]),
          userPool('eu-west-1_Staff', { clients: [appClient('web')], preTokenGeneration: 'V2_0' }),
        ],
      }),
      expect: [{ at, saying: `${off}.`, affects: ['prod GET /orders'] }],
    },
  ],
  staysSilent: [
    {
      when: 'OAuth that is on',
      account: shop(shopPool([appClient('batch', { ...listed, oauthEnabled: true })])),
    },
    {
      when: 'a client without OAuth flows, even one that lists scopes',
      account: shop(shopPool([appClient('web', { oauthScopes: ['orders/read'] })])),
    },
  ],
  cannotTell: unreadClients(),
});

const commands = (given: object) =>
  judge(rule, shop(shopPool([appClient('batch', { ...listed, ...given })]))).raised[0]?.flag.fix[0]?.commands;

test('the fix switches OAuth on in the complete client, with what that needs', () => {
  expect(commands({})).toEqual([
    `aws cognito-idp update-user-pool-client --region eu-west-1 --cli-input-json '{"UserPoolId":"eu-west-1_Shop","ClientId":"client-batch","AllowedOAuthFlows":["client_credentials"],"AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthScopes":["orders/read"]}'`,
  ]);
  expect(commands({ oauthFlows: ['code'], oauthScopes: ['gone/read'] })?.[0]).toContain(
    '"AllowedOAuthScopes":["openid"],"CallbackURLs":["<CALLBACK_URL>"]',
  );
});

test('it takes the place of cognito/scope-no-client-may-request', () => {
  const { restApis, ...shared } = shop(shopPool([appClient('batch', listed)]), scoped);
  const [api] = restApis.state === 'known' ? restApis.value : [];
  if (api === undefined) throw new Error('the shop has an API');
  const collation = new Collation();
  collation.add(judgeApi([rule, scopeNoClient], api, shared).raised);
  expect(collation.findings().map((finding) => finding.rule)).toEqual(['clients/oauth-disabled']);
});
