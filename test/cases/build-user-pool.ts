import type { SandboxAccount } from '../../sandbox/account-file';
import { poolArn, REGION } from './places';

type UserPool = NonNullable<SandboxAccount['regions'][string]['userPools']>[number];
export type ClientSketch = Partial<NonNullable<UserPool['clients']>[number]>;

export interface UserPoolSketch {
  readonly clients: Readonly<Record<string, ClientSketch>>;
  /** Scopes by identifier of the resource server. */
  readonly resourceServers?: Readonly<Record<string, readonly string[]>>;
  /** A prefix domain when left out. */
  readonly domain?: null;
}

/** Signs people in through the SDK, as Amplify and most samples do. */
export const SDK_CLIENT: ClientSketch = {
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

/** Signs people in through the hosted pages with these scopes. */
export const oauthClient = (...scopes: readonly string[]): ClientSketch => ({
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: [...scopes],
  CallbackURLs: ['https://app.example.com/signed-in'],
});

/** A pool that serves one application through the SDK. */
export const PLAIN_POOL: UserPoolSketch = { clients: { app: SDK_CLIENT } };

const LIFETIMES = {
  AccessTokenValidity: 60,
  IdTokenValidity: 60,
  RefreshTokenValidity: 30,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
} as const;

/** A user pool in AWS's shape. */
export const userPoolOf = (name: string, sketch: UserPoolSketch): UserPool => {
  const Id = `${REGION}_${name}`;
  return {
    Id,
    Name: name,
    Arn: poolArn(name),
    EstimatedNumberOfUsers: 120,
    UserPoolTier: 'ESSENTIALS',
    LambdaConfig: {},
    ...(sketch.domain === null ? {} : { Domain: `${name.toLowerCase()}-users` }),
    clients: Object.entries(sketch.clients).map(([ClientName, client]) => ({
      UserPoolId: Id,
      ClientId: `client${ClientName.toLowerCase()}`,
      ClientName,
      SupportedIdentityProviders: ['COGNITO'],
      ...LIFETIMES,
      ...client,
    })),
    resourceServers: Object.entries(sketch.resourceServers ?? {}).map(([Identifier, scopes]) => ({
      UserPoolId: Id,
      Identifier,
      Name: Identifier,
      Scopes: scopes.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    })),
  };
};
