import { recreateClientWithSecret } from '../client-fixes';
import { clientsInUse } from '../clients-in-use';
import { lossOf } from '../only-reason';
import { listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'clients/secret-missing-for-client-credentials',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'some-calls',
  title: 'An app client uses the client credentials flow without a client secret',
  why: 'In the client credentials flow the secret is the only credential: the token endpoint answers invalid_client without it. A client made without a secret cannot be given one later.',
  fix: ['Create the client anew with a secret, and give its id and secret to the caller.'],
  sources: ['https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html'],
  facts: ['CLI-7', 'CLI-13'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const inUse of clients) {
      const { pool, client, settings } = inUse;
      const uses = settings.oauthEnabled && settings.oauthFlows.includes('client_credentials');
      if (!uses || settings.hasSecret) continue;
      const { alone, own, gaps: hiding } = lossOf(inUse, { ...settings, hasSecret: true });
      const subject = clientSubject(account, pool, client);
      for (const gap of hiding) yield cannotTell(subject, gap);
      const only = alone.length > 0;
      yield flag({
        subject,
        ...(only ? { reach: 'every-call', symptom: UNAUTHORIZED } : {}),
        affected: affectedOf(deployment, only ? alone : own),
        message: `App client ${quote(client.name)} (${client.id}) uses client_credentials and has no secret, so the token endpoint refuses it${only ? `: that alone keeps every client from ${listMethods(alone)}` : ''}.`,
        evidence: [
          {
            operation: 'DescribeUserPoolClient',
            field: 'AllowedOAuthFlows',
            value: settings.oauthFlows.join(', '),
          },
          { operation: 'DescribeUserPoolClient', field: 'ClientSecret', value: 'none' },
        ],
        fix: [
          {
            step: 'Create the client anew with a secret: one cannot be added. The answer is cut to the id; read the secret in the console and hand both to the caller.',
            commands: [recreateClientWithSecret(pool, settings)],
          },
        ],
      });
    }
  },
});
