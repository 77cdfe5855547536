import { readOperator } from '../../gateway/policy/conditions/condition';
import { isVpcKey } from '../../gateway/policy/keys';
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
} from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag } from '../verdict';

/** A test that takes it for granted that the key is there. */
const needsKey = ({ key, operator }: Condition): boolean =>
  isVpcKey(key) && readOperator(operator)?.ifExists === false;

const testsVpc = (statement: Statement): boolean => statement.conditions.some(needsKey);

/** The same limit in terms of a public API: the callers' addresses. */
const forPublic = (statement: Statement): JsonObject =>
  withConditions(statement, (condition) =>
    needsKey(condition)
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
    const methods = refusedFor(view, { vpc: true }, testsVpc);
    const statements = statementsAbout(view, methods, testsVpc);
    if (statements.length === 0) return;
    const plain = methods.map(({ method }) => method);
    const keys = [
      ...new Set(
        statements.flatMap(({ statement }) => statement.conditions.filter(needsKey).map(({ key }) => key)),
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
