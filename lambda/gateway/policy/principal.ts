import { parseArn } from '../../model/arn';
import type { PrincipalClause } from './parse';
import { any, not, type Truth } from './truth';

/** Who calls, as the policy sees it. Callers of NONE, CUSTOM and Cognito methods are anonymous (POL-9). */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** A signed call of which it is not known who signed it. */
  | { readonly kind: 'unknown' }
  /** A signed call. `arn` of the user, the role, the role's session or the account's root. */
  | { readonly kind: 'aws'; readonly arn: string; readonly accountId: string };

export const ANONYMOUS: Caller = { kind: 'anonymous' };

const lastOf = (resource: string): string => resource.split('/').at(-1) ?? '';

/** The name of the role behind `arn:…:role/path/NAME` or `arn:…:assumed-role/NAME/session`. */
const roleNameOf = (resource: string): string | null => {
  if (resource.startsWith('role/')) return lastOf(resource);
  return resource.startsWith('assumed-role/') ? (resource.split('/')[1] ?? null) : null;
};

/** Twelve digits or the account's root ARN: everyone whom that account lets call. */
export const accountNamed = (entry: string): string | null => {
  if (/^\d{12}$/.test(entry)) return entry;
  const arn = parseArn(entry);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.accountId : null;
};

const isSame = (entry: string, caller: Extract<Caller, { kind: 'aws' }>): Truth => {
  if (entry === caller.arn) return true;
  const [wanted, has] = [parseArn(entry), parseArn(caller.arn)];
  // A deleted user or role has turned into an AIDA… or AROA… id and matches nobody any more (POL-13).
  if (wanted === null) return /^[A-Z0-9]{16,}$/.test(entry) ? false : 'unknown';
  // AWS refuses a principal with wildcards other than "*" alone.
  if (entry.includes('*') || entry.includes('?')) return 'unknown';
  if (has === null || wanted.accountId !== has.accountId) return false;
  if (roleNameOf(wanted.resource) !== roleNameOf(has.resource)) return false;
  // A role covers its sessions; whether a role that calls will be in the session that is named is open.
  return wanted.resource.startsWith('role/') ? true : has.resource.startsWith('role/') ? 'unknown' : false;
};

const principalsOf = (clause: PrincipalClause): readonly string[] =>
  clause.entries.filter(({ type }) => type === 'AWS').map(({ value }) => value);

const lists = (clause: PrincipalClause, caller: Caller): Truth => {
  if (clause.anyone) return true;
  const names = principalsOf(clause);
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'unknown':
      return names.length === 0 ? false : 'unknown';
    case 'aws':
      return any(
        names.map((name) => {
          const account = accountNamed(name);
          return account === null ? isSame(name, caller) : account === caller.accountId;
        }),
      );
  }
};

/**
 * Is the statement about this caller? With NotPrincipal AWS wants the account and the caller itself listed before it spares a caller
 * (IAM user guide, NotPrincipal), and of a role's session the session; where only some of them are, the answer is unknown.
 */
export const matchPrincipal = (clause: PrincipalClause, caller: Caller): Truth => {
  const listed = lists(clause, caller);
  if (!clause.not) return listed;
  if (listed === false || clause.anyone || caller.kind !== 'aws') return not(listed);
  const names = principalsOf(clause);
  const isSpared =
    names.includes(caller.arn) && names.some((name) => accountNamed(name) === caller.accountId);
  return isSpared ? false : 'unknown';
};

/** A statement about this caller: does it name no more than the whole account, which leaves the last word to the identity's own policies? */
export const namesAccountAlone = (clause: PrincipalClause, caller: Caller): boolean =>
  !clause.not &&
  !clause.anyone &&
  caller.kind === 'aws' &&
  !principalsOf(clause).some((name) => accountNamed(name) === null && isSame(name, caller) === true);
