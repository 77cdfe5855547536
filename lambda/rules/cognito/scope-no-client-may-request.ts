import { ADMIN_SCOPE, opens } from '../../gateway/tokens';
import { tokenSupply, workingPools } from '../../gateway/trusted-pools';
import { isKnown } from '../../model/known';
import type { Method } from '../../model/method';
import { definedScopes, RESERVED_SCOPES } from '../../model/queries';
import type { AppClient, AppClientSettings, UserPool } from '../../model/user-pool';
import { acceptedScopes, regionOf, updateClient } from '../client-fixes';
import { cognitoGuards, splitByToken, scopesRead } from '../cognito-guards';
import { aws } from '../commands';
import { onlyOf } from '../only';
import { listMethods, quote } from '../phrases';
import { mayAddScopes, triggerDecides } from '../pre-token-trigger';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type FixStep } from '../verdict';

const issues = (pool: UserPool, scope: string): boolean => {
  if (RESERVED_SCOPES.includes(scope)) return true;
  const defined = definedScopes(pool);
  return isKnown(defined) && defined.value.includes(scope);
};

/** Clients with OAuth in force by a flow that can carry the scope. */
const oauthClients = (
  pool: UserPool,
  scope: string,
): readonly { readonly client: AppClient; readonly settings: AppClientSettings }[] =>
  isKnown(pool.clients)
    ? pool.clients.value.flatMap((client) => {
        if (!isKnown(client.settings)) return [];
        const settings = client.settings.value;
        const fits = settings.oauthFlows.some(
          (flow) => flow !== 'client_credentials' || (settings.hasSecret && !RESERVED_SCOPES.includes(scope)),
        );
        return settings.oauthEnabled && fits ? [{ client, settings }] : [];
      })
    : [];

const fixOf = (pool: UserPool, scope: string): readonly FixStep[] => {
  const candidates = oauthClients(pool, scope);
  const only = onlyOf(candidates);
  if (only !== undefined) {
    const scopes = [...acceptedScopes(pool, only.settings.oauthScopes), scope];
    return [
      {
        step: `Add the scope to AllowedOAuthScopes of the app client ${quote(only.client.name)}; callers then need new tokens, asked for with the scope.`,
        commands: [updateClient(pool, only.settings, { AllowedOAuthScopes: scopes })],
      },
    ];
  }
  const step =
    candidates.length === 0
      ? 'No app client of the pool has OAuth in force for this scope: look at the clients, then give the one that calls the methods an OAuth flow and the scope, or take sign-in tokens by a scope that they carry.'
      : 'Add the scope to AllowedOAuthScopes of the app client that calls the methods, sending the complete client, as the update resets what is left out.';
  return [
    {
      step,
      commands: [aws('cognito-idp', 'list-user-pool-clients', regionOf(pool), { userPoolId: pool.id })],
    },
  ];
};

export default deploymentRule({
  id: 'cognito/scope-no-client-may-request',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'Methods require a scope that no app client can get into its access tokens',
  why: 'An access token carries a scope only when its app client lists it in AllowedOAuthScopes and gets the token by an OAuth flow that is in force; sign-in through the SDK yields aws.cognito.signin.user.admin alone. Where no client can get the scope, every token is refused.',
  fix: [
    'Add the scope to AllowedOAuthScopes of the app clients that call the methods; nothing has to be deployed.',
    'Or have a pre token generation trigger (V2_0, V3_0) add the scope to access tokens.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html',
  ],
  facts: ['CLI-1', 'CLI-2', 'CLI-4', 'CLI-6', 'CLI-12', 'CLI-26', 'COG-2'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const subject = authorizerSubject(account, api, authorizer);
      const split = splitByToken(methods);
      for (const gap of split.gaps) yield cannotTell(subject, gap);
      const pools = workingPools(trusted);
      const { tokens, unknown } = tokenSupply(trusted);
      const shut = split.scoped.filter(({ scopes }) => !tokens.some((token) => opens(token, scopes)));
      if (shut.length === 0) continue;
      const [gap] = unknown;
      if (gap !== undefined) {
        yield cannotTell(subject, gap);
        continue;
      }
      const deciding = pools.find(mayAddScopes);
      if (deciding !== undefined) {
        yield cannotTell(subject, triggerDecides(deciding));
        continue;
      }
      // Without any client, cognito/user-pool-without-clients speaks.
      const withClients = pools.filter(({ clients }) => isKnown(clients) && clients.value.length > 0);
      const byCause = new Map<string, { pool: UserPool; scope: string; methods: Method[] }>();
      for (const { method, scopes } of shut) {
        for (const scope of scopes) {
          const pool =
            withClients.length === 0
              ? undefined
              : [...withClients, ...pools].find((one) => issues(one, scope));
          // A scope that nothing defines is cognito/scope-undefined.
          if (pool === undefined) continue;
          const id = `${pool.arn} ${scope}`;
          const cause = byCause.get(id) ?? { pool, scope, methods: [] };
          cause.methods.push(method);
          byCause.set(id, cause);
        }
      }
      for (const cause of byCause.values()) {
        const { pool, scope } = cause;
        yield flag({
          subject: userPoolSubject(account, pool),
          key: scope,
          affected: affectedOf(deployment, cause.methods),
          message: `${listMethods(cause.methods)} ${cause.methods.length === 1 ? 'requires' : 'require'} the scope ${quote(scope)}, and no app client of user pool ${quote(pool.name)} (${pool.id}) can get ${scope === ADMIN_SCOPE ? 'it' : 'it by an OAuth flow'}.`,
          evidence: [
            { operation: scopesRead(deployment), field: 'authorizationScopes', value: scope },
            {
              operation: 'DescribeUserPoolClient',
              field: 'AllowedOAuthScopes',
              value: `no client with an active OAuth flow lists ${scope}`,
            },
          ],
          fix: fixOf(pool, scope),
        });
      }
    }
  },
});
