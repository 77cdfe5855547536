import { activeOAuthFlows, authFlowsOf, opens } from '../../gateway/tokens';
import { tokenSupply, workingPools } from '../../gateway/trusted-pools';
import { isKnown } from '../../model/known';
import type { Method } from '../../model/method';
import type { Deployment } from '../../model/deployment';
import type { AppClient, AppClientSettings, UserPool } from '../../model/user-pool';
import { changeScopes, redeployTo } from '../authorizer-fixes';
import { acceptedScopes, updateClient } from '../client-fixes';
import { cognitoGuards, splitByToken, scopesRead } from '../cognito-guards';
import { onlyOf } from '../only';
import { agree, listMethods, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type FixStep } from '../verdict';

interface Known {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly settings: AppClientSettings;
}

const clientsOf = (pools: readonly UserPool[]): readonly Known[] =>
  pools.flatMap((pool) =>
    isKnown(pool.clients)
      ? pool.clients.value.flatMap((client) =>
          isKnown(client.settings) ? [{ pool, client, settings: client.settings.value }] : [],
        )
      : [],
  );

const fixOf = (
  deployment: Deployment,
  methods: readonly Method[],
  clients: readonly Known[],
  region: string,
): readonly FixStep[] => {
  const users = clients.filter(({ settings }) =>
    activeOAuthFlows(settings).some((flow) => flow !== 'client_credentials'),
  );
  if (users.length > 0) {
    return [
      {
        step: 'Add openid to AllowedOAuthScopes of the app clients in which people sign in; callers then need new tokens, asked for with openid.',
        commands: users.map(({ pool, settings }) =>
          updateClient(pool, settings, {
            AllowedOAuthScopes: [...new Set(['openid', ...acceptedScopes(pool, settings.oauthScopes)])],
          }),
        ),
      },
    ];
  }
  const machines = clients.filter(({ settings }) =>
    activeOAuthFlows(settings).includes('client_credentials'),
  );
  if (machines.length > 0) {
    const scopes = [
      ...new Set(machines.flatMap(({ pool, settings }) => acceptedScopes(pool, settings.oauthScopes))),
    ];
    const only = onlyOf(scopes);
    return [
      {
        step: 'Machine clients get access tokens only: list a scope that they may request on the methods, which then take access tokens.',
        commands: changeScopes(deployment, methods, region, { add: only ?? '<RESOURCE_SERVER>/<SCOPE>' }),
      },
      redeployTo(deployment, region),
    ];
  }
  const only = onlyOf(clients);
  return [
    {
      step: 'Allow a sign-in flow on the app client of the callers.',
      commands:
        only === undefined
          ? []
          : [
              updateClient(only.pool, only.settings, {
                ExplicitAuthFlows: [...new Set([...authFlowsOf(only.settings), 'ALLOW_USER_SRP_AUTH'])],
              }),
            ],
    },
  ];
};

export default deploymentRule({
  id: 'cognito/id-token-unobtainable',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'Methods take ID tokens only, and no app client can get one',
  why: 'A Cognito method without scopes takes ID tokens. They are issued to people who sign in: through the SDK, or through an OAuth code or implicit flow with the scope openid. Client credentials never yield one, so where clients know no other way every call is refused.',
  fix: [
    'For machine callers: list a scope on the methods, so that they take access tokens, and deploy the API to the stage.',
    'For people: allow openid, or a sign-in flow, on the app client.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html',
  ],
  facts: ['COG-1', 'COG-5', 'CLI-25', 'CLI-6', 'CLI-16'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const subject = authorizerSubject(account, api, authorizer);
      const { tokens, unknown } = tokenSupply(trusted);
      if (tokens.some((token) => opens(token, []))) continue;
      const { scopeless, gaps: unsaid } = splitByToken(methods);
      for (const gap of unsaid) yield cannotTell(subject, gap);
      if (scopeless.length === 0) continue;
      const [gap] = unknown;
      if (gap !== undefined) {
        yield cannotTell(subject, gap);
        continue;
      }
      const clients = clientsOf(workingPools(trusted));
      // Without any client, cognito/user-pool-without-clients speaks.
      if (clients.length === 0) continue;
      const named = clients.map(({ client }) => `${quote(client.name)} (${client.id})`);
      yield flag({
        subject,
        affected: affectedOf(deployment, scopeless),
        message: `${listMethods(scopeless)} ${agree(scopeless.length, 'has', 'have')} no scopes and ${agree(scopeless.length, 'takes', 'take')} ID tokens; app ${agree(named.length, 'client', 'clients')} ${listNames(named)} can get none.`,
        evidence: [
          { operation: scopesRead(deployment), field: 'authorizationScopes', value: 'none' },
          {
            operation: 'DescribeUserPoolClient',
            field: 'AllowedOAuthFlows',
            value: [...new Set(clients.flatMap(({ settings }) => settings.oauthFlows))].join(', ') || 'none',
          },
        ],
        fix: fixOf(deployment, scopeless, clients, account.region),
      });
    }
  },
});
