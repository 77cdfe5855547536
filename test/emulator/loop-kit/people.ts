import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  UpdateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { randomUUID } from 'node:crypto';
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

/** A pool with a user, a domain and the scopes `read` and `write` of a resource server; goes with the world. */
export const makePool = async (world: World, resourceServer = 'orders'): Promise<Pool> => {
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
    new CreateResourceServerCommand({
      UserPoolId: id,
      Identifier: resourceServer,
      Name: resourceServer,
      Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    }),
  );
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId: id, Username: USER, MessageAction: 'SUPPRESS' }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId: id, Username: USER, Password: PASSWORD, Permanent: true }),
  );
  return { id, arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`, domain };
};

export const makeClient = async (
  { cognito }: World,
  pool: Pool,
  given: Omit<CreateUserPoolClientCommandInput, 'UserPoolId' | 'ClientName'>,
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

/** A client of a machine that asks for these scopes. */
export const makeMachineClient = (world: World, pool: Pool, ...scopes: readonly string[]): Promise<Client> =>
  makeClient(world, pool, {
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: [...scopes],
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  });

/** The tokens of the pool's user. */
export const signIn = async (
  { cognito }: World,
  pool: Pool,
  client: Client,
): Promise<{ readonly id: string; readonly access: string }> => {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: pool.id,
      ClientId: client.id,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: USER, PASSWORD },
    }),
  );
  return { id: AuthenticationResult?.IdToken ?? '', access: AuthenticationResult?.AccessToken ?? '' };
};

/**
 * An access token by client credentials, with every scope that the client may have.
 *
 * @throws Error with the endpoint's answer.
 */
export const machineToken = async (world: World, pool: Pool, client: Client): Promise<string> => {
  const answer = await world.exchange(world.tokenEndpoint(pool.domain), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = JSON.parse(answer.body) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`no token by client credentials: ${answer.status}`);
  return token;
};

export const bearing = (token: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
});

/** Sets what a machine's client may ask for. */
export const allowScopes = async (
  { cognito }: World,
  pool: Pool,
  client: Client,
  ...scopes: readonly string[]
): Promise<void> => {
  await cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId: pool.id,
      ClientId: client.id,
      ClientName: 'caller',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [...scopes],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
};

/** Deletes a pool ahead of its time. */
export const deletePool = async ({ cognito }: World, { id, domain }: Pool): Promise<void> => {
  await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: id, Domain: domain }));
  await cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
};
