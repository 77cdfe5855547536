import { bestCase } from '../../gateway/policy/best-case';
import { withPatterns, type CompiledStatement } from '../../gateway/policy/compile';
import { evaluateCondition } from '../../gateway/policy/conditions/condition';
import { isVpcKey, VPC_KEYS, type ContextKeys } from '../../gateway/policy/keys';
import type { Condition, JsonObject, Statement } from '../../gateway/policy/parse';
import { listMethods, listNames } from '../phrases';
import {
  amendPolicy,
  isOneOf,
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

const ABSENT: ContextKeys = new Map(VPC_KEYS.map((key) => [key, 'absent']));

/** A test that shuts callers out where the key is missing: an Allow that then fails, or a Deny that then holds, IfExists or not. */
const shutsOut =
  ({ effect }: Pick<Statement, 'effect'>) =>
  (condition: Condition): boolean =>
    isVpcKey(condition.key) && evaluateCondition(condition, ABSENT, false) === (effect === 'Deny');

const testsVpc = (statement: Statement): boolean => statement.conditions.some(shutsOut(statement));

/** The statements at fault: Denies alone, where without them the others admit callers. */
const culpritsOf = (
  { compiled }: PolicyView,
  statements: readonly CompiledStatement[],
  methods: readonly JudgedMethod[],
): readonly CompiledStatement[] => {
  const denies = statements.filter(({ statement }) => statement.effect === 'Deny');
  const spared = withPatterns(compiled, new Map(denies.map((one) => [compiled.statements.indexOf(one), []])));
  const suffices = methods.every(({ question }) => bestCase(spared, question).verdict === 'admits');
  return denies.length > 0 && suffices ? denies : statements;
};

/** The same limit in terms of a public API: the callers' addresses. */
const forPublic = (statement: Statement): JsonObject =>
  withConditions(statement, (condition) =>
    shutsOut(statement)(condition)
      ? {
          operator: statement.effect === 'Allow' ? 'IpAddress' : 'NotIpAddress',
          key: 'aws:SourceIp',
          values: ['<CIDR_OF_CALLERS>'],
        }
      : condition,
  );

export default deploymentRule({
  id: 'resource-policy/vpc-condition-on-public-api',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'The resource policy of a public API tests keys that only private APIs have',
  why: 'aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp are there only where a call comes through a VPC endpoint to a private API. On a public API an Allow that asks for one never matches, and a Deny for all but one VPC or endpoint matches everybody, also with IfExists.',
  fix: [
    'Limit callers by aws:SourceIp in place of the VPC keys, and deploy the API.',
    'Or make the API private, if only callers in the VPC are meant.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
  ],
  facts: ['POL-24', 'POL-25', 'POL-26', 'POL-33'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null || deployment.api.endpointTypes.includes('PRIVATE')) return;
    const methods = refusedFor(view, { vpc: true }, testsVpc);
    const statements = culpritsOf(view, statementsAbout(view, methods, testsVpc), methods);
    if (statements.length === 0) return;
    const plain = methods.map(({ method }) => method);
    const keys = [
      ...new Set(
        statements.flatMap(({ statement }) =>
          statement.conditions.filter(shutsOut(statement)).map(({ key }) => key),
        ),
      ),
    ];
    const isCulprit = isOneOf(view, statements);
    yield flag({
      subject: view.subject,
      key: statementsKey(view, statements),
      affected: affectedOf(deployment, plain),
      message: `${openWithStatements(statements)} of the policy of a public API ${statements.length === 1 ? 'tests' : 'test'} ${listNames(keys)}, which no call to it carries, so nobody can call ${listMethods(plain)}.`,
      evidence: [
        ...statementEvidence(view, statements),
        {
          operation: 'GetRestApis',
          field: 'endpointConfiguration.types',
          value: deployment.api.endpointTypes.join(', '),
        },
      ],
      fix: amendPolicy(view, methods, {
        step: 'Limit callers by their public addresses in place of the VPC keys. If only callers in the VPC are meant, make the API private instead.',
        change: (statement) => (isCulprit(statement) ? forPublic(statement) : statement.source),
      }),
    });
  },
});
