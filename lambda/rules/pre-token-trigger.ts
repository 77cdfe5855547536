import { obtainableTokens } from '../gateway/tokens';
import { unreadable, type Unreadable } from '../model/known';
import type { UserPool } from '../model/user-pool';

/** May the pool's pre token generation trigger put scopes into access tokens that its clients can obtain (CLI-1, CLI-2)? */
export const mayAddScopes = (pool: UserPool): boolean => {
  if (pool.preTokenGeneration === null || pool.preTokenGeneration === 'V1_0') return false;
  const { tokens, unknown } = obtainableTokens(pool);
  return unknown.length > 0 || tokens.some(({ scopesMayChange }) => scopesMayChange);
};

/** Only the code of the trigger says which scopes its tokens carry (CLI-4). */
export const triggerDecides = (pool: UserPool): Unreadable =>
  unreadable({
    because: 'unsupported',
    operation: 'DescribeUserPool',
    subject: `pre token generation trigger of user pool ${pool.id}`,
    detail: `the pre token generation trigger (${pool.preTokenGeneration ?? 'unknown version'}) of user pool ${pool.id} decides which scopes access tokens carry, and its code is not read`,
  });
