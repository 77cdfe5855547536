import { evaluateConditions, variablesIn } from './conditions/condition';
import type { ContextKeys } from './keys';
import { statementLabel, type Policy, type Statement } from './parse';
import { matchPrincipal, namesAccountAlone, type Caller } from './principal';
import { apiPrefix, matchActions, matchResources, readResource } from './resource';
import { all, any, type Truth } from './truth';

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
  /** One sentence for people. */
  readonly because: string;
}

const matchStatement = (statement: Statement, policy: Policy, context: PolicyContext): Truth => {
  const { principal, actions, resources, doubt } = statement;
  const variables = policy.variables ? variablesIn(context.keys) : null;
  const prefix = apiPrefix(context.resource);
  return all([
    // A statement that lacks one of the three is in doubt.
    doubt === null ? true : 'unknown',
    principal === null || matchPrincipal(principal, context.principal),
    actions === null || matchActions(actions, context.action),
    resources === null ||
      matchResources(
        resources.patterns.map((pattern) => readResource(pattern, prefix, variables)),
        resources.not,
        context.resource,
      ),
    evaluateConditions(statement.conditions, context.keys, policy.variables),
  ]);
};

const openBecause = (statement: Statement): string =>
  statement.doubt === null
    ? `whether ${statementLabel(statement)} of the policy applies depends on what configuration does not show`
    : `${statementLabel(statement)} of the policy cannot be evaluated: ${statement.doubt}`;

interface Side {
  readonly matches: Truth;
  /** The statements that make it so; none where none matches. */
  readonly statements: readonly Statement[];
}

/** What a policy says of one request: an explicit Deny wins, then an Allow; else it is silent. */
export const evaluatePolicy = (policy: Policy, context: PolicyContext): PolicyVerdict => {
  const told = policy.statements
    .map((statement) => ({ statement, matched: matchStatement(statement, policy, context) }))
    .filter(({ matched }) => matched !== false);
  const sideOf = (effect: Statement['effect']): Side => {
    const own = told.filter(({ statement }) => statement.effect === effect);
    const matches = any(own.map(({ matched }) => matched));
    return {
      matches,
      statements: own.filter(({ matched }) => matched === matches).map(({ statement }) => statement),
    };
  };
  const [deny, allow] = [sideOf('Deny'), sideOf('Allow')];
  const isDelegated = allow.statements.every(
    ({ principal }) => principal !== null && namesAccountAlone(principal, context.principal),
  );
  const base = {
    denies: deny.matches,
    allows: allow.matches,
    delegated: allow.matches === true && isDelegated,
  };
  const [denying, allowing] = [deny.statements[0], allow.statements[0]];
  if (denying !== undefined) {
    return deny.matches === true
      ? { ...base, verdict: 'explicit-deny', because: `${statementLabel(denying)} of the policy denies it` }
      : { ...base, verdict: 'cannot-tell', because: openBecause(denying) };
  }
  if (allowing === undefined) {
    return { ...base, verdict: 'silent', because: 'no statement of the policy matches it' };
  }
  return allow.matches === true
    ? { ...base, verdict: 'allow', because: `${statementLabel(allowing)} of the policy allows it` }
    : { ...base, verdict: 'cannot-tell', because: openBecause(allowing) };
};
