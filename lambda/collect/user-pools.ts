import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { isKnown, known, unreadable, type Known } from '../model/known';
import type { AppClient, ResourceServer, UserPool } from '../model/user-pool';
import { toAppClientSettings } from './app-client';
import type { Door } from './door';
import { list, optionalList, optionalNumber, optionalObject, optionalText, ShapeError, text } from './shape';
import { PAGE_SIZES } from './page-sizes';

type DescribedPool = Omit<UserPool, 'domainStatus' | 'clients' | 'resourceServers' | 'identityProviders'>;

/** Where Cognito keeps a trigger's function in an object of its own. */
const NEWER_NAMES: Readonly<Record<string, string>> = { PreTokenGenerationConfig: 'PreTokenGeneration' };

const toTriggers = (config: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => {
      const arn =
        typeof value === 'string'
          ? value
          : optionalObject(value, `UserPool.LambdaConfig.${name}`)['LambdaArn'];
      // A KMS key stands among the triggers and is none.
      if (name === 'KMSKeyID' || typeof arn !== 'string' || arn === '') return [];
      return [[NEWER_NAMES[name] ?? name, arn]];
    }),
  );

const toPreTokenGeneration = (config: NonNullable<UserPoolType['LambdaConfig']>): string | null => {
  const stated = optionalText(
    config.PreTokenGenerationConfig?.LambdaVersion,
    'UserPool.LambdaConfig.PreTokenGenerationConfig.LambdaVersion',
  );
  if (stated !== null) return stated;
  const configured = config.PreTokenGeneration ?? config.PreTokenGenerationConfig?.LambdaArn ?? '';
  return configured === '' ? null : 'V1_0';
};

/** @throws ShapeError */
export const toUserPool = (arn: string, pool: UserPoolType | undefined): DescribedPool => {
  if (pool === undefined) throw new ShapeError('UserPool');
  const config = pool.LambdaConfig ?? {};
  return {
    arn,
    id: text(pool.Id, 'UserPool.Id'),
    name: text(pool.Name, 'UserPool.Name'),
    tier: optionalText(pool.UserPoolTier, 'UserPool.UserPoolTier'),
    issuerType:
      optionalText(pool.IssuerConfiguration?.Type, 'UserPool.IssuerConfiguration.Type') ?? 'ORIGINAL',
    domain: optionalText(pool.Domain, 'UserPool.Domain'),
    customDomain: optionalText(pool.CustomDomain, 'UserPool.CustomDomain'),
    triggers: toTriggers(optionalObject(config, 'UserPool.LambdaConfig')),
    preTokenGeneration: toPreTokenGeneration(config),
    estimatedUsers: optionalNumber(pool.EstimatedNumberOfUsers, 'UserPool.EstimatedNumberOfUsers'),
  };
};

const readAppClient = async (door: Door, poolId: string, id: string, name: string): Promise<AppClient> => ({
  id,
  name,
  settings: await door.read({
    operation: 'DescribeUserPoolClient',
    of: `app client ${name} (${id}) of user pool ${poolId}`,
    send: ({ cognito }) =>
      cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: id })),
    take: ({ UserPoolClient }) => toAppClientSettings(UserPoolClient),
  }),
});

const readAppClients = async (door: Door, poolId: string): Promise<UserPool['clients']> => {
  const listed = await door.readAll({
    operation: 'ListUserPoolClients',
    of: `user pool ${poolId}`,
    send: ({ cognito }, token) =>
      cognito.send(
        new ListUserPoolClientsCommand({
          UserPoolId: poolId,
          MaxResults: PAGE_SIZES.ListUserPoolClients,
          NextToken: token,
        }),
      ),
    take: ({ UserPoolClients, NextToken }) => ({
      items: list(UserPoolClients, 'UserPoolClients').map(({ ClientId, ClientName }) => ({
        id: text(ClientId, 'UserPoolClients[].ClientId'),
        name: text(ClientName, 'UserPoolClients[].ClientName'),
      })),
      next: NextToken,
    }),
  });
  if (!isKnown(listed)) return listed;
  return known(await Promise.all(listed.value.map(({ id, name }) => readAppClient(door, poolId, id, name))));
};

