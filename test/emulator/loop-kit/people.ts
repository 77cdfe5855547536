import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderServiceException,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type LambdaConfigType,
  type UpdateResourceServerCommandInput,
  type UpdateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { randomUUID } from 'node:crypto';
import { SignInRefused } from './loop';
import { NAME } from './seed';
import type { World } from './world';

export interface Pool {
  readonly id: string;
  readonly arn: string;
  /** Prefix of its domain. */
  readonly domain: string;
}

export interface Client {
  readonly id: string;
  /** Empty for public clients. */
  readonly secret: string;
}

export const USER = 'ada';

/** Of a user who goes with the pool, minutes later. */
export const PASSWORD = `Aa1!${randomUUID()}`;

const RESOURCE_SERVER = 'orders';

const serverOf = (
  name: string,
  scopes: readonly string[],
): Pick<UpdateResourceServerCommandInput, 'Identifier' | 'Name' | 'Scopes'> => ({
  Identifier: name,
  Name: name,
  Scopes: scopes.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
});

/** A pool with a user, a domain and the scopes `read` and `write` of a resource server; goes with the world. */
export const makePool = async (world: World, resourceServer = RESOURCE_SERVER): Promise<Pool> => {
  const { cognito, accountId, region, tags } = world;
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: NAME, UserPoolTags: { ...tags } }),
  );
  const id = UserPool?.Id ?? '';
  const domain = `loop-${randomUUID()}`;
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: id, Domain: domain }));
  world.own(id, () => cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })));
  world.own(domain, () => cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: id, Domain: domain })));
  await cognito.send(
    new CreateResourceServerCommand({ UserPoolId: id, ...serverOf(resourceServer, ['read', 'write']) }),
  );
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId: id, Username: USER, MessageAction: 'SUPPRESS' }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId: id, Username: USER, Password: PASSWORD, Permanent: true }),
  );
  return { id, arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`, domain };
};

export type ClientSeed = Omit<UpdateUserPoolClientCommandInput, 'UserPoolId' | 'ClientId' | 'ClientName'>;

export const makeClient = async (
  { cognito }: World,
  pool: Pool,
  given: ClientSeed & { readonly GenerateSecret?: boolean },
): Promise<Client> => {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: pool.id, ClientName: 'caller', ...given }),
  );
  return { id: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret ?? '' };
};

/** A client whose server signs users in. */
export const makeServerClient = (world: World, pool: Pool): Promise<Client> =>
  makeClient(world, pool, {
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });

export const machineSeed = (scopes: readonly string[]): ClientSeed => ({
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthScopes: [...scopes],
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
});

/** A client of a machine that asks for these scopes. */
export const makeMachineClient = (world: World, pool: Pool, ...scopes: readonly string[]): Promise<Client> =>
  makeClient(world, pool, { GenerateSecret: true, ...machineSeed(scopes) });

export interface Tokens {
  readonly id: string;
  readonly access: string;
}

/** What the user pool refuses, as a refusal to sign in; what else goes wrong stays what it is. */
export const orRefused = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof CognitoIdentityProviderServiceException && error.$fault === 'client') {
      throw new SignInRefused(`${error.name}: ${error.message}`);
    }
    throw error;
  }
};

/**
 * The tokens of the pool's user.
 *
 * @throws SignInRefused
 */
export const signIn = async ({ cognito }: World, pool: Pool, client: Client): Promise<Tokens> => {
  const { AuthenticationResult } = await orRefused(
    cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.id,
        ClientId: client.id,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: USER, PASSWORD },
      }),
    ),
  );
  return { id: AuthenticationResult?.IdToken ?? '', access: AuthenticationResult?.AccessToken ?? '' };
};

/** The ID token of the pool's user, who answers the questions of the pool's triggers. */
export const signInByQuestions = async ({ cognito }: World, pool: Pool, client: Client): Promise<string> => {
  const at = { UserPoolId: pool.id, ClientId: client.id };
  const asked = await orRefused(
    cognito.send(
      new AdminInitiateAuthCommand({ ...at, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: USER } }),
    ),
  );
  const { AuthenticationResult } = await orRefused(
    cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...at,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: asked.Session,
        ChallengeResponses: { USERNAME: USER, ANSWER: 'yes' },
      }),
    ),
  );
  if (AuthenticationResult?.IdToken === undefined) throw new SignInRefused('no token after the answer');
  return AuthenticationResult.IdToken;
};

/** Tokens from the token endpoint; an ID token only where `openid` is granted. */
export const askForTokens = async (
  world: World,
  pool: Pool,
  client: Client,
  form: Readonly<Record<string, string>>,
): Promise<Partial<Tokens>> => {
  const answer = await world
    .exchange(world.tokenEndpoint(pool.domain), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
      },
      body: String(new URLSearchParams(form)),
    })
    .catch((error: NodeJS.ErrnoException) => {
      // A domain that is gone has no address.
      throw error.code === 'ENOTFOUND' ? new SignInRefused(error.message) : error;
    });
  if (answer.status >= 500) throw new Error(`the token endpoint answers ${answer.status}: ${answer.body}`);
  const isGiven = answer.status === 200;
  if (!isGiven) throw new SignInRefused(`the token endpoint answers ${answer.status}: ${answer.body}`);
  const { id_token: id, access_token: access } = JSON.parse(answer.body) as {
    readonly id_token?: string;
    readonly access_token?: string;
  };
  return { ...(id === undefined ? {} : { id }), ...(access === undefined ? {} : { access }) };
};

/**
 * An access token by client credentials, with every scope that the client may have.
 *
 * @throws SignInRefused
 */
export const machineToken = async (world: World, pool: Pool, client: Client): Promise<string> => {
  const { access } = await askForTokens(world, pool, client, { grant_type: 'client_credentials' });
  if (access === undefined) throw new Error('no token by client credentials');
  return access;
};

export const bearing = (token: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
});

/** Sets a client to this and nothing else: what is not given is reset. */
export const setClient = async (
  { cognito }: World,
  pool: Pool,
  client: Client,
  given: ClientSeed,
): Promise<void> => {
  await cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId: pool.id,
      ClientId: client.id,
      ClientName: 'caller',
      ...given,
    }),
  );
};

/** Sets what a machine's client may ask for. */
export const allowScopes = (
  world: World,
  pool: Pool,
  client: Client,
  ...scopes: readonly string[]
): Promise<void> => setClient(world, pool, client, machineSeed(scopes));

/** Replaces the scopes that the resource server of a pool defines. */
export const defineScopes = async (
  { cognito }: World,
  { id }: Pool,
  ...scopes: readonly string[]
): Promise<void> => {
  await cognito.send(
    new UpdateResourceServerCommand({ UserPoolId: id, ...serverOf(RESOURCE_SERVER, scopes) }),
  );
};

/** Sets the triggers of a pool, by ARN of their functions; everything else of the pool is as it was made. */
export const setTriggers = async (
  { cognito, tags }: World,
  { id }: Pool,
  LambdaConfig: LambdaConfigType,
): Promise<void> => {
  await cognito.send(new UpdateUserPoolCommand({ UserPoolId: id, UserPoolTags: { ...tags }, LambdaConfig }));
};

/** Takes the domain off a pool. */
export const deleteDomain = async ({ cognito }: World, { id, domain }: Pool): Promise<void> => {
  await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: id, Domain: domain }));
};

/** Deletes a pool ahead of its time. */
export const deletePool = async (world: World, pool: Pool): Promise<void> => {
  await deleteDomain(world, pool);
  await world.cognito.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
};
