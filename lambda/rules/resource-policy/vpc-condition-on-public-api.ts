import { bestCase } from '../../gateway/policy/best-case';
import { compilePolicy, type CompiledPolicy, type CompiledStatement } from '../../gateway/policy/compile';
import { evaluateCondition, readOperator } from '../../gateway/policy/conditions/condition';
import { isVpcKey, VPC_KEYS, type ContextKeys } from '../../gateway/policy/keys';
import { parsePolicy, type Condition, type JsonObject, type Statement } from '../../gateway/policy/parse';
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

/** A test that takes the key for granted, and shuts callers out where it is missing: an Allow that then fails, a Deny that then holds. */
const shutsOut =
  ({ effect }: Pick<Statement, 'effect'>) =>
  (condition: Condition): boolean =>
    isVpcKey(condition.key) &&
    readOperator(condition.operator)?.ifExists === false &&
    evaluateCondition(condition, ABSENT, false) === (effect === 'Deny');

const testsVpc = (statement: Statement): boolean => statement.conditions.some(shutsOut(statement));

/** The policy without those tests in these statements: Denies that have one go whole. */
const without = (
  { compiled, place, deployment }: PolicyView,
  statements: readonly CompiledStatement[],
): CompiledPolicy => {
  const Statement = compiled.statements.flatMap((one) => {
    const { statement } = one;
    if (!statements.includes(one)) return [statement.source];
    if (statement.effect === 'Deny') return [];
    return [withConditions(statement, (condition) => (shutsOut(statement)(condition) ? null : condition))];
  });
  const parsed = parsePolicy(JSON.stringify({ ...compiled.policy.document, Statement }));
  return parsed.kind === 'policy' ? compilePolicy(parsed.policy, place, deployment.api.id) : compiled;
};

const admits = (policy: CompiledPolicy, { question }: JudgedMethod): boolean =>
  bestCase(policy, question).verdict === 'admits';

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
  why: 'aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp are there only where a call comes through a VPC endpoint to a private API. On a public API an Allow that asks for one never matches, and a Deny for all but one VPC or endpoint matches everybody.',
  fix: [
    'Limit callers by aws:SourceIp in place of the VPC keys, and deploy the API.',
    'Or make the API private, if only callers in the VPC are meant.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
  ],
  facts: ['POL-24', 'POL-25', 'POL-33'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null || deployment.api.endpointTypes.includes('PRIVATE')) return;
    const mended = without(
      view,
      view.compiled.statements.filter(({ statement }) => testsVpc(statement)),
    );
    const methods = refusedFor(view, { vpc: true }, testsVpc).filter((judged) => admits(mended, judged));
    const suspects = statementsAbout(view, methods, testsVpc);
    if (suspects.length === 0) return;
    // An Allow that never holds keeps nobody out where another admits them.
    const denies = suspects.filter(({ statement }) => statement.effect === 'Deny');
    const spared = without(view, denies);
    const statements = methods.every((judged) => admits(spared, judged)) ? denies : suspects;
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
