import { readOperator } from '../../gateway/policy/conditions/condition';
import { isPrincipalKey, isVpcKey } from '../../gateway/policy/keys';
import type { Condition, JsonObject, Statement } from '../../gateway/policy/parse';
import { listMethods, listNames } from '../phrases';
import {
  amendPolicy,
  callersCondition,
  isOneOf,
  labelStatements,
  openPolicy,
  statementEvidence,
  statementsKey,
  untold,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { closedPreflights } from '../preflights';
import { deploymentRule } from '../rule';
import { NO_PUBLIC_ACCESS } from '../scanner-checks';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag } from '../verdict';

const isNegated = ({ operator }: Condition): boolean => readOperator(operator)?.name.includes('Not') ?? false;

/** `NotIpAddress aws:SourceIp 0.0.0.0`. */
const conditionText = ({ operator, key, values }: Condition): string =>
  `${operator} ${key} ${listNames(values)}`;

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  'aws:sourceip': '<CIDR_OF_CALLERS>',
  'aws:vpcsourceip': '<CIDR_OF_CALLERS>',
  'aws:sourcevpce': '<VPC_ENDPOINT_ID>',
  'aws:sourcevpc': '<VPC_ID>',
};

/** Whether calls of these methods carry the key, so that an exception by it can spare somebody (POL-24, POL-27). */
const isCarried = ({ deployment }: PolicyView, methods: readonly JudgedMethod[], key: string): boolean => {
  const isPrivate = deployment.api.endpointTypes.includes('PRIVATE');
  if (isVpcKey(key)) return isPrivate;
  if (key.toLowerCase() === 'aws:sourceip') return !isPrivate;
  return !isPrincipalKey(key) || methods.every(({ question }) => question.authorizationType === 'AWS_IAM');
};

/** The Deny with room for the intended callers: its own exceptions filled in anew, or an exception where it has none that can hold. */
const spared = (view: PolicyView, methods: readonly JudgedMethod[], statement: Statement): JsonObject => {
  const { Condition: _, ...rest } = statement.source;
  const { conditions } = statement;
  if (
    conditions.length === 0 ||
    !conditions.every((one) => isNegated(one) && isCarried(view, methods, one.key))
  ) {
    return { ...rest, Condition: callersCondition(view, true) };
  }
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key } of conditions) {
    block[operator] = {
      ...block[operator],
      [key]: [PLACEHOLDERS[key.toLowerCase()] ?? '<VALUE_OF_CALLERS>'],
    };
  }
  return { ...rest, Condition: block };
};

const groupByDeny = (methods: readonly JudgedMethod[]): ReadonlyMap<string, readonly JudgedMethod[]> => {
  const groups = new Map<string, readonly JudgedMethod[]>();
  for (const judged of methods) {
    const id = judged.best.denying.join(',');
    groups.set(id, [...(groups.get(id) ?? []), judged]);
  }
  return groups;
};

export default deploymentRule({
  id: 'resource-policy/denies-every-caller',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'A Deny of the resource policy matches every call',
  why: 'An explicit Deny ends a call whatever else allows it: a token, a signature, a Lambda authorizer. This one has no condition, or one that holds for every caller who could exist, so nobody is spared.',
  fix: [
    'Give the Deny an exception for the callers who should get in, in the whole policy document, and deploy the API.',
    'Or remove the Deny if nobody is to be kept out.',
  ],
  scanners: {
    ...NO_PUBLIC_ACCESS,
    both: 'Name the callers in an Allow, by address, account or VPC endpoint: that is not public, and they get in.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  ],
  facts: ['POL-1', 'POL-2', 'POL-5', 'POL-25', 'POL-32'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    yield* untold(view);
    const preflights = new Set(closedPreflights(view));
    const denied = view.methods.filter(
      (judged) => judged.best.verdict === 'explicit-deny' && !preflights.has(judged),
    );
    for (const methods of groupByDeny(denied).values()) {
      const places = methods[0]?.best.denying ?? [];
      const statements = places.flatMap((index) => view.compiled.statements[index] ?? []);
      const isCulprit = isOneOf(view, statements);
      const conditions = statements.flatMap(({ statement }) => statement.conditions);
      const affected = methods.map(({ method }) => method);
      const allowsSome = view.compiled.policy.statements.some(({ effect }) => effect === 'Allow');
      yield flag({
        subject: view.subject,
        key: statementsKey(view, statements),
        affected: affectedOf(deployment, affected),
        message: `The Deny of ${labelStatements(statements)} ${
          conditions.length === 0
            ? 'has no condition'
            : `holds for every caller who could exist (${conditions.slice(0, 3).map(conditionText).join('; ')})`
        }, so nobody can call ${listMethods(affected)}.`,
        evidence: statementEvidence(view, statements),
        fix: amendPolicy(view, methods, {
          step: `Give the Deny of ${labelStatements(statements)} an exception for the callers who should get in${
            allowsSome ? '' : ', and allow what it does not deny'
          }.`,
          change: (statement) => (isCulprit(statement) ? spared(view, methods, statement) : statement.source),
          add: allowsSome
            ? []
            : [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
        }),
      });
    }
  },
});
