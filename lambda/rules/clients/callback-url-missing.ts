import { activeOAuthFlows } from '../../gateway/tokens';
import { updateClient } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

/** Cognito takes http for the machine of the developer only (CLI-14). */
const isRefused = (url: string): boolean =>
  /^http:\/\//i.test(url) && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#]|$)/i.test(url);

export default deploymentRule({
  id: 'clients/callback-url-missing',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'An app client with a sign-in flow has no callback URL that Cognito accepts',
  why: 'After sign-in by the code or implicit flow Cognito redirects to a callback URL of the client, compared exactly. Without one, or with http on a host other than localhost, the sign-in page shows an error instead and no token is issued.',
  fix: [
    'Add the URL of the application to the callback URLs, sending the complete client. It is in force at once.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html',
  ],
  facts: ['CLI-14'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings } of clients) {
      const flows = activeOAuthFlows(settings).filter((flow) => flow !== 'client_credentials');
      if (flows.length === 0) continue;
      const refused = settings.callbackUrls.filter(isRefused);
      if (settings.callbackUrls.length > 0 && refused.length === 0) continue;
      const none = settings.callbackUrls.length === 0;
      yield flag({
        subject: clientSubject(account, pool, client),
        affected: [],
        message: none
          ? `App client ${quote(client.name)} (${client.id}) uses the ${listNames(flows)} flow and has no callback URL.`
          : `App client ${quote(client.name)} (${client.id}) has the callback URL ${listNames(refused)}: Cognito takes http for localhost only.`,
        evidence: [
          {
            operation: 'DescribeUserPoolClient',
            field: 'CallbackURLs',
            value: none ? 'none' : refused.join(', '),
          },
        ],
        fix: [
          {
            step: 'Set the callback URLs of the application, sending the complete client. It is in force at once.',
            commands: [
              updateClient(pool, settings, {
                CallbackURLs: none
                  ? ['<CALLBACK_URL>']
                  : settings.callbackUrls.map((url) =>
                      isRefused(url) ? `https${url.slice('http'.length)}` : url,
                    ),
              }),
            ],
          },
        ],
      });
    }
  },
});
