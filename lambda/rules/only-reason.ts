import { opens, tokensOfClient } from '../gateway/tokens';
import { tokenSupply, workingPools } from '../gateway/trusted-pools';
import type { Unreadable } from '../model/known';
import type { Method } from '../model/method';
import type { AppClientSettings } from '../model/user-pool';
import { needsOf, type ClientInUse } from './clients-in-use';
import { splitByToken } from './cognito-guards';
import { mayAddScopes } from './pre-token-trigger';

export interface Loss {
  /** Methods that no client can call and this one could: the setting is the only reason. */
  readonly alone: readonly Method[];
  /** Methods that this client could call and cannot. */
  readonly own: readonly Method[];
  /** What may hide further methods, or other clients that can call them. */
  readonly gaps: readonly Unreadable[];
}

/** What a client loses by a setting, compared with the client as it would be. */
export const lossOf = (inUse: ClientInUse, mended: AppClientSettings): Loss => {
  const { pool, client, settings } = inUse;
  const has = tokensOfClient(pool, client, settings);
  const wouldHave = tokensOfClient(pool, client, mended);
  const alone = new Set<Method>();
  const own = new Set<Method>();
  const gaps = new Set<Unreadable>();
  for (const { methods, trusted } of inUse.guards) {
    const { tokens, unknown } = tokenSupply(trusted);
    for (const gap of [...unknown, ...splitByToken(methods).gaps]) gaps.add(gap);
    const pools = workingPools(trusted);
    const triggered = pools.some(mayAddScopes);
    for (const { method, scopes } of needsOf(methods)) {
      const opened = wouldHave.some((token) => opens(token, scopes));
      if (!opened || has.some((token) => opens(token, scopes))) continue;
      own.add(method);
      const certain = unknown.length === 0 && pools.includes(pool) && (scopes.length === 0 || !triggered);
      if (certain && !tokens.some((token) => opens(token, scopes))) alone.add(method);
    }
  }
  return { alone: [...alone], own: [...own], gaps: [...gaps] };
};
