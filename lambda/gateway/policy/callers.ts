import { parseArn } from '../../model/arn';
import { describesValues, type Circumstances } from './candidates';
import { compileGlob, instantiate, intersect } from './glob';
import type { KeyValue } from './keys';
import type { Condition, Policy } from './parse';
import type { PolicyPlace } from './place';
import { accountNamed, ANONYMOUS, type Caller } from './principal';

/** A caller of an AWS_IAM method, with the keys that follow from who it is. */
export interface CallerCandidate {
  readonly caller: Caller;
  readonly keys: ReadonlyMap<string, KeyValue>;
  /** Another account's caller needs the policy's Allow on top of its own (POL-4). */
  readonly needsAllow: boolean;
  /** Stands for callers who may be no others than these. */
  readonly doubtful: boolean;
}

const MOST_CALLERS = 512;
const CALLER_KEYS = /^aws:(principalarn|principalaccount|username)$/i;
const ELSEWHERE = '999988887777';

const callerOf = (arnText: string, place: PolicyPlace): CallerCandidate | null => {
  const arn = parseArn(arnText);
  if (arn === null || !/^\d{12}$/.test(arn.accountId)) return null;
  const { accountId } = arn;
  const [kind, ...names] = arn.resource.split('/');
  const name = (kind === 'assumed-role' ? names.slice(0, 1) : names.slice(-1)).join('');
  const roleArn = kind === 'assumed-role' ? `arn:${arn.partition}:iam::${accountId}:role/${name}` : arnText;
  const self =
    kind === 'role' ? `arn:${arn.partition}:sts::${accountId}:assumed-role/${name}/session` : arnText;
  return {
    caller: { kind: 'aws', arn: self, accountId },
    keys: new Map<string, KeyValue>([
      ['aws:principalarn', [roleArn]],
      ['aws:principalaccount', [accountId]],
      ['aws:username', kind === 'user' ? [name] : 'absent'],
    ]),
    needsAllow: accountId !== place.accountId,
    doubtful: false,
  };
};

/** Somebody of whom nothing is known: stands for callers that conditions describe and none of the others is. */
const SOMEBODY: CallerCandidate = {
  caller: { kind: 'unknown' },
  keys: new Map(),
  needsAllow: false,
  doubtful: true,
};

interface Described {
  readonly arns: readonly string[];
  /** Whether callers that match these values, and no more, are among them for sure. */
  readonly all: boolean;
}

const ACCOUNT = /\b\d{12}\b/g;

/** Callers whose ARN, account or name a condition may ask for. */
const describedBy = (conditions: readonly Condition[], place: PolicyPlace): Described => {
  const asked = conditions.filter((one) => CALLER_KEYS.test(one.key) && describesValues(one));
  const values = asked.flatMap(({ key, values: some }) =>
    some.map((value) => [key.toLowerCase(), value] as const),
  );
  const accounts = new Set([
    place.accountId,
    ELSEWHERE,
    ...values.flatMap(([, value]) => [...value.matchAll(ACCOUNT)].map(([account]) => account)),
  ]);
  const iam = (accountId: string): string => `arn:${place.partition}:iam::${accountId}:`;
  const found = values.map(([key, value]): readonly (string | null)[] => {
    const glob = compileGlob(value);
    const text = instantiate(glob, 'x');
    if (key === 'aws:username') return [...accounts].map((id) => `${iam(id)}user/${text}`);
    if (glob.literal !== null) return [text];
    return [
      text,
      ...[...accounts].flatMap((id) => [
        intersect(glob, `${iam(id)}role/`, '{name+}'),
        intersect(glob, `${iam(id)}user/`, '{name+}'),
        intersect(glob, `${iam(id)}root`, ''),
      ]),
    ];
  });
  const [pattern, ...more] = values.filter(([, value]) => compileGlob(value).literal === null);
  return {
    arns: found.flat().filter((arn) => arn !== null),
    // Two patterns may share callers that neither was filled in for, and one may ask for accounts of which none was tried.
    all: pattern === undefined || (more.length === 0 && pattern[0] !== 'aws:principalaccount'),
  };
};

/** Callers that a policy can tell apart: those it names or describes, whole accounts, and one of this and one of another account that it does not. */
export const callerCandidates = (
  policy: Policy,
  { place, authorizationType, filters }: Circumstances,
): readonly CallerCandidate[] => {
  if (authorizationType !== 'AWS_IAM') {
    return [{ caller: ANONYMOUS, keys: new Map(), needsAllow: false, doubtful: false }];
  }
  const iam = (accountId: string): string => `arn:${place.partition}:iam::${accountId}`;
  const described = describedBy(
    policy.statements.flatMap(({ conditions }) => conditions),
    place,
  );
  const named = policy.statements.flatMap(({ principal }) =>
    (principal?.entries ?? []).map(({ value }) => value),
  );
  const arns = new Set([
    `${iam(place.accountId)}:role/any`,
    `${iam(place.accountId)}:user/any`,
    `${iam(ELSEWHERE)}:role/any`,
    ...[...named, ...described.arns].flatMap((name) => {
      const account = accountNamed(name);
      return account === null ? [name] : [`${iam(account)}:role/any`, `${iam(account)}:root`];
    }),
  ]);
  const callers = [...arns]
    .slice(0, MOST_CALLERS)
    .map((arn) => callerOf(arn, place))
    .filter((caller) => caller !== null)
    .map((caller) => (filters === true ? { ...caller, needsAllow: true } : caller));
  return described.all && arns.size <= MOST_CALLERS ? callers : [...callers, SOMEBODY];
};
