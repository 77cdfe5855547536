import { isKnown } from '../../model/known';
import { definedScopes, RESERVED_SCOPES } from '../../model/queries';
import { acceptedScopes, defineScope, updateClient } from '../client-fixes';
import { clientsInUse, needsOf } from '../clients-in-use';
import { agree, listNames, nearest, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, clientSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type FixStep } from '../verdict';

export default deploymentRule({
  id: 'clients/undefined-scope-listed',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'some-calls',
  title: 'An app client lists scopes that no resource server of its user pool defines',
  why: 'A scope that is deleted from its resource server stays on the app clients, inactive, and Cognito leaves it out of their tokens without a word. Methods that require it then refuse tokens that look complete in the configuration.',
  fix: [
    'Define the scope again on its resource server, or put the scope that was meant on the client.',
    'Ask for new tokens afterwards.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html',
  ],
  facts: ['CLI-8', 'CLI-11', 'CLI-19'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { clients, gaps } = clientsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, client, settings, methods } of clients) {
      if (!settings.oauthEnabled || settings.oauthFlows.length === 0) continue;
      const custom = settings.oauthScopes.filter((scope) => !RESERVED_SCOPES.includes(scope));
      if (custom.length === 0) continue;
      const subject = clientSubject(account, pool, client);
      const defined = definedScopes(pool);
      if (!isKnown(defined)) {
        yield cannotTell(subject, defined);
        continue;
      }
      const dead = custom.filter((scope) => !defined.value.includes(scope));
      const [first] = dead;
      if (first === undefined) continue;
      const needing = needsOf(methods).filter(({ scopes }) => scopes.some((scope) => dead.includes(scope)));
      const meant = dead.length === 1 ? nearest(first, defined.value) : null;
      const definitions = dead.flatMap((scope) => defineScope(pool, scope) ?? []);
      const fix: readonly FixStep[] =
        meant === null && definitions.length > 0
          ? definitions
          : [
              {
                step:
                  meant === null
                    ? 'Take the scopes off the client, sending the complete client.'
                    : 'Put the defined scope on the client in place of the other, sending the complete client.',
                commands: [
                  updateClient(pool, settings, {
                    AllowedOAuthScopes: [
                      ...new Set([
                        ...acceptedScopes(pool, settings.oauthScopes),
                        ...(meant === null ? [] : [meant]),
                      ]),
                    ],
                  }),
                ],
              },
            ];
      yield flag({
        subject,
        affected: affectedOf(
          deployment,
          needing.map(({ method }) => method),
        ),
        message: `App client ${quote(client.name)} (${client.id}) lists ${listNames(dead.map(quote))}, which user pool ${pool.id} does not define: ${agree(dead.length, 'it is', 'they are')} in no token${meant === null ? '' : `; the nearest defined scope is ${quote(meant)}`}.`,
        evidence: [
          { operation: 'DescribeUserPoolClient', field: 'AllowedOAuthScopes', value: dead.join(', ') },
          {
            operation: 'ListResourceServers',
            field: 'Scopes',
            value: defined.value.length === 0 ? 'none' : listNames(defined.value, 10),
          },
        ],
        fix,
      });
    }
  },
});
