import { evaluateConditions } from './conditions/condition';
import { keyValue, type ContextKeys } from './keys';
import { statementLabel, type Policy, type Statement } from './parse';
import { matchPrincipal, type Caller } from './principal';
import { apiPrefix, matchActions, matchResources, readResource } from './resource';
import { all, type Truth } from './truth';

/** One request as a policy sees it. */
export interface PolicyContext {
  readonly principal: Caller;
  /** `execute-api:Invoke`. */
  readonly action: string;
  /** `arn:P:execute-api:R:ACCT:APIID/STAGE/VERB/path`, the real path (POL-15, POL-19). */
  readonly resource: string;
  readonly keys: ContextKeys;
}

export interface PolicyVerdict {
  readonly verdict: 'allow' | 'explicit-deny' | 'silent' | 'cannot-tell';
  /** Does a Deny, does an Allow match? What the verdict is made of; the combination with the identity asks for it. */
  readonly denies: Truth;
  readonly allows: Truth;
  /** The only Allow that matches names the whole account, which leaves the decision to the identity's own policies. */
  readonly delegated: boolean;
  /** The statement that decides, or that leaves it open. */
  readonly statement: { readonly index: number; readonly sid: string | null } | null;
  /** One sentence for people. */
  readonly because: string;
}

export const matchStatement = (statement: Statement, policy: Policy, context: PolicyContext): Truth => {
  const { principal, actions, resources, doubt } = statement;
  const variables = policy.variables
    ? (name: string): string | null => {
        const value = keyValue(context.keys, name);
        return typeof value === 'string' ? null : value.length === 1 ? (value[0] ?? null) : null;
      }
    : null;
  const prefix = apiPrefix(context.resource);
  return all([
    doubt === null ? true : 'unknown',
    principal === null ? 'unknown' : matchPrincipal(principal, context.principal).matched,
    actions === null ? 'unknown' : matchActions(actions, context.action),
    resources === null
      ? 'unknown'
      : matchResources(
          resources.patterns.map((pattern) => readResource(pattern, prefix, variables)),
          resources.not,
          context.resource,
        ),
    evaluateConditions(statement.conditions, context.keys, policy.variables),
  ]);
};

const isDelegated = (statement: Statement, caller: Caller): boolean =>
  statement.principal !== null && matchPrincipal(statement.principal, caller).byAccountOnly;

const openBecause = (statement: Statement): string =>
  statement.doubt === null
    ? `whether ${statementLabel(statement)} of the policy applies depends on what configuration does not show`
    : `${statementLabel(statement)} of the policy cannot be evaluated: ${statement.doubt}`;

const at = (statement: Statement | null): PolicyVerdict['statement'] =>
  statement === null ? null : { index: statement.index, sid: statement.sid };

/** What a policy says of one request: an explicit Deny wins, then an Allow; else it is silent. */
export const evaluatePolicy = (policy: Policy, context: PolicyContext): PolicyVerdict => {
  let denies: Truth = false;
  let allows: Truth = false;
  let denying: Statement | null = null;
  let allowing: Statement | null = null;
  let delegated = true;
  for (const statement of policy.statements) {
    const matched = matchStatement(statement, policy, context);
    if (matched === false) continue;
    if (statement.effect === 'Deny') {
      if (denies === true || (denies === 'unknown' && matched === 'unknown')) continue;
      denies = matched;
      denying = statement;
    } else {
      if (matched === true) delegated &&= isDelegated(statement, context.principal);
      if (allows === true || (allows === 'unknown' && matched === 'unknown')) continue;
      allows = matched;
      allowing = statement;
    }
  }
  const base = { denies, allows, delegated: allows === true && delegated };
  if (denies === true && denying !== null) {
    return {
      ...base,
      verdict: 'explicit-deny',
      statement: at(denying),
      because: `${statementLabel(denying)} of the policy denies it`,
    };
  }
  const open = denying ?? (allows === 'unknown' ? allowing : null);
  if (open !== null)
    return { ...base, verdict: 'cannot-tell', statement: at(open), because: openBecause(open) };
  if (allowing === null) {
    return { ...base, verdict: 'silent', statement: null, because: 'no statement of the policy matches it' };
  }
  return {
    ...base,
    verdict: 'allow',
    statement: at(allowing),
    because: `${statementLabel(allowing)} of the policy allows it`,
  };
};
