import { keptWith } from '../model/kept';
import { isKnown, unreadable, type Unreadable } from '../model/known';
import { definedScopes, RESERVED_SCOPES } from '../model/queries';
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

/** The settings of an app client that decide which tokens it can obtain. */
export type TokenSettings = Pick<
  AppClientSettings,
  'hasSecret' | 'explicitAuthFlows' | 'oauthEnabled' | 'oauthFlows' | 'oauthScopes'
>;

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

/** Machine-to-machine through the SDK's GetClientToken (table 10.1 of the facts). */
const CLIENT_TOKEN = 'ALLOW_CLIENT_TOKEN_AUTH';

/** Flows that yield what an earlier sign-in yielded. */
const REFRESH: readonly string[] = ['ALLOW_REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'];

const OAUTH_FLOWS = ['code', 'implicit', 'client_credentials'] as const;

/** An empty list is an unset one: Cognito fills in its default (CLI-16). */
export const authFlowsOf = (settings: TokenSettings): readonly string[] =>
  settings.explicitAuthFlows === null || settings.explicitAuthFlows.length === 0
    ? DEFAULT_AUTH_FLOWS
    : settings.explicitAuthFlows;

/** Does the flow sign a person in, rather than renew tokens or serve a machine? */
export const isSdkSignIn = (flow: string): boolean => SDK_SIGN_IN.includes(flow);

/** True when a person can sign in through InitiateAuth, whatever the flow (CLI-16, CLI-25). */
export const signsInThroughSdk = (settings: TokenSettings): boolean =>
  authFlowsOf(settings).some(isSdkSignIn);

/** True when the client fetches tokens for itself through the SDK, with its secret. */
export const fetchesClientTokens = (settings: TokenSettings): boolean =>
  settings.hasSecret && authFlowsOf(settings).includes(CLIENT_TOKEN);

/** Flows by names that Cognito added after this was written: what they yield is not known. */
export const unknownFlowsOf = (settings: TokenSettings): readonly string[] => [
  ...authFlowsOf(settings).filter(
    (flow) => !isSdkSignIn(flow) && !REFRESH.includes(flow) && flow !== CLIENT_TOKEN,
  ),
  ...(settings.oauthEnabled
    ? settings.oauthFlows.filter((flow) => !OAUTH_FLOWS.some((known) => known === flow))
    : []),
];

/** OAuth flows that are in force: listed, switched on (CLI-6), and with the secret that client credentials need (CLI-7). */
export const activeOAuthFlows = (settings: TokenSettings): readonly Flow[] =>
  settings.oauthEnabled
    ? OAUTH_FLOWS.filter(
        (flow) => settings.oauthFlows.includes(flow) && (flow !== 'client_credentials' || settings.hasSecret),
      )
    : [];

/** Does the pool's trigger write into access tokens of this flow (CLI-2, CLI-3)? Versions to come are taken to do so. */
const mayChangeScopes = (pool: UserPool, flow: Flow): boolean =>
  pool.preTokenGeneration !== null &&
  pool.preTokenGeneration !== 'V1_0' &&
  (flow !== 'client_credentials' || pool.preTokenGeneration !== 'V2_0');

const isCustom = (scope: string): boolean => !RESERVED_SCOPES.includes(scope);

/** Custom scopes that a resource server defines; all, where the servers could not be read. */
const isDefined = (pool: UserPool): ((scope: string) => boolean) => {
  const defined = definedScopes(pool);
  if (!isKnown(defined)) return () => true;
  const names = new Set(defined.value);
  return (scope) => names.has(scope);
};

