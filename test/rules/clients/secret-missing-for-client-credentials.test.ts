import rule from '../../../lambda/rules/clients/secret-missing-for-client-credentials';
import { appClient, machineClient } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const batch = {
  hasSecret: false,
  explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  oauthEnabled: true,
  oauthFlows: ['client_credentials'],
  oauthScopes: ['orders/read'],
  updateInput: { ClientId: 'client-batch', UserPoolId: 'eu-west-1_Shop', ClientName: 'batch' },
};
const at = 'app client batch (client-batch) of user pool pool-eu-west-1_Shop';
const refused =
  'App client "batch" (client-batch) uses client_credentials and has no secret, so the token endpoint refuses it';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a machine client without a secret beside one that works',
      account: shop(shopPool([appClient('batch', batch), machineClient('job', ['orders/read'])])),
      expect: [{ at, saying: `${refused}.`, affects: ['prod GET /orders'] }],
    },
    {
      when: 'the only client that could get the scope',
      account: shop(shopPool([appClient('batch', batch)])),
      expect: [
        {
          at,
          saying: `${refused}: that alone keeps every client from GET /orders.`,
          reach: 'every-call',
          affects: ['prod GET /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a machine client with a secret',
      account: shop(shopPool([appClient('batch', { ...batch, hasSecret: true })])),
    },
    {
      when: 'a public client of the code flow',
      account: shop(shopPool([appClient('site', { ...batch, oauthFlows: ['code'] })])),
    },
    {
      when: 'a client whose OAuth is off: another rule says that',
      account: shop(shopPool([appClient('batch', { ...batch, oauthEnabled: false })])),
    },
  ],
  cannotTell: unreadClients(),
});

test('the fix makes the client anew, and its answer leaves the secret out', () => {
  const [raised] = judge(rule, shop(shopPool([appClient('batch', batch)]))).raised;
  expect(raised?.flag.fix[0]?.commands).toEqual([
    `aws cognito-idp create-user-pool-client --region eu-west-1 --cli-input-json '{"UserPoolId":"eu-west-1_Shop","ClientName":"batch","AllowedOAuthScopes":["orders/read"],"GenerateSecret":true}' --query UserPoolClient.ClientId --output text`,
  ]);
});
