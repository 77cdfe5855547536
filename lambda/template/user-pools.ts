import { toAppClientSettings } from '../collect/app-client';
import { ShapeError } from '../collect/shape';
import { toUserPool } from '../collect/user-pools';
import { known, mapKnown, type Known, type Unreadable } from '../model/known';
import type { AppClient, ResourceServer, UserPool, UserPoolEntry } from '../model/user-pool';
import { heldOr, type Assembly } from './assembly';
import { poolArnOf, poolIdOf } from './attributes';
import {
  eachOne,
  everyOne,
  fields,
  flagAt,
  gapAt,
  inside,
  nameAt,
  numberAt,
  requiredTextAt,
  standInFor,
  textAt,
  textsAt,
  unmade,
} from './properties';
import type { Resource } from './stack';
import { isObject, scalarText, Unresolved } from './value';

interface Parts {
  readonly pool: Resource;
  readonly clients: readonly Resource[];
  readonly servers: readonly Resource[];
  readonly domains: readonly Resource[];
  readonly providers: readonly Resource[];
}

const settingsOf = (client: Resource): AppClient['settings'] => {
  const units = inside(client, 'TokenValidityUnits');
  const given = fields({
    ExplicitAuthFlows: textsAt(client, 'ExplicitAuthFlows'),
    AllowedOAuthFlowsUserPoolClient: flagAt(client, 'AllowedOAuthFlowsUserPoolClient'),
    AllowedOAuthFlows: textsAt(client, 'AllowedOAuthFlows'),
    AllowedOAuthScopes: textsAt(client, 'AllowedOAuthScopes'),
    CallbackURLs: textsAt(client, 'CallbackURLs'),
    SupportedIdentityProviders: textsAt(client, 'SupportedIdentityProviders'),
    AccessTokenValidity: numberAt(client, 'AccessTokenValidity'),
    IdTokenValidity: numberAt(client, 'IdTokenValidity'),
    RefreshTokenValidity: numberAt(client, 'RefreshTokenValidity'),
    AccessToken: textAt(units, 'AccessToken'),
    IdToken: textAt(units, 'IdToken'),
    RefreshToken: textAt(units, 'RefreshToken'),
  });
  const secret = flagAt(client, 'GenerateSecret');
  if (given.state === 'unreadable') return given;
  if (secret.state === 'unreadable') return secret;
  const { AccessToken, IdToken, RefreshToken, ...settings } = given.value;
  try {
    return known({
      // Absent is `undefined` in an answer of Cognito.
      ...toAppClientSettings(
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every member is checked by the reader
        Object.fromEntries(
          Object.entries({ ...settings, TokenValidityUnits: { AccessToken, IdToken, RefreshToken } }).filter(
            ([, value]) => value !== null,
          ),
        ) as Parameters<typeof toAppClientSettings>[0],
      ),
      hasSecret: secret.value,
    });
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return gapAt(client, error.field.replace(/^UserPoolClient\./, ''), 'it is not of its kind');
  }
};

/** A client that may not be made is one that cannot be read: whether tokens come from it is not known. */
const toClient = (client: Resource): AppClient => ({
  id: client.id,
  name: nameAt(client, 'ClientName'),
  settings: unmade(client) ?? settingsOf(client),
});

const toServer = (server: Resource): Known<ResourceServer> =>
  fields({
    scopeNames: eachOne(server, 'Scopes', (scope) => requiredTextAt(scope, 'ScopeName')),
    identifier: requiredTextAt(server, 'Identifier'),
  });

/** A trigger whose function is not known is still a trigger. */
const triggersOf = (pool: Resource): Known<Readonly<Record<string, unknown>>> => {
  const given = pool.property('LambdaConfig') ?? {};
  if (given instanceof Unresolved) return gapAt(pool, 'LambdaConfig', given.because);
  if (!isObject(given)) return gapAt(pool, 'LambdaConfig', 'it is no object');
  const config = inside(pool, 'LambdaConfig');
  return known(
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        const standIn = standInFor(pool, `LambdaConfig.${name}`);
        if (!isObject(value)) return [name, scalarText(value) ?? standIn];
        const version = textAt(inside(config, name), 'LambdaVersion');
        return [
          name,
          {
            LambdaArn: scalarText(value['LambdaArn']) ?? standIn,
            ...(version.state === 'known' && version.value !== null ? { LambdaVersion: version.value } : {}),
          },
        ];
      }),
    ),
  );
};

