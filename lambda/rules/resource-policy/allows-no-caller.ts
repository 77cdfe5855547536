import type { JsonObject } from '../../gateway/policy/parse';
import { reachesCall, type CompiledStatement } from '../../gateway/policy/compile';
import { agree, listMethods } from '../phrases';
import {
  amendPolicy,
  callersCondition,
  isOneOf,
  labelStatements,
  openWithStatements,
  openPolicy,
  resourcesFor,
  statementEvidence,
  statementsAbout,
  untold,
  type Amendment,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { closedPreflights } from '../preflights';
import { deploymentRule } from '../rule';
import { NO_PUBLIC_ACCESS } from '../scanner-checks';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag, type Evidence } from '../verdict';

interface Cause {
  /** Part of the identity. */
  readonly key: string;
  readonly methods: readonly JudgedMethod[];
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly amendment: Amendment;
}

const allow = (resources: readonly string[], condition: JsonObject | null): JsonObject => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: resources,
  ...(condition === null ? {} : { Condition: condition }),
});

const denyOnly = (view: PolicyView, methods: readonly JudgedMethod[]): Cause => {
  const all = methods.length === view.methods.length;
  const plain = methods.map(({ method }) => method);
  const count = view.compiled.statements.length;
  return {
    key: 'no Allow',
    methods,
    message:
      count === 0
        ? `The policy has no statement, so nothing allows anyone to call ${listMethods(plain)}.`
        : `The policy has only Deny statements: what they do not deny is still not allowed, so nobody can call ${listMethods(plain)}.`,
    evidence: statementEvidence(view, view.compiled.statements.slice(0, 3)),
    amendment: {
      step: 'Allow what the Deny statements leave over.',
      add: [allow(all ? ['execute-api:/*'] : resourcesFor(view.deployment.stage.name, plain), null)],
    },
  };
};

/** Statements that would allow these methods, if their action were the one that calls need. */
const otherAction = (
  view: PolicyView,
  methods: readonly JudgedMethod[],
  statements: readonly CompiledStatement[],
): Cause => {
  const wanted = isOneOf(view, statements);
  return {
    key: 'other action',
    methods,
    message: `No Allow covers ${listMethods(methods.map(({ method }) => method))}; ${labelStatements(statements)} ${agree(statements.length, 'allows', 'allow')} something else than execute-api:Invoke.`,
    evidence: statementEvidence(view, statements),
    amendment: {
      step: 'Name the action that calls need, execute-api:Invoke, in the Allow.',
      change: (statement) => {
        if (!wanted(statement)) return statement.source;
        const { NotAction: _, ...rest } = statement.source;
        return {
          ...rest,
          Action: [
            ...(statement.actions?.not === false ? statement.actions.patterns : []),
            'execute-api:Invoke',
          ],
        };
      },
    },
  };
};

const uncovered = (view: PolicyView, methods: readonly JudgedMethod[]): Cause => {
  const plain = methods.map(({ method }) => method);
  const allows = view.compiled.statements.filter(({ statement }) => statement.effect === 'Allow');
  return {
    key: 'not covered',
    methods,
    message: `The resource policy is default deny, and no Allow covers ${listMethods(plain)}.`,
    evidence: statementEvidence(view, allows.slice(0, 3)),
    amendment: {
      step: `Allow ${listMethods(plain)} to the callers who should get in.`,
      add: [allow(resourcesFor(view.deployment.stage.name, plain), callersCondition(view, false))],
    },
  };
};

const unmet = (view: PolicyView, methods: readonly JudgedMethod[]): Cause => {
  const plain = methods.map(({ method }) => method);
  const statements = statementsAbout(view, methods, ({ effect }) => effect === 'Allow');
  return {
    key: 'not met',
    methods,
    message: `${openWithStatements(statements)} would allow ${listMethods(plain)}, but no caller who could exist meets ${agree(statements.length, 'its', 'their')} principal and conditions.`,
    evidence: statementEvidence(view, statements),
    amendment: {
      step: `Allow ${listMethods(plain)} to the callers who should get in.`,
      add: [allow(resourcesFor(view.deployment.stage.name, plain), callersCondition(view, false))],
    },
  };
};

const reaches = (view: PolicyView, statement: CompiledStatement, { question }: JudgedMethod): boolean =>
  question.verbs.some(
    (verb) =>
      reachesCall(statement, `${view.compiled.prefix}/${question.stage}/${verb}${question.template}`) !==
      false,
  );

/** Methods that the statements reach, and those that they do not. */
const splitBy = (
  view: PolicyView,
  methods: readonly JudgedMethod[],
  statements: readonly CompiledStatement[],
): readonly [reached: readonly JudgedMethod[], others: readonly JudgedMethod[]] => {
  const reached = methods.filter((judged) => statements.some((one) => reaches(view, one, judged)));
  return [reached, methods.filter((judged) => !reached.includes(judged))];
};

const causesOf = (view: PolicyView): readonly Cause[] => {
  const silent = view.methods.filter(({ best }) => best.verdict === 'no-allow');
  if (silent.length === 0) return [];
  const allows = view.compiled.statements.filter(({ statement }) => statement.effect === 'Allow');
  if (allows.length === 0) return [denyOnly(view, silent)];
  const preflights = new Set(closedPreflights(view));
  const left = silent.filter((judged) => !preflights.has(judged));
  const [covered, open] = splitBy(view, left, allows);
  // Of no effect on calls, as their action is something else than Invoke (POL-20).
  const others = allows.filter(({ action }) => action === false);
  const invoking = others.map((one): CompiledStatement => ({ ...one, action: true }));
  const [misnamed, bare] = splitBy(view, open, invoking);
  return [
    ...(misnamed.length === 0 ? [] : [otherAction(view, misnamed, others)]),
    ...(bare.length === 0 ? [] : [uncovered(view, bare)]),
    ...(covered.length === 0 ? [] : [unmet(view, covered)]),
  ];
};

export default deploymentRule({
  id: 'resource-policy/allows-no-caller',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'No Allow of the resource policy can match a call of the method',
  why: 'As soon as an API has a resource policy, methods without authorization and Cognito methods need an Allow in it; silence refuses. A policy that only denies therefore refuses everybody. For Lambda authorizers and signed callers of the own account silence is no refusal.',
  fix: [
    'Add an Allow for the callers who should get in, in the whole policy document, and deploy the API.',
    'Or delete the policy if it is not needed.',
  ],
  scanners: {
    ...NO_PUBLIC_ACCESS,
    both: 'Name the callers in an Allow, by address, account or VPC endpoint: that is not public, and they get in.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html',
  ],
  facts: ['POL-1', 'POL-5', 'POL-7', 'POL-20'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    yield* untold(view);
    for (const { key, methods, message, evidence, amendment } of causesOf(view)) {
      yield flag({
        subject: view.subject,
        key,
        affected: affectedOf(
          deployment,
          methods.map(({ method }) => method),
        ),
        message,
        evidence,
        fix: amendPolicy(view, methods, amendment),
      });
    }
  },
});
