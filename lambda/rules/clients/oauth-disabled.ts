import { acceptedScopes, updateClient } from '../client-fixes';
import { clientsInUse, type ClientInUse } from '../clients-in-use';
import { lossOf } from '../only-reason';
import { listMethods, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN, UNAUTHORIZED } from '../verdict';

const enable = ({ pool, settings }: ClientInUse): string => {
  const accepted = acceptedScopes(pool, settings.oauthScopes);
  const users = settings.oauthFlows.some((flow) => flow !== 'client_credentials');
  const scopes = accepted.length > 0 ? accepted : [users ? 'openid' : '<RESOURCE_SERVER>/<SCOPE>'];
  return updateClient(pool, settings, {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: scopes,
    ...(users && settings.callbackUrls.length === 0 ? { CallbackURLs: ['<CALLBACK_URL>'] } : {}),
  });
};

export default deploymentRule({
  id: 'clients/oauth-disabled',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'An app client lists OAuth flows, but OAuth is switched off for it',
  why: 'AllowedOAuthFlows and AllowedOAuthScopes take effect only with AllowedOAuthFlowsUserPoolClient true, which is false unless set. Until then the token endpoint refuses the client, and no token of it carries a scope of the API.',
  fix: ['Switch OAuth on for the client, sending the complete client. It is in force at once.'],
  sources: [
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html',
  ],
  facts: ['CLI-6', 'CLI-7', 'CLI-12'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const inUse of clients) {
      const { pool, client, settings } = inUse;
      if (settings.oauthEnabled || settings.oauthFlows.length === 0) continue;
      const { alone, own, gaps: hiding } = lossOf(inUse, { ...settings, oauthEnabled: true });
      const subject = clientSubject(account, pool, client);
      for (const gap of hiding) yield cannotTell(subject, gap);
      const only = alone.length > 0;
      const affected = only ? alone : own;
      const flows = listNames(settings.oauthFlows);
      yield flag({
        subject,
        ...(only ? { reach: 'every-call', symptom: UNAUTHORIZED } : {}),
        affected: affectedOf(deployment, affected),
        message: `App client ${quote(client.name)} (${client.id}) lists the OAuth ${settings.oauthFlows.length === 1 ? 'flow' : 'flows'} ${flows}, but AllowedOAuthFlowsUserPoolClient is false${only ? `: that alone keeps every client from ${listMethods(alone)}` : ''}.`,
        evidence: [
          { operation: 'DescribeUserPoolClient', field: 'AllowedOAuthFlowsUserPoolClient', value: 'false' },
          {
            operation: 'DescribeUserPoolClient',
            field: 'AllowedOAuthFlows',
            value: settings.oauthFlows.join(', '),
          },
        ],
        fix: [
          {
            step: 'Switch OAuth on for the client, sending the complete client. It is in force at once.',
            commands: [enable(inUse)],
          },
        ],
      });
    }
  },
});