const usesOAuth = ({ settings }: AppClient): boolean =>
  settings.state === 'known' && settings.value.oauthEnabled && settings.value.oauthFlows.length > 0;

const namesScopes = ({ settings }: AppClient): boolean =>
  settings.state === 'known' && settings.value.oauthScopes.some((scope) => scope.includes('/'));

const notHeld = (pool: Resource, what: string): Unreadable =>
  gapAt(pool, '', `the template makes no ${what} for it; there may be one in another`);

/** Of a domain only counts whether there is one, and that it serves: CloudFormation waits until it does. */
const domainOf = ({ pool, domains }: Parts, clients: readonly AppClient[]) => {
  const own: Pick<UserPool, 'domain' | 'customDomain' | 'domainStatus'> = {
    domain: null,
    customDomain: null,
    domainStatus: known('ACTIVE'),
  };
  const [first] = domains;
  if (first !== undefined) return { ...own, domain: nameAt(first, 'Domain') };
  if (!clients.some(usesOAuth)) return { ...own, domainStatus: known(null) };
  return {
    ...own,
    domain: standInFor(pool, 'Domain'),
    domainStatus: notHeld(pool, 'AWS::Cognito::UserPoolDomain'),
  };
};

const toPool = (parts: Parts, scopesAsked: boolean): Known<UserPool> => {
  const { pool, servers, providers } = parts;
  const gap = unmade(pool);
  if (gap !== null) return gap;
  const read = fields({
    UserPoolTier: textAt(pool, 'UserPoolTier'),
    IssuerConfiguration: mapKnown(textAt(inside(pool, 'IssuerConfiguration'), 'Type'), (Type) => ({ Type })),
    LambdaConfig: triggersOf(pool),
  });
  if (read.state === 'unreadable') return read;
  const clients = parts.clients.map(toClient);
  const leansOnScopes = scopesAsked || clients.some(namesScopes);
  const described = toUserPool(
    poolArnOf(pool),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every member is checked by the reader
    {
      ...read.value,
      Id: poolIdOf(pool),
      Name: nameAt(pool, 'UserPoolName'),
    } as Parameters<typeof toUserPool>[1],
  );
  const serversRead = everyOne(servers, toServer);
  const providersRead = everyOne(providers, (provider) => requiredTextAt(provider, 'ProviderName'));
  return known({
    ...described,
    ...domainOf(parts, clients),
    clients: heldOr(clients, notHeld(pool, 'AWS::Cognito::UserPoolClient')),
    resourceServers:
      serversRead.state === 'unreadable'
        ? serversRead
        : heldOr(
            serversRead.value,
            leansOnScopes ? notHeld(pool, 'AWS::Cognito::UserPoolResourceServer') : null,
          ),
    identityProviders:
      providersRead.state === 'unreadable'
        ? providersRead
        : heldOr(providersRead.value, notHeld(pool, 'AWS::Cognito::UserPoolIdentityProvider')),
  });
};

/** @param scopesAsked some method asks for a scope that a resource server defines */
export const userPoolsOf = (assembly: Assembly, scopesAsked: boolean): readonly UserPoolEntry[] => {
  const pools = assembly.all('AWS::Cognito::UserPool');
  const byId = new Map(pools.map((pool) => [poolIdOf(pool), pool]));
  const under = (kind: string): ((poolId: string) => readonly Resource[]) =>
    assembly.under(`AWS::Cognito::UserPool${kind}`, 'UserPoolId', new Set(byId.keys()));
  const clients = under('Client');
  const servers = under('ResourceServer');
  const domains = under('Domain');
  const providers = under('IdentityProvider');
  return [...byId].map(([id, pool]) => ({
    arn: poolArnOf(pool),
    pool: toPool(
      {
        pool,
        clients: clients(id),
        servers: servers(id),
        domains: domains(id),
        providers: providers(id),
      },
      scopesAsked,
    ),
  }));
};
