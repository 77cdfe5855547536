import type { Place, Slices } from '../model/account';
import { parseUserPoolArn } from '../model/arn';
import { isKnown, unreadable, type Known, type Unreadable } from '../model/known';
import { providersOf, userPoolOf, type Provider } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import type { UserPool } from '../model/user-pool';
import { obtainableTokens, type ObtainableToken } from './tokens';

/** Who asks: pools of other accounts and of regions that this run does not read cannot be called missing (COG-19, COG-20). */
export type Reader = Place & { readonly scannedRegions: readonly string[] };

/** What stands behind one provider of a Cognito authorizer. */
export type Standing =
  | { readonly is: 'pool'; readonly pool: UserPool }
  /** The pool's tokens name an issuer that API Gateway does not accept (COG-24). */
  | { readonly is: 'updated-issuer'; readonly pool: UserPool }
  | { readonly is: 'missing' }
  /** A stage variable in the ARN is undefined (COG-23). */
  | { readonly is: 'undefined-variable' }
  /** Nothing exists there, and the ARN names another region than the pool's id: no token has that issuer (CLI-24). */
  | { readonly is: 'wrong-region'; readonly poolRegion: string }
  | { readonly is: 'unreadable'; readonly gap: Unreadable };

export interface TrustedPool {
  readonly provider: Provider;
  readonly standing: Standing;
}

/** The region that a pool's id begins with; `null` for ids of another form. */
export const regionOfPoolId = (poolId: string): string | null =>
  /^([a-z]{2,}(?:-[a-z]+)+-\d+)_[A-Za-z0-9]+$/.exec(poolId)?.[1] ?? null;

/** The region that the id in a pool's ARN begins with, where the ARN names another; `null` where they agree. */
export const strangeRegionOf = (arn: string): string | null => {
  const named = parseUserPoolArn(arn);
  const poolRegion = named === null ? null : regionOfPoolId(named.poolId);
  return poolRegion === named?.region ? null : poolRegion;
};

const outsideOf = (reader: Reader, arn: string): Unreadable | null => {
  const named = parseUserPoolArn(arn);
  const gap = (detail: string): Unreadable =>
    unreadable({ because: 'unsupported', operation: 'DescribeUserPool', subject: arn, detail });
  if (named === null) return gap(`${arn} is not the ARN of a user pool`);
  if (named.accountId !== reader.accountId) return gap(`the user pool ${arn} belongs to another account`);
  if (!reader.scannedRegions.includes(named.region)) {
    return gap(`the user pool ${arn} is in ${named.region}, which this run does not read`);
  }
  return null;
};

const standingOf = (arn: string, read: Known<UserPool | null>, reader: Reader): Standing => {
  if (!isKnown(read)) return { is: 'unreadable', gap: read };
  // A replica in another region answers under its own ARN (COG-25): what exists is not mistaken, whatever its id.
  if (read.value?.arn === arn) {
    return { is: read.value.issuerType === 'UPDATED' ? 'updated-issuer' : 'pool', pool: read.value };
  }
  const outside = outsideOf(reader, arn);
  if (outside !== null) return { is: 'unreadable', gap: outside };
  const poolRegion = strangeRegionOf(arn);
  return poolRegion === null ? { is: 'missing' } : { is: 'wrong-region', poolRegion };
};

/** The pools that an authorizer trusts, as a stage with these variables resolves them. */
export const trustedPools = (
  authorizer: Authorizer,
  variables: Readonly<Record<string, string>>,
  userPools: Slices['userPools'],
  reader: Reader,
): readonly TrustedPool[] =>
  providersOf(authorizer, variables).map((provider) => ({
    provider,
    standing:
      provider.arn === null
        ? { is: 'undefined-variable' }
        : standingOf(provider.arn, userPoolOf(userPools, provider.arn), reader),
  }));

/** Pools whose tokens the authorizer accepts. */
export const workingPools = (trusted: readonly TrustedPool[]): readonly UserPool[] =>
  trusted.flatMap(({ standing }) => (standing.is === 'pool' ? [standing.pool] : []));

/** Pools that nobody could look at. */
export const unreadPools = (trusted: readonly TrustedPool[]): readonly Unreadable[] =>
  trusted.flatMap(({ standing }) => (standing.is === 'unreadable' ? [standing.gap] : []));

/** The tokens that clients of the working pools can obtain, and what could not be read of pools and clients. */
export const tokenSupply = (
  trusted: readonly TrustedPool[],
): { readonly tokens: readonly ObtainableToken[]; readonly unknown: readonly Unreadable[] } => {
  const all = workingPools(trusted).map(obtainableTokens);
  return {
    tokens: all.flatMap(({ tokens }) => tokens),
    unknown: [...unreadPools(trusted), ...all.flatMap(({ unknown }) => unknown)],
  };
};
