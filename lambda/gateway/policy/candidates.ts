import {
  contains,
  formatAddress,
  isNeverPublic,
  NEVER_PUBLIC,
  parseBlock,
  startsOf,
  type Block,
} from './address';
import { compileGlob, instantiate } from './glob';
import { isPrincipalKey, isVpcKey, type KeyValue } from './keys';
import type { Condition } from './parse';
import type { PolicyPlace } from './place';

/** Something a request may look like. `doubtful`: such requests may exist, but this API's configuration does not prove it. */
export interface Candidate {
  readonly value: KeyValue;
  readonly doubtful: boolean;
}

/** Beliefs about callers that are not so, to ask what a policy would admit if they were. */
export interface Pretence {
  /** Callers have AWS principals, and every Allow that names some names this one. */
  readonly signed?: boolean;
  /** The keys of private APIs are there. */
  readonly vpc?: boolean;
  /** Callers may have any source address, and the VPC endpoint does not rewrite it. */
  readonly anySource?: boolean;
}

export interface Circumstances {
  readonly place: PolicyPlace;
  readonly endpoint: 'public' | 'private';
  readonly dualstack: boolean;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS';
  readonly pretence: Pretence;
  /** A VPC endpoint's policy: every caller needs its Allow, and the owner of the API is a condition key. */
  readonly filters?: boolean;
}

const sure = (value: KeyValue): Candidate => ({ value, doubtful: false });
const present = (text: string): Candidate => sure([text]);
const ABSENT = sure('absent');
const UNKNOWN = sure('unknown');

const blocksOf = (values: readonly string[]): readonly Block[] =>
  values.map(parseBlock).filter((block) => block !== null);

const listedIn = (conditions: readonly Condition[]): readonly Block[] =>
  conditions.flatMap(({ values }) => blocksOf(values));

const EVERYTHING = blocksOf(['0.0.0.0/0', '::/0']);

/**
 * An address of each range that the policy tells from its neighbours: such a range begins where some block begins, or right behind one.
 * The ranges that nobody has are among the blocks, so that what is left of a block that holds some of them is still met.
 */
const addresses = (conditions: readonly Condition[], onlyPublic: boolean): readonly Block[] =>
  [...EVERYTHING, ...NEVER_PUBLIC, ...listedIn(conditions)]
    .flatMap(startsOf)
    .filter((address) => !onlyPublic || !isNeverPublic(address));

const fromAddresses = (found: readonly Block[], sixIsDoubtful: boolean): readonly Candidate[] =>
  found.map(({ family, first }) => ({
    value: [formatAddress(family, first)],
    doubtful: family === 6 && sixIsDoubtful,
  }));

/** Last address less first of what a policy lists at most, short of all addresses: of a `/8`, and of a `/16` of IPv6. */
const WIDEST = { 4: (1n << 24n) - 1n, 6: (1n << 112n) - 1n } as const;

/** The endpoint puts another address in place of the client's (POL-27): in no block that a policy would list, short of all addresses. */
const rewritten = (conditions: readonly Condition[]): readonly Candidate[] => {
  const listed = listedIn(conditions);
  if (listed.some(({ family, first, last }) => last - first > WIDEST[family])) return [UNKNOWN];
  return addresses(conditions, false)
    .filter((address) => !listed.some((block) => contains(block, address)))
    .map(({ family, first }) => present(formatAddress(family, first)));
};

/**
 * Texts that the policy's values describe, wildcards filled with nothing and with something, and one that none describes. What two
 * patterns describe together is filled in for neither, so where there are two, an unknown text stands for it.
 */
const texts = (conditions: readonly Condition[], fresh: string): readonly Candidate[] => {
  const globs = conditions.flatMap(({ operator, values }) =>
    values.map((value) => compileGlob(value, /Like|Arn/.test(operator))),
  );
  const found = globs.flatMap((glob) => [instantiate(glob, 'x'), instantiate(glob, '')]);
  const patterns = globs.filter(({ literal }) => literal === null);
  return [
    ...[...new Set([fresh, ...found])].map(present),
    ...(patterns.length > 1 ? [{ value: 'unknown', doubtful: true } as const] : []),
  ];
};

/** None at all, and each number that the policy names and one above it: whatever it tells apart, one of these is on each side. */
const numbers = (conditions: readonly Condition[]): readonly Candidate[] =>
  [0, ...conditions.flatMap(({ values }) => values.map(Number)).flatMap((value) => [value, value + 1])]
    .filter((value) => value >= 0)
    .map((value) => present(String(value)));

const principalCandidates = (
  key: string,
  conditions: readonly Condition[],
  at: string,
): readonly Candidate[] => {
  switch (key) {
    case 'aws:multifactorauthpresent':
      return [present('true'), present('false'), ABSENT];
    case 'aws:multifactorauthage':
      return [...numbers(conditions), ABSENT];
    case 'aws:tokenissuetime':
      return [present(at), ABSENT];
    case 'aws:principaltype':
      return [present('AssumedRole'), present('User'), ...texts(conditions, 'Account')];
    case 'aws:userid':
      return texts(conditions, 'AROAEXAMPLE:session');
    default:
      return [...texts(conditions, 'nobody-in-particular'), ABSENT];
  }
};

/** Null asks whether the key is there, and its values are no values of the key (POL-26). */
export const describesValues = ({ operator }: Condition): boolean => operator !== 'Null';

/** What a key may hold in requests that reach this API, one for each thing its conditions can tell apart. */
export const candidatesFor = (
  key: string,
  conditions: readonly Condition[],
  { place, endpoint, dualstack, authorizationType, pretence, filters }: Circumstances,
): readonly Candidate[] => {
  if (filters === true && key === 'aws:resourceaccount') return [present(place.accountId)];
  const hasVpcKeys = endpoint === 'private' || pretence.vpc === true;
  if (isVpcKey(key) && !hasVpcKeys) return [ABSENT];
  if (isPrincipalKey(key)) {
    return authorizationType === 'AWS_IAM' || pretence.signed === true
      ? principalCandidates(key, conditions, place.collectedAt)
      : [ABSENT];
  }
  switch (key) {
    case 'aws:currenttime':
      return [present(place.collectedAt)];
    case 'aws:epochtime':
      return [present(String(Math.floor(Date.parse(place.collectedAt) / 1000)))];
    case 'aws:securetransport':
      return [present('true')];
    case 'aws:sourceip':
      if (pretence.anySource === true) return fromAddresses(addresses(conditions, false), false);
      // IPv6 callers may come through a dual-stack domain even where the API itself has IPv4 only (POL-29).
      return endpoint === 'private'
        ? rewritten(conditions)
        : fromAddresses(addresses(conditions, true), !dualstack);
    case 'aws:vpcsourceip':
      return fromAddresses(addresses(conditions, false), false);
    case 'aws:sourcevpce':
      return texts(conditions, 'vpce-0fedcba9876543210');
    case 'aws:sourcevpc':
      return texts(conditions, 'vpc-0fedcba9876543210');
    case 'aws:referer':
    case 'aws:useragent':
      return [...texts(conditions, 'something else'), ABSENT];
    case 'execute-api:viadomainarn':
      return endpoint === 'private'
        ? [
            ...texts(
              conditions,
              `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:/domainnames/any.example+id`,
            ),
            ABSENT,
          ]
        : [ABSENT];
    default:
      return [UNKNOWN];
  }
};
