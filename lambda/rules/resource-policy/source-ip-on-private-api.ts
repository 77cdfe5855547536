import type { Statement } from '../../gateway/policy/parse';
import { agree, listMethods } from '../phrases';
import {
  amendPolicy,
  conditionsOn,
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

const isSourceIp = (key: string): boolean => key.toLowerCase() === 'aws:sourceip';

const testsSourceIp = (statement: Statement): boolean => conditionsOn(statement, isSourceIp).length > 0;

export default deploymentRule({
  id: 'resource-policy/source-ip-on-private-api',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'The resource policy of a private API tests aws:SourceIp, which the endpoint rewrites',
  why: "Calls of a private API come through a VPC endpoint, which puts another address in place of the caller's. aws:SourceIp therefore never holds the address of a client; aws:VpcSourceIp does.",
  fix: ['Test aws:VpcSourceIp in place of aws:SourceIp, with the same addresses, and deploy the API.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html',
  ],
  facts: ['POL-27', 'POL-25'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null || !deployment.api.endpointTypes.includes('PRIVATE')) return;
    const methods = refusedFor(view, { anySource: true }, testsSourceIp);
    const statements = statementsAbout(view, methods, testsSourceIp);
    if (statements.length === 0) return;
    const plain = methods.map(({ method }) => method);
    const isCulprit = isOneOf(view, statements);
    yield flag({
      subject: view.subject,
      key: statementsKey(view, statements),
      affected: affectedOf(deployment, plain),
      message: `${openWithStatements(statements)} ${agree(statements.length, 'tests', 'test')} aws:SourceIp, which never holds a client's address on a private API, so nobody can call ${listMethods(plain)}.`,
      evidence: statementEvidence(view, statements),
      fix: amendPolicy(view, methods, {
        step: 'Test aws:VpcSourceIp in place of aws:SourceIp.',
        change: (statement) =>
          isCulprit(statement)
            ? withConditions(statement, (condition) =>
                isSourceIp(condition.key) ? { ...condition, key: 'aws:VpcSourceIp' } : condition,
              )
            : statement.source,
      }),
    });
  },
});
