import { isPrincipalKey } from '../../gateway/policy/keys';
import type { JsonObject, Statement } from '../../gateway/policy/parse';
import { isKnown } from '../../model/known';
import { aws, patches, redeploy } from '../commands';
import { methodsRead, resourceIdOf } from '../keyed-methods';
import { agree, listMethods, listNames } from '../phrases';
import {
  amendPolicy,
  conditionsOn,
  openWithStatements,
  openPolicy,
  refusedFor,
  resourcesFor,
  statementEvidence,
  statementsAbout,
  statementsKey,
  withConditions,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, flag, type FixStep } from '../verdict';

/** An Allow that only signed callers can meet. */
const wantsSignature = (statement: Statement): boolean => {
  if (statement.effect !== 'Allow') return false;
  const names = statement.principal !== null && !statement.principal.not && !statement.principal.anyone;
  return names || conditionsOn(statement, isPrincipalKey).length > 0;
};

/** `the principal arn:aws:iam::…:role/x`, `the condition key aws:PrincipalOrgID`. */
const wantsOf = (statement: Statement): readonly string[] => [
  ...(statement.principal?.anyone === false ? statement.principal.entries.map(({ value }) => value) : []),
  ...conditionsOn(statement, isPrincipalKey).map(({ key }) => key),
];

/** The same Allow for anonymous callers of some methods only: what it asks of the principal falls away, all else stays. */
const forAnonymous = (statement: Statement, stage: string, methods: readonly JudgedMethod[]): JsonObject => {
  const {
    NotResource: _,
    Sid: __,
    ...rest
  } = withConditions(statement, (condition) => (isPrincipalKey(condition.key) ? null : condition));
  return {
    ...rest,
    Principal: '*',
    Resource: resourcesFor(
      stage,
      methods.map(({ method }) => method),
    ),
  };
};

const isOpen = ({ question }: JudgedMethod): boolean => question.authorizationType === 'NONE';

/** Open methods are closed to all but signed callers, as the policy means; the token of a Cognito method stays its guard. */
const fixFor = (
  view: PolicyView,
  methods: readonly JudgedMethod[],
  statements: readonly { readonly statement: Statement }[],
): readonly FixStep[] => {
  const { deployment, place } = view;
  const { api, stage } = deployment;
  const open = methods.filter(isOpen).map(({ method }) => method);
  const guarded = methods.filter((judged) => !isOpen(judged));
  const steps: FixStep[] = [];
  if (open.length > 0) {
    steps.push({
      step: `Ask for signatures on ${listMethods(open)}, so that callers have the principal that the policy names; clients must sign their calls. If they are to stay anonymous, allow Principal "*" instead.`,
      commands: open.map((method) =>
        aws('apigateway', 'update-method', place.region, {
          restApiId: api.id,
          resourceId: resourceIdOf(deployment, method.path),
          httpMethod: method.verb,
          patchOperations: patches({ op: 'replace', path: '/authorizationType', value: 'AWS_IAM' }),
        }),
      ),
    });
  }
  if (guarded.length > 0) {
    steps.push(
      ...amendPolicy(view, guarded, {
        step: `Allow Principal "*" on ${listMethods(guarded.map(({ method }) => method))}: the user pool's token goes on guarding ${agree(guarded.length, 'it', 'them')}.`,
        add: statements.map(({ statement }) => forAnonymous(statement, stage.name, guarded)),
      }),
    );
  } else if (deployment.of !== 'draft') steps.push(redeploy(api, [stage], place.region));
  return steps;
};

export default deploymentRule({
  id: 'resource-policy/principal-needs-signed-caller',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'The resource policy names AWS principals, but callers of the method are anonymous',
  why: 'Only methods with IAM authorization know who signed a call. Everywhere else the policy sees an anonymous caller, also behind a Cognito authorizer: an Allow for a role, an account, a federated identity or an organization never matches it.',
  fix: [
    'Give the methods IAM authorization if the callers are AWS identities, and deploy the API.',
    'Or allow Principal "*" where the token of an authorizer is the guard.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html',
  ],
  facts: ['POL-9', 'POL-10', 'POL-11', 'POL-24'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    const methods = refusedFor(view, { signed: true }, wantsSignature).filter(
      ({ best }) => best.verdict === 'no-allow',
    );
    if (methods.length === 0) return;
    const statements = statementsAbout(view, methods, wantsSignature);
    const plain = methods.map(({ method }) => method);
    const wants = [...new Set(statements.flatMap(({ statement }) => wantsOf(statement)))];
    const types = new Set(
      plain.map(({ authorizationType }) => (isKnown(authorizationType) ? authorizationType.value : '')),
    );
    yield flag({
      subject: view.subject,
      key: statementsKey(view, statements),
      affected: affectedOf(deployment, plain),
      message: `${openWithStatements(statements)} ${agree(statements.length, 'allows', 'allow')} only callers known by ${listNames(wants)}; ${listMethods(plain)} ${agree(plain.length, 'has', 'have')} authorization ${listNames([...types])}, so callers are anonymous.`,
      evidence: [
        ...statementEvidence(view, statements),
        { operation: methodsRead(deployment), field: 'authorizationType', value: [...types].join(', ') },
      ],
      fix: fixFor(view, methods, statements),
    });
  },
});
