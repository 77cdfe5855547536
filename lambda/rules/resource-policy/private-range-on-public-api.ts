import { isNeverPublic, parseBlock } from '../../gateway/policy/address';
import { bestCase } from '../../gateway/policy/best-case';
import { readOperator } from '../../gateway/policy/conditions/condition';
import type { CompiledStatement } from '../../gateway/policy/compile';
import type { Condition, JsonObject, Statement } from '../../gateway/policy/parse';
import { agree, listMethods, listNames } from '../phrases';
import {
  amendPolicy,
  amendStatements,
  conditionsOn,
  isOneOf,
  isRefused,
  labelStatements,
  openWithStatements,
  openPolicy,
  refusedFor,
  statementEvidence,
  statementsAbout,
  statementsKey,
  withConditions,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag } from '../verdict';

const isDead = (value: string): boolean => {
  const block = parseBlock(value);
  return block !== null && isNeverPublic(block);
};

const isAlive = (value: string): boolean => {
  const block = parseBlock(value);
  return block !== null && !isNeverPublic(block);
};

/** An allow-list of addresses: an Allow for them, or a Deny for all others. A Deny for private addresses does no harm. */
const isAllowList = (statement: Statement, { operator }: Condition): boolean => {
  const name = readOperator(operator)?.name;
  return name === (statement.effect === 'Allow' ? 'IpAddress' : 'NotIpAddress');
};

const listsOf = (statement: Statement): readonly Condition[] =>
  conditionsOn(statement, (key) => key === 'aws:sourceip').filter((condition) =>
    isAllowList(statement, condition),
  );

/** Lists of which no entry can match, and lists of which some can. */
const hasDead = (statement: Statement): boolean =>
  listsOf(statement).some(({ values }) => values.some(isDead) && !values.some(isAlive));
const isMixed = (statement: Statement): boolean =>
  listsOf(statement).some(({ values }) => values.some(isDead) && values.some(isAlive));

const deadIn = (statements: readonly CompiledStatement[]): readonly string[] => [
  ...new Set(
    statements.flatMap(({ statement }) => listsOf(statement).flatMap(({ values }) => values.filter(isDead))),
  ),
];

const STEP =
  'Put the public addresses that the callers have on the internet (such as those of their NAT gateways) in place of the private ones. If the callers are inside a VPC, make the API private instead.';

const withPublic = (statement: Statement): JsonObject =>
  withConditions(statement, (condition) =>
    listsOf(statement).includes(condition)
      ? {
          ...condition,
          values: [...condition.values.filter((value) => !isDead(value)), '<PUBLIC_CIDR_OF_CALLERS>'],
        }
      : condition,
  );

/** A caller at an address that no list of the policy names: does the policy let it through? Then dead entries cost nobody anything. */
const admitsUnlisted = (
  view: PolicyView,
  { question }: JudgedMethod,
  statements: readonly CompiledStatement[],
): boolean => {
  const without = {
    ...view.compiled,
    statements: view.compiled.statements.map((one) =>
      statements.includes(one) && one.statement.effect === 'Allow' ? { ...one, action: false as const } : one,
    ),
  };
  return (
    statements.every(({ statement }) => statement.effect === 'Allow') &&
    bestCase(without, question).verdict === 'admits'
  );
};

export default deploymentRule({
  id: 'resource-policy/private-range-on-public-api',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'The resource policy expects private source addresses on a public API',
  why: 'A public endpoint sees the address that a caller has on the internet. Private ranges such as 10.0.0.0/8 never arrive there, also not from a VPC, whose traffic leaves through a NAT gateway or an internet gateway with a public address.',
  fix: [
    'List the public addresses of the callers in aws:SourceIp, and deploy the API.',
    'Or make the API private and use aws:VpcSourceIp.',
  ],
  scanners: {
    asks: 'only listed addresses are allowed',
    checks: ['AWS Config sample rule API_GW_RESTRICTED_IP'],
    both: 'List the public addresses by which the callers reach the internet: on a public API no call comes from a private one.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html',
  ],
  facts: ['POL-28', 'POL-25'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null || deployment.api.endpointTypes.includes('PRIVATE')) return;
    const refused = refusedFor(view, { anySource: true }, hasDead);
    const only = statementsAbout(view, refused, hasDead);
    if (only.length > 0) {
      const isCulprit = isOneOf(view, only);
      const methods = refused.filter((judged) => statementsAbout(view, [judged], hasDead).length > 0);
      const plain = methods.map(({ method }) => method);
      yield flag({
        subject: view.subject,
        key: statementsKey(view, only),
        affected: affectedOf(deployment, plain),
        message: `${openWithStatements(only)} ${agree(only.length, 'admits', 'admit')} only ${listNames(deadIn(only))}, which no caller of a public API has, so nobody can call ${listMethods(plain)}.`,
        evidence: statementEvidence(view, only),
        fix: amendPolicy(view, methods, {
          step: STEP,
          change: (statement) => (isCulprit(statement) ? withPublic(statement) : statement.source),
        }),
      });
    }
    const admitted = view.methods.filter((judged) => !isRefused(judged));
    const mixed = statementsAbout(view, admitted, isMixed);
    const limited = admitted.filter(
      (judged) => statementsAbout(view, [judged], isMixed).length > 0 && !admitsUnlisted(view, judged, mixed),
    );
    if (limited.length === 0) return;
    const plain = limited.map(({ method }) => method);
    const dead = deadIn(mixed);
    yield flag({
      subject: view.subject,
      key: statementsKey(view, mixed),
      reach: 'some-calls',
      affected: affectedOf(deployment, plain),
      message: `${listNames(dead)} in ${labelStatements(mixed)} never ${agree(dead.length, 'matches', 'match')}: callers of a public API come from public addresses. Those whom ${agree(dead.length, 'it is', 'they are')} meant for cannot call ${listMethods(plain)}.`,
      evidence: statementEvidence(view, mixed),
      // The draft admits callers to these methods as well: that does not make it right.
      fix: amendStatements(view, mixed, { step: STEP, change: withPublic }),
    });
  },
});
