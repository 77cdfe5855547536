import {
  activeOAuthFlows,
  opens,
  signsInThroughSdk,
  tokensOfClient,
  unknownFlowsOf,
} from '../../gateway/tokens';
import { tokenSupply } from '../../gateway/trusted-pools';
import { acceptedScopes, updateClient } from '../client-fixes';
import { clientsInUse, needsOf } from '../clients-in-use';
import { agree, listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'clients/openid-not-allowed',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'some-calls',
  title: 'An app client may not ask for openid, and methods take ID tokens',
  why: 'Sign-in by the code or implicit flow yields an ID token only with the scope openid. A client that may not ask for it gets an access token alone, which methods without scopes refuse with 401. No setting says which client is meant for which method: a client that has methods of its own, where others have ID tokens for these, may be meant for its own alone.',
  fix: [
    'Add openid to AllowedOAuthScopes of the client, sending the complete client. It is in force at once.',
  ],
  sources: ['https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html'],
  facts: ['CLI-25', 'COG-1', 'COG-5', 'COG-17'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings, methods, guards } of clients) {
      const signsIn = activeOAuthFlows(settings).some((flow) => flow !== 'client_credentials');
      if (!signsIn || settings.oauthScopes.includes('openid')) continue;
      if (signsInThroughSdk(settings) || unknownFlowsOf(settings).length > 0) continue;
      const subject = clientSubject(account, pool, client);
      const unsaid = methods.flatMap(({ scopes }) => (scopes.state === 'unreadable' ? [scopes] : []));
      for (const gap of new Set(unsaid)) yield cannotTell(subject, gap);
      const needing = needsOf(methods).filter(({ scopes }) => scopes.length === 0);
      if (needing.length === 0) continue;
      const lost = needing.map(({ method }) => method);
      // A client that others relieve of these methods, and that has methods of its own, may be meant for those.
      const tokens = tokensOfClient(pool, client, settings);
      const mayHaveOwn =
        gaps.length + unsaid.length > 0 ||
        needsOf(methods).some(({ scopes }) => tokens.some((token) => opens(token, scopes)));
      const supplies = guards.map(({ trusted }) => tokenSupply(trusted));
      for (const gap of mayHaveOwn ? supplies.flatMap(({ unknown }) => unknown) : []) {
        yield cannotTell(subject, gap);
      }
      const isRelieved =
        mayHaveOwn &&
        supplies.every(
          ({ tokens: supply, unknown }) => unknown.length > 0 || supply.some((token) => opens(token, [])),
        );
      yield flag({
        subject,
        ...(isRelieved ? { reach: 'possible' } : {}),
        affected: affectedOf(deployment, lost),
        message: `App client ${quote(client.name)} (${client.id}) signs people in by OAuth without openid, and ${listMethods(lost)} ${agree(lost.length, 'takes', 'take')} ID tokens only.`,
        evidence: [
          {
            operation: 'DescribeUserPoolClient',
            field: 'AllowedOAuthScopes',
            value: settings.oauthScopes.join(', ') || 'none',
          },
        ],
        fix: [
          {
            step: 'Add openid to AllowedOAuthScopes of the client, sending the complete client. It is in force at once.',
            commands: [
              updateClient(pool, settings, {
                AllowedOAuthScopes: ['openid', ...acceptedScopes(pool, settings.oauthScopes)],
              }),
            ],
          },
        ],
      });
    }
  },
});
