import type { PolicyVerdict } from './evaluate';
import type { Truth } from './truth';

/** What the other side says: the caller's own IAM policies, or the authorizer's answer. */
export type IdentityVerdict = 'allow' | 'silent' | 'deny' | 'cannot-tell';

/** What the resource policy says, as far as the combination asks; `none`: there is no policy. */
export type PolicyAnswer = Pick<PolicyVerdict, 'denies' | 'allows' | 'delegated'> | 'none';

export interface Combination {
  /** NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS; another type is "cannot tell". */
  readonly authorizationType: string;
  readonly endpoint: 'public' | 'private';
  /** The signed caller's account against the API's; `anonymous` off AWS_IAM. */
  readonly caller: 'anonymous' | 'same-account' | 'other-account' | 'cannot-tell';
  /** `allow` for NONE, which asks for nothing. For Cognito: was the token good? */
  readonly identity: IdentityVerdict;
  readonly policy: PolicyAnswer;
}

export interface Outcome {
  readonly outcome: 'admitted' | 'refused' | 'cannot-tell';
  /** Of a refusal: does a Deny say so, or nothing allow it? `null` where it may be either, or is no refusal. */
  readonly how: 'explicit' | 'implicit' | null;
  /** The facts that decide. */
  readonly facts: readonly string[];
}

type Verdict = 'allow' | 'silent' | 'deny';
type Cell = 'admitted' | 'explicit' | 'implicit';

/** Same account, and Lambda authorizers: either side's Allow is enough (POL-2, POL-3). */
export const tableA = (identity: Verdict, policy: Verdict): Cell => {
  if (identity === 'deny' || policy === 'deny') return 'explicit';
  return identity === 'allow' || policy === 'allow' ? 'admitted' : 'implicit';
};

/** Other accounts, and Cognito: both sides must allow (POL-4, POL-5). */
export const tableB = (identity: Verdict, policy: Verdict): Cell => {
  if (identity === 'deny' || policy === 'deny') return 'explicit';
  return identity === 'allow' && policy === 'allow' ? 'admitted' : 'implicit';
};

const verdictsOf = (denies: Truth, allows: Truth): readonly Verdict[] => {
  if (denies === true) return ['deny'];
  const rest: readonly Verdict[] = allows === 'unknown' ? ['allow', 'silent'] : [allows ? 'allow' : 'silent'];
  return denies === 'unknown' ? ['deny', ...rest] : rest;
};

const identitiesOf = (identity: IdentityVerdict): readonly Verdict[] =>
  identity === 'cannot-tell' ? ['allow', 'silent', 'deny'] : [identity];

const cellsOf = ({ authorizationType, caller, identity, policy }: Combination): readonly Cell[] => {
  const policies = policy === 'none' ? (['silent'] as const) : verdictsOf(policy.denies, policy.allows);
  const cross = (table: typeof tableA): readonly Cell[] =>
    identitiesOf(identity).flatMap((left) => policies.map((right) => table(left, right)));
  switch (authorizationType) {
    case 'NONE':
    case 'COGNITO_USER_POOLS':
      // Without a policy an API lets through whom its method admits; with one, both must allow (POL-1, POL-5).
      return cross(policy === 'none' ? tableA : tableB);
    case 'CUSTOM':
      return cross(tableA);
    case 'AWS_IAM': {
      // An Allow for the whole account only hands the question to the identity's policies.
      const delegated = policy !== 'none' && policy.delegated;
      const same = cross(delegated ? tableB : tableA);
      const other = cross(tableB);
      return caller === 'same-account' ? same : caller === 'other-account' ? other : [...same, ...other];
    }
    default:
      return [];
  }
};

const FACTS: Readonly<Record<string, readonly string[]>> = {
  NONE: ['POL-1'],
  CUSTOM: ['POL-2'],
  AWS_IAM: ['POL-3', 'POL-4'],
  COGNITO_USER_POOLS: ['POL-5'],
};

/** Who gets in, given both sides (tables A and B of API Gateway's authorization flow). */
export const combine = (given: Combination): Outcome => {
  if (given.endpoint === 'private' && given.policy === 'none') {
    return { outcome: 'refused', how: 'implicit', facts: ['PRV-1'] };
  }
  const facts = FACTS[given.authorizationType] ?? [];
  const cells = new Set(cellsOf(given));
  const [refusal, ...others] = [...cells].filter((cell) => cell !== 'admitted');
  const isOpen = cells.has('admitted');
  if (refusal !== undefined && !isOpen) {
    return { outcome: 'refused', how: others.length === 0 ? refusal : null, facts };
  }
  return { outcome: refusal === undefined && isOpen ? 'admitted' : 'cannot-tell', how: null, facts };
};

/** Before a Lambda authorizer runs, an explicit Deny of the policy ends the call; silence does not (POL-2, ORD-12). */
export const precheck = (policy: PolicyAnswer): 'refused' | 'goes-on' | 'cannot-tell' => {
  if (policy === 'none' || policy.denies === false) return 'goes-on';
  return policy.denies === true ? 'refused' : 'cannot-tell';
};
