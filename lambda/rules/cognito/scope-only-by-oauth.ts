import {
  activeOAuthFlows,
  ADMIN_SCOPE,
  opens,
  signsInThroughSdk,
  tokensOfClient,
} from '../../gateway/tokens';
import { tokenSupply, unreadPools, workingPools } from '../../gateway/trusted-pools';
import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { changeScopes, redeployTo } from '../authorizer-fixes';
import {
  cognitoGuards,
  splitByToken,
  type CognitoGuard,
  type ScopedMethod,
  scopesRead,
} from '../cognito-guards';
import { agree, listMethods, listNames, quote } from '../phrases';
import { mayAddScopes, triggerDecides } from '../pre-token-trigger';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

interface Way {
  readonly clients: string[];
  readonly methods: Set<Method>;
}

const trusts = ({ trusted }: CognitoGuard, arns: ReadonlySet<string | null>): boolean =>
  trusted.some(({ provider }) => arns.has(provider.arn));

/** Whether methods behind the same pools, whichever authorizer guards them, take tokens of SDK sign-in, or may. */
const takeSdkTokens = (guards: readonly CognitoGuard[], pools: CognitoGuard['trusted']): boolean => {
  const arns = new Set(pools.map(({ provider }) => provider.arn));
  const { scoped, scopeless, gaps } = splitByToken(
    guards.filter((one) => trusts(one, arns)).flatMap(({ methods }) => methods),
  );
  return scopeless.length + gaps.length > 0 || scoped.some(({ scopes }) => scopes.includes(ADMIN_SCOPE));
};

export default deploymentRule({
  id: 'cognito/scope-only-by-oauth',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'some-calls',
  callers: 'callers that sign in through the SDK',
  title: 'Methods require a scope that sign-in through the SDK never yields',
  why: 'Access tokens from InitiateAuth (SRP, password, admin and custom flows, as Amplify and the SDKs use them) carry aws.cognito.signin.user.admin and no other scope, whatever the app client allows. Other scopes come from the OAuth endpoints, or from a pre token generation trigger that writes into access tokens. No setting says which client is meant for which method: where other clients get the scopes and these have methods of their own, nothing may be amiss.',
  fix: [
    'Sign in through the OAuth endpoints and ask for the scope there.',
    'Or have a V2_0 pre token generation trigger add the scope, or list aws.cognito.signin.user.admin on the methods (which admits every signed-in user) and deploy.',
  ],
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html',
  ],
  facts: ['CLI-1', 'CLI-2', 'CLI-4', 'CLI-16', 'CLI-26', 'COG-8', 'COG-17'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const subject = authorizerSubject(account, api, authorizer);
      const split = splitByToken(methods);
      for (const gap of split.gaps) yield cannotTell(subject, gap);
      const closed: readonly ScopedMethod[] = split.scoped.filter(
        ({ scopes }) => !scopes.includes(ADMIN_SCOPE),
      );
      if (closed.length === 0) continue;
      const untold = new Set<Unreadable>(unreadPools(trusted));
      const { tokens: supply, unknown } = tokenSupply(trusted);
      // Where others get the scopes, and these clients have methods of their own, they may be meant for those.
      const mayHaveOwn = gaps.length > 0 || takeSdkTokens(guards, trusted);
      const mayServeOthers =
        unknown.length > 0 || closed.every(({ scopes }) => supply.some((token) => opens(token, scopes)));
      const sdkOnly: Way = { clients: [], methods: new Set() };
      const bothWays: Way = { clients: [], methods: new Set() };
      for (const pool of workingPools(trusted)) {
        if (!isKnown(pool.clients)) {
          untold.add(pool.clients);
          continue;
        }
        for (const client of pool.clients.value) {
          if (!isKnown(client.settings)) {
            untold.add(client.settings);
            continue;
          }
          const settings = client.settings.value;
          if (!signsInThroughSdk(settings)) continue;
          if (mayAddScopes(pool)) {
            untold.add(triggerDecides(pool));
            break;
          }
          const name = `${quote(client.name)} (${client.id})`;
          if (activeOAuthFlows(settings).length === 0) {
            sdkOnly.clients.push(name);
            for (const { method } of closed) sdkOnly.methods.add(method);
            continue;
          }
          if (!isKnown(pool.resourceServers)) {
            untold.add(pool.resourceServers);
            continue;
          }
          // A client that OAuth does not give the scope either is not meant to have it: the way decides nothing.
          const tokens = tokensOfClient(pool, client, settings);
          const open = closed.filter(({ scopes }) => tokens.some((token) => opens(token, scopes)));
          if (open.length === 0) continue;
          bothWays.clients.push(name);
          for (const { method } of open) bothWays.methods.add(method);
        }
      }
      if (sdkOnly.clients.length > 0 && mayHaveOwn) for (const gap of unknown) untold.add(gap);
      for (const gap of untold) yield cannotTell(subject, gap);
      for (const way of [sdkOnly, bothWays]) {
        if (way.clients.length === 0) continue;
        const needing = [...way.methods];
        const sdk = way === sdkOnly;
        const certain = sdk && !(mayHaveOwn && mayServeOthers);
        const who = `app ${agree(way.clients.length, 'client', 'clients')} ${listNames(way.clients)}`;
        yield flag({
          subject,
          key: sdk ? 'sdk-only' : 'both-ways',
          ...(certain ? {} : { reach: 'possible' }),
          affected: affectedOf(deployment, needing),
          message: sdk
            ? `${listMethods(needing)} ${agree(needing.length, 'requires', 'require')} scopes that SDK sign-in never yields, and ${who} can sign in no other way.`
            : `${listMethods(needing)} ${agree(needing.length, 'requires', 'require')} scopes that ${who} ${agree(way.clients.length, 'gets', 'get')} through the OAuth endpoints only, not through SDK sign-in, which is allowed too.`,
          evidence: [
            {
              operation: scopesRead(deployment),
              field: 'authorizationScopes',
              value: [...new Set(closed.flatMap(({ scopes }) => scopes))].join(', '),
            },
            {
              operation: 'DescribeUserPoolClient',
              field: 'ExplicitAuthFlows',
              value: 'SDK sign-in is allowed',
            },
          ],
          fix: certain
            ? [
                {
                  step: 'Let these clients sign in through the OAuth endpoints and ask for the scope, or have a pre token generation trigger add it. Where every signed-in user may call the methods, list the scope that SDK tokens carry:',
                  commands: changeScopes(deployment, needing, account.region, { add: ADMIN_SCOPE }),
                },
                redeployTo(deployment, account.region),
              ]
            : [
                {
                  step: sdk
                    ? 'Nothing to do, where these clients are not to call the methods. Where they are, let them sign in through the OAuth endpoints and ask for the scope, or have a pre token generation trigger add it.'
                    : 'Sign in through the OAuth endpoints and ask for the scope there, in every application that calls these methods.',
                  commands: [],
                },
              ],
        });
      }
    }
  },
});
