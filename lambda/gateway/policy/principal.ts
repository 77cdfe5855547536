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
  const [role, session] = [roleNameOf(wanted.resource), roleNameOf(has.resource)];
  if (role === null || session === null || role !== session) return false;
  // A role covers its sessions; whether a role that calls will be in the session that is named is open.
  return wanted.resource.startsWith('role/') ? true : has.resource.startsWith('role/') ? 'unknown' : false;
};

/** `account`: only the whole account is named, which leaves the last word to the identity's own policies. */
export interface PrincipalMatch {
  readonly matched: Truth;
  readonly byAccountOnly: boolean;
}

const listed = (clause: PrincipalClause, caller: Caller): PrincipalMatch => {
  if (clause.anyone) return { matched: true, byAccountOnly: false };
  if (caller.kind === 'anonymous') return { matched: false, byAccountOnly: false };
  const names = clause.entries.filter(({ type }) => type === 'AWS').map(({ value }) => value);
  if (caller.kind === 'unknown') {
    return { matched: names.length === 0 ? false : 'unknown', byAccountOnly: false };
  }
  const itself = any(names.map((name) => (accountNamed(name) === null ? isSame(name, caller) : false)));
  const account = names.some((name) => accountNamed(name) === caller.accountId);
  return { matched: any([itself, account]), byAccountOnly: account && itself !== true };
};

/**
 * Is the statement about this caller? With NotPrincipal AWS wants the account and the caller itself listed before it spares a caller
 * (IAM user guide, NotPrincipal), and of a role's session the session; where only some of them are, the answer is unknown.
 */
export const matchPrincipal = (clause: PrincipalClause, caller: Caller): PrincipalMatch => {
  const match = listed(clause, caller);
  if (!clause.not) return match;
  if (clause.anyone || caller.kind !== 'aws') return { matched: not(match.matched), byAccountOnly: false };
  if (match.matched === false) return { matched: true, byAccountOnly: false };
  const accountToo = clause.entries.some(({ value }) => accountNamed(value) === caller.accountId);
  const spared = accountToo && clause.entries.some(({ value }) => value === caller.arn);
  return { matched: spared ? false : 'unknown', byAccountOnly: false };
};