const readResourceServers = (door: Door, poolId: string): Promise<Known<readonly ResourceServer[]>> =>
  door.readAll({
    operation: 'ListResourceServers',
    of: `user pool ${poolId}`,
    send: ({ cognito }, token) =>
      cognito.send(
        new ListResourceServersCommand({
          UserPoolId: poolId,
          MaxResults: PAGE_SIZES.ListResourceServers,
          NextToken: token,
        }),
      ),
    take: ({ ResourceServers, NextToken }) => ({
      items: list(ResourceServers, 'ResourceServers').map(({ Identifier, Scopes }) => ({
        identifier: text(Identifier, 'ResourceServers[].Identifier'),
        scopeNames: optionalList(Scopes, 'ResourceServers[].Scopes').map(({ ScopeName }) =>
          text(ScopeName, 'ResourceServers[].Scopes[].ScopeName'),
        ),
      })),
      next: NextToken,
    }),
  });

/** Names alone: their details hold secrets. */
const readIdentityProviders = (door: Door, poolId: string): Promise<Known<readonly string[]>> =>
  door.readAll({
    operation: 'ListIdentityProviders',
    of: `user pool ${poolId}`,
    send: ({ cognito }, token) =>
      cognito.send(
        new ListIdentityProvidersCommand({
          UserPoolId: poolId,
          MaxResults: PAGE_SIZES.ListIdentityProviders,
          NextToken: token,
        }),
      ),
    take: ({ Providers, NextToken }) => ({
      items: list(Providers, 'Providers').map(({ ProviderName }) =>
        text(ProviderName, 'Providers[].ProviderName'),
      ),
      next: NextToken,
    }),
  });

const readStatus = (door: Door, domain: string): Promise<Known<string>> =>
  door.read({
    operation: 'DescribeUserPoolDomain',
    of: `user pool domain ${domain}`,
    send: ({ cognito }) => cognito.send(new DescribeUserPoolDomainCommand({ Domain: domain })),
    take: ({ DomainDescription }) => text(DomainDescription?.Status, 'DomainDescription.Status'),
  });

/** Of two domains one that is active is enough to serve the pool. */
const readDomainStatus = async (door: Door, pool: DescribedPool): Promise<UserPool['domainStatus']> => {
  let status: Known<string | null> = known(null);
  for (const domain of [pool.domain, pool.customDomain]) {
    if (domain === null) continue;
    // oxlint-disable-next-line eslint/no-await-in-loop -- the second is asked only when the first does not serve
    const next = await readStatus(door, domain);
    if (isKnown(next) && next.value === 'ACTIVE') return next;
    if (status.state === 'known') status = next;
  }
  return status;
};

/** A user pool with its app clients, in the door's region. `null`: Cognito says that it does not exist. */
export const findUserPool = async (
  door: Door,
  arn: string,
  poolId: string,
): Promise<Known<UserPool | null>> => {
  const pool = await door.find({
    operation: 'DescribeUserPool',
    of: `user pool ${poolId}`,
    absent: 'ResourceNotFoundException',
    send: ({ cognito }) => cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId })),
    take: ({ UserPool: described }) => toUserPool(arn, described),
  });
  if (!isKnown(pool)) return pool;
  if (pool.value === null) return known(null);
  const described = pool.value;
  if (described.id !== poolId) {
    return unreadable({
      because: 'broken',
      operation: 'DescribeUserPool',
      subject: `user pool ${poolId}`,
      detail: `DescribeUserPool for user pool ${poolId}: the answer describes another pool`,
    });
  }
  const [domainStatus, clients, resourceServers, identityProviders] = await Promise.all([
    readDomainStatus(door, described),
    readAppClients(door, poolId),
    readResourceServers(door, poolId),
    readIdentityProviders(door, poolId),
  ]);
  return known({ ...described, domainStatus, clients, resourceServers, identityProviders });
};
