import { activeOAuthFlows } from '../../gateway/tokens';
import { isKnown } from '../../model/known';
import { updateClient } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { agree, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

export default deploymentRule({
  id: 'clients/identity-provider-missing',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'The sign-in page of an app client offers a provider that is missing, or none',
  why: 'The sign-in page shows the providers that the client lists: COGNITO for users of the pool, and the external ones by name. With none, or with a name that the pool does not have, people cannot sign in there.',
  fix: [
    'List COGNITO or an existing provider on the client, sending the complete client. It is in force at once.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html',
  ],
  facts: ['CLI-15'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings } of clients) {
      if (!activeOAuthFlows(settings).some((flow) => flow !== 'client_credentials')) continue;
      const subject = clientSubject(account, pool, client);
      const external = settings.identityProviders.filter((name) => name !== 'COGNITO');
      const none = settings.identityProviders.length === 0;
      let missing: readonly string[] = [];
      if (external.length > 0) {
        if (!isKnown(pool.identityProviders)) {
          yield cannotTell(subject, pool.identityProviders);
          continue;
        }
        const configured = pool.identityProviders.value;
        missing = external.filter((name) => !configured.includes(name));
      }
      if (!none && missing.length === 0) continue;
      const left = settings.identityProviders.filter((name) => !missing.includes(name));
      const exists = isKnown(pool.identityProviders) ? pool.identityProviders.value : [];
      yield flag({
        subject,
        affected: [],
        message: none
          ? `App client ${quote(client.name)} (${client.id}) uses the sign-in page and lists no identity provider.`
          : `App client ${quote(client.name)} (${client.id}) lists the identity ${agree(missing.length, 'provider', 'providers')} ${listNames(missing.map(quote))}, which user pool ${pool.id} does not have.`,
        evidence: [
          {
            operation: 'DescribeUserPoolClient',
            field: 'SupportedIdentityProviders',
            value: settings.identityProviders.join(', ') || 'none',
          },
          { operation: 'ListIdentityProviders', field: 'ProviderName', value: exists.join(', ') || 'none' },
        ],
        fix: [
          {
            step:
              left.length > 0
                ? 'Take the missing provider off the client, sending the complete client; or create it in the pool first.'
                : 'List the providers by which people sign in, sending the complete client; COGNITO stands for users of the pool.',
            commands: [
              updateClient(pool, settings, {
                SupportedIdentityProviders: left.length > 0 ? left : ['COGNITO'],
              }),
            ],
          },
        ],
      });
    }
  },
});
