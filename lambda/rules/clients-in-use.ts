import type { Reader } from '../gateway/trusted-pools';
import type { Slices } from '../model/account';
import type { Deployment } from '../model/deployment';
import { isKnown, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import type { AppClient, AppClientSettings } from '../model/user-pool';
import { poolsInUse, splitByToken, type PoolInUse } from './cognito-guards';

/** An app client whose tokens some authorizer in use accepts. */
export interface ClientInUse extends PoolInUse {
  readonly client: AppClient;
  readonly settings: AppClientSettings;
}

/** The app clients behind the authorizers of a deployment; `gaps` holds what may hide others. */
export const clientsInUse = (
  deployment: Deployment,
  userPools: Slices['userPools'],
  reader: Reader,
): { readonly clients: readonly ClientInUse[]; readonly gaps: readonly Unreadable[] } => {
  const { pools, gaps } = poolsInUse(deployment, userPools, reader);
  const clients: ClientInUse[] = [];
  const found = new Set(gaps);
  for (const inUse of pools) {
    if (!isKnown(inUse.pool.clients)) {
      found.add(inUse.pool.clients);
      continue;
    }
    for (const client of inUse.pool.clients.value) {
      if (isKnown(client.settings)) clients.push({ ...inUse, client, settings: client.settings.value });
      else found.add(client.settings);
    }
  }
  return { clients, gaps: [...found] };
};

/** A method with the scopes that say which token it takes: none, an ID token. */
export interface Need {
  readonly method: Method;
  readonly scopes: readonly string[];
}

/** What the methods ask of tokens, those left out that do not say. */
export const needsOf = (methods: readonly Method[]): readonly Need[] => {
  const { scoped, scopeless } = splitByToken(methods);
  return [...scopeless.map((method) => ({ method, scopes: [] })), ...scoped];
};
