import type { JsonObject, Statement } from '../../gateway/policy/parse';
import { parseArn } from '../../model/arn';
import { valueOr } from '../../model/known';
import { agree, listMethods, listNames, quote } from '../phrases';
import {
  amendStatements,
  labelStatements,
  openPolicy,
  openWithStatements,
  statementEvidence,
  statementsAbout,
  statementsKey,
  type JudgedMethod,
  type PolicyView,
} from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf } from '../subjects';
import { flag } from '../verdict';

type Entry = NonNullable<Statement['principal']>['entries'][number];

/** A user, a role or a session of one: callers are known by these under AWS and nowhere else. */
const isIdentity = (value: string): boolean => {
  const arn = parseArn(value);
  return (
    (arn?.service === 'iam' && /^(?:role|user)\//.test(arn.resource)) ||
    (arn?.service === 'sts' && arn.resource.startsWith('assumed-role/'))
  );
};

/** What a deleted user or role turns into when the policy is saved (POL-13). */
const isDeleted = (value: string): boolean => /^A(?:ID|RO)A[A-Z0-9]{12,}$/.test(value);

const isMisplaced = ({ type, value }: Entry): boolean => type !== 'AWS' && isIdentity(value);
const isNobody = (entry: Entry): boolean =>
  isMisplaced(entry) || (entry.type === 'AWS' && isDeleted(entry.value));

const nobodiesIn = ({ principal }: Statement): readonly Entry[] =>
  principal === null || principal.not || principal.anyone ? [] : principal.entries.filter(isNobody);

const namesNobody = (statement: Statement): boolean =>
  statement.effect === 'Allow' && nobodiesIn(statement).length > 0;

const admitsAnyone = ({ effect, principal, conditions }: Statement): boolean =>
  effect === 'Allow' && principal?.anyone === true && !principal.not && conditions.length === 0;

const said = ({ type, value }: Entry): string =>
  isDeleted(value)
    ? `${value} (the id of a user or role that was deleted)`
    : `${value} (under ${type}, where no caller is known by it)`;

/** Misplaced identities under AWS, those that are gone as a placeholder; all other entries stay. */
const mended = ({ principal, source }: Statement): JsonObject => {
  const byType = new Map<string, string[]>();
  for (const entry of principal?.entries ?? []) {
    const type = isMisplaced(entry) ? 'AWS' : entry.type;
    const value = entry.type === 'AWS' && isDeleted(entry.value) ? '<PRINCIPAL_ARN>' : entry.value;
    byType.set(type, [...(byType.get(type) ?? []), value]);
  }
  return { ...source, Principal: Object.fromEntries(byType) };
};

/** Signed methods that a statement is about, but for those that are open to every signer by another. */
const signedMethods = (view: PolicyView): readonly JudgedMethod[] =>
  view.methods.filter(
    (judged) =>
      valueOr(judged.method.authorizationType, '') === 'AWS_IAM' &&
      statementsAbout(view, [judged], namesNobody).length > 0 &&
      statementsAbout(view, [judged], admitsAnyone).length === 0,
  );

export default deploymentRule({
  id: 'resource-policy/principal-matches-nobody',
  gate: 'resource-policy',
  symptom: {
    status: 403,
    responseType: 'ACCESS_DENIED',
    body: '{"Message":"User: arn:… is not authorized to perform: execute-api:Invoke on resource: …"}',
  },
  reach: 'possible',
  callers: 'callers whom only this statement allows',
  title: 'An Allow of the resource policy names a principal that no caller is',
  why: 'A signed call is made by a user or by the session of a role, and a policy knows both by their ARN under AWS. The same ARN under Federated or Service matches nobody: those stand for identity providers and for services of AWS. A role that was deleted leaves its id behind, and a new role of the same name has another one. Callers of the own account get in if their own policies let them; all others are refused.',
  fix: [
    'Name users and roles under AWS, those that are gone by the ARN of the new one, in the whole policy document, and deploy the API.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  ],
  facts: ['POL-11', 'POL-13', 'IAM-5', 'MSG-14'],
  needs: [],

  *check(deployment, account) {
    const view = yield* openPolicy(deployment, account);
    if (view === null) return;
    const methods = signedMethods(view);
    const statements = statementsAbout(view, methods, namesNobody);
    if (statements.length === 0) return;
    const plain = methods.map(({ method }) => method);
    const entries = statements.flatMap(({ statement }) => nobodiesIn(statement));
    yield flag({
      subject: view.subject,
      key: statementsKey(view, statements),
      affected: affectedOf(deployment, plain),
      message: `${openWithStatements(statements)} ${agree(statements.length, 'allows', 'allow')} ${listNames(entries.map(said))}: nobody is let into ${listMethods(plain)} by that.`,
      evidence: statementEvidence(view, statements),
      fix: amendStatements(view, statements, {
        step: `Name callers in ${labelStatements(statements)} by their ARN under ${quote('AWS')}.`,
        change: mended,
      }),
    });
  },
});
