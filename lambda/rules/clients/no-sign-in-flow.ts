import { authFlowsOf } from '../../gateway/tokens';
import { updateClient } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

export default deploymentRule({
  id: 'clients/no-sign-in-flow',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'An app client allows nothing but refreshing tokens that it can never get',
  why: 'ALLOW_REFRESH_TOKEN_AUTH renews tokens of an earlier sign-in. A client that allows no sign-in flow and no OAuth flow can get no first token, so none of its callers gets in.',
  fix: [
    'Allow the sign-in flow that the application uses, sending the complete client. It is in force at once.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html',
  ],
  facts: ['CLI-16', 'CLI-6'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings } of clients) {
      const flows = authFlowsOf(settings);
      // With OAuth flows listed, clients/oauth-disabled or the secret's rule says what is wrong, if anything is.
      if (flows.some((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH') || settings.oauthFlows.length > 0)
        continue;
      yield flag({
        subject: clientSubject(account, pool, client),
        affected: [],
        message: `App client ${quote(client.name)} (${client.id}) allows ALLOW_REFRESH_TOKEN_AUTH only and has no OAuth flow: nobody can sign in with it.`,
        evidence: [
          { operation: 'DescribeUserPoolClient', field: 'ExplicitAuthFlows', value: flows.join(', ') },
          { operation: 'DescribeUserPoolClient', field: 'AllowedOAuthFlows', value: 'none' },
        ],
        fix: [
          {
            step: 'Allow the sign-in flow that the application uses, such as SRP, sending the complete client. It is in force at once.',
            commands: [
              updateClient(pool, settings, { ExplicitAuthFlows: [...flows, 'ALLOW_USER_SRP_AUTH'] }),
            ],
          },
        ],
      });
    }
  },
});
