import { isKnown, type Unreadable } from '../model/known';
import { RESERVED_SCOPES } from '../model/queries';
import type { AppClient, AppClientSettings, UserPool } from '../model/user-pool';

export type TokenKind = 'id' | 'access';

/** How an app client comes by tokens (table 10.1 of the facts). `sdk` stands for all SDK sign-in flows: they yield the same tokens. */
export type Flow = 'sdk' | 'code' | 'implicit' | 'client_credentials';

export interface ObtainableToken {
  readonly userPoolArn: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly flow: Flow;
  readonly kind: TokenKind;
  /** Full names; empty for ID tokens, which carry none. */
  readonly scopes: readonly string[];
  /** A V2/V3 pre token generation trigger may add or remove scopes (CLI-4): the list above is not the last word. */
  readonly scopesMayChange: boolean;
  /** The `aud` claim: the client id in ID tokens, none in access tokens, unless a trigger or resource binding sets it (COG-15). */
  readonly audience: 'client-id' | 'none' | 'cannot-tell';
}

export interface Obtainable {
  readonly tokens: readonly ObtainableToken[];
  /** Clients and lists that could not be read: further tokens may exist. */
  readonly unknown: readonly Unreadable[];
}

export const ADMIN_SCOPE = 'aws.cognito.signin.user.admin';

/** What an app client may do when ExplicitAuthFlows is unset (CLI-16). */
const DEFAULT_AUTH_FLOWS: readonly string[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

const SDK_SIGN_IN: readonly string[] = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
];

export const authFlowsOf = (settings: AppClientSettings): readonly string[] =>
  settings.explicitAuthFlows ?? DEFAULT_AUTH_FLOWS;

/** True when a person can sign in through InitiateAuth, whatever the flow (CLI-16, CLI-25). */
export const signsInThroughSdk = (settings: AppClientSettings): boolean =>
  authFlowsOf(settings).some((flow) => SDK_SIGN_IN.includes(flow));

/** OAuth flows that are in force: listed, switched on (CLI-6), and with the secret that client credentials need (CLI-7). */
export const activeOAuthFlows = (settings: AppClientSettings): readonly Flow[] =>
  settings.oauthEnabled
    ? (['code', 'implicit', 'client_credentials'] as const).filter(
        (flow) => settings.oauthFlows.includes(flow) && (flow !== 'client_credentials' || settings.hasSecret),
      )
    : [];

/** Does the pool's trigger write into access tokens of this flow (CLI-2, CLI-3)? */
const mayChangeScopes = (pool: UserPool, flow: Flow): boolean =>
  flow === 'client_credentials'
    ? pool.preTokenGeneration === 'V3_0'
    : pool.preTokenGeneration === 'V2_0' || pool.preTokenGeneration === 'V3_0';

const isCustom = (scope: string): boolean => !RESERVED_SCOPES.includes(scope);

const tokensOfClient = (
  pool: UserPool,
  client: AppClient,
  settings: AppClientSettings,
  isIssued: (scope: string) => boolean,
  mayBindResource: boolean,
): readonly ObtainableToken[] => {
  const base = { userPoolArn: pool.arn, clientId: client.id, clientName: client.name };
  const access = (flow: Flow, scopes: readonly string[]): ObtainableToken => {
    const scopesMayChange = mayChangeScopes(pool, flow);
    const audience = scopesMayChange || (mayBindResource && flow !== 'sdk') ? 'cannot-tell' : 'none';
    return { ...base, flow, kind: 'access', scopes, scopesMayChange, audience };
  };
  const id = (flow: Flow): ObtainableToken => ({
    ...base,
    flow,
    kind: 'id',
    scopes: [],
    scopesMayChange: false,
    audience: 'client-id',
  });

  const tokens: ObtainableToken[] = [];
  if (signsInThroughSdk(settings)) tokens.push(id('sdk'), access('sdk', [ADMIN_SCOPE]));
  for (const flow of activeOAuthFlows(settings)) {
    const scopes = settings.oauthScopes.filter(isIssued);
    if (flow === 'client_credentials') {
      tokens.push(access(flow, scopes.filter(isCustom)));
      continue;
    }
    if (scopes.includes('openid')) tokens.push(id(flow));
    tokens.push(access(flow, scopes));
  }
  return tokens;
};

/**
 * Every kind of token that the app clients of a pool can obtain, each at its best (all scopes asked for that Cognito would issue).
 * Scopes that a client lists and no resource server defines are silently not issued (CLI-11); where the resource servers could not be
 * read, they are taken as issued and the gap stands under `unknown`.
 */
export const obtainableTokens = (pool: UserPool): Obtainable => {
  if (!isKnown(pool.clients)) return { tokens: [], unknown: [pool.clients] };
  const tokens: ObtainableToken[] = [];
  const unknown: Unreadable[] = [];
  const servers = pool.resourceServers;
  if (!isKnown(servers)) unknown.push(servers);
  const defined = new Set(
    isKnown(servers)
      ? servers.value.flatMap((server) => server.scopeNames.map((name) => `${server.identifier}/${name}`))
      : [],
  );
  // Resource binding puts a resource server's URL into `aud` when the client asks for it; that needs an identifier that is a URL (COG-15).
  const mayBindResource =
    !isKnown(servers) || servers.value.some((server) => /^https?:\/\//.test(server.identifier));
  const isIssued = (scope: string): boolean => !isCustom(scope) || !isKnown(servers) || defined.has(scope);
  for (const client of pool.clients.value) {
    if (isKnown(client.settings)) {
      tokens.push(...tokensOfClient(pool, client, client.settings.value, isIssued, mayBindResource));
    } else unknown.push(client.settings);
  }
  return { tokens, unknown };
};