/** Resource binding puts a resource server's URL into `aud` on request; that needs an identifier that is a URL (COG-15). */
const mayBindResource = (pool: UserPool): boolean =>
  !isKnown(pool.resourceServers) ||
  pool.resourceServers.value.some(({ identifier }) => /^https?:\/\//.test(identifier));

/** The tokens that an app client with these settings can obtain; the settings may be hypothetical. */
export const tokensOfClient = (
  pool: UserPool,
  client: Pick<AppClient, 'id' | 'name'>,
  settings: TokenSettings,
): readonly ObtainableToken[] => {
  const base = { userPoolArn: pool.arn, clientId: client.id, clientName: client.name };
  const bindable = mayBindResource(pool);
  const access = (flow: Flow, scopes: readonly string[]): ObtainableToken => {
    const scopesMayChange = mayChangeScopes(pool, flow);
    const audience = scopesMayChange || (bindable && flow !== 'sdk') ? 'cannot-tell' : 'none';
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

  const custom = settings.oauthScopes.filter(isCustom).filter(isDefined(pool));
  // Without openid, Cognito does not issue the scopes that go with it (CLI-8).
  const reserved = settings.oauthScopes.filter(
    (scope) => !isCustom(scope) && (scope === ADMIN_SCOPE || settings.oauthScopes.includes('openid')),
  );
  const tokens: ObtainableToken[] = [];
  if (signsInThroughSdk(settings)) tokens.push(id('sdk'), access('sdk', [ADMIN_SCOPE]));
  const oauth = activeOAuthFlows(settings);
  for (const flow of oauth) {
    if (flow === 'client_credentials') continue;
    if (reserved.includes('openid')) tokens.push(id(flow));
    tokens.push(access(flow, [...reserved, ...custom]));
  }
  if (oauth.includes('client_credentials') || fetchesClientTokens(settings)) {
    tokens.push(access('client_credentials', custom));
  }
  return tokens;
};

/** The tokens that some client of the pool could obtain if its settings were as generous as can be, with these scopes. */
export const conceivableTokens = (pool: UserPool, scopes: readonly string[]): readonly ObtainableToken[] =>
  tokensOfClient(
    pool,
    { id: '', name: '' },
    {
      hasSecret: true,
      explicitAuthFlows: null,
      oauthEnabled: true,
      oauthFlows: OAUTH_FLOWS,
      oauthScopes: [...RESERVED_SCOPES, ...scopes],
    },
  ).map((token) => (token.audience === 'client-id' ? { ...token, audience: 'cannot-tell' } : token));

const unknownFlows = (pool: UserPool, client: AppClient, flows: readonly string[]): Unreadable =>
  unreadable({
    because: 'unsupported',
    operation: 'DescribeUserPoolClient',
    subject: `app client ${client.id} of user pool ${pool.id}`,
    detail: `app client ${client.id} allows ${flows.join(', ')}, and what tokens that yields is not known here`,
  });

const collect = (pool: UserPool): Obtainable => {
  if (!isKnown(pool.clients)) return { tokens: [], unknown: [pool.clients] };
  const tokens: ObtainableToken[] = [];
  const unknown: Unreadable[] = [];
  if (!isKnown(pool.resourceServers)) unknown.push(pool.resourceServers);
  for (const client of pool.clients.value) {
    if (!isKnown(client.settings)) {
      unknown.push(client.settings);
      continue;
    }
    tokens.push(...tokensOfClient(pool, client, client.settings.value));
    const flows = unknownFlowsOf(client.settings.value);
    if (flows.length > 0) unknown.push(unknownFlows(pool, client, flows));
  }
  return { tokens, unknown };
};

/**
 * Every kind of token that the app clients of a pool can obtain, each at its best (all scopes asked for that Cognito would issue).
 * Scopes that a client lists and no resource server defines are silently not issued (CLI-11); where the resource servers could not be
 * read, they are taken as issued and the gap stands under `unknown`. A pool is shared by many methods, so the answer is kept with it.
 */
export const obtainableTokens = keptWith(collect);

/** Is this the token that a method with these scopes takes (COG-1, COG-2)? Whether its issuer and audience pass is another matter. */
export const opens = (token: ObtainableToken, scopes: readonly string[]): boolean =>
  scopes.length === 0
    ? token.kind === 'id'
    : token.kind === 'access' && token.scopes.some((scope) => scopes.includes(scope));
