import { compilePolicy, type CompiledPolicy, type CompiledStatement } from '../../gateway/policy/compile';
import { intersect } from '../../gateway/policy/glob';
import { parsePolicy, type Statement } from '../../gateway/policy/parse';
import { accountNamed, matchPrincipal, type Caller } from '../../gateway/policy/principal';
import { VERBS } from '../../gateway/policy/verbs';
import type { Place } from '../../model/account';
import { parseArn } from '../../model/arn';
import { isKnown, valueOr, type Known, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { redeploy, thenDeploy } from '../commands';
import { agree, listMethods, listNames } from '../phrases';
import { amendDraft, policyField, policyRead, resourcesFor } from '../policies';
import { deploymentRule } from '../rule';
import { distinctGaps, gapsAmong } from '../snapshot-differences';
import { affectedOf, apiSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

/** Somebody outside the account whom the policy has in mind. */
interface Outsider {
  /** As written: an account id or an ARN. */
  readonly name: string;
  readonly accountId: string;
}

const outsiderOf = (name: string, place: Place): Outsider | null => {
  const accountId = accountNamed(name) ?? parseArn(name)?.accountId ?? '';
  return /^\d{12}$/.test(accountId) && accountId !== place.accountId ? { name, accountId } : null;
};

const NAMING_KEYS = ['aws:principalaccount', 'aws:principalarn'];

/** An Allow speaks of those it names, a Deny of those it spares. */
const namesIn = (statement: Statement): readonly string[] => {
  const { effect, principal, conditions } = statement;
  const speaks = effect === 'Allow';
  const entries = principal?.not === !speaks ? principal.entries : [];
  const named = entries.filter(({ type }) => type === 'AWS').map(({ value }) => value);
  const tested = conditions
    .filter(({ key, operator }) => NAMING_KEYS.includes(key.toLowerCase()) && /Not/.test(operator) !== speaks)
    .flatMap(({ values }) => values);
  return [...named, ...tested];
};

const callerFor = ({ name, accountId }: Outsider, place: Place): Caller => ({
  kind: 'aws',
  accountId,
  arn: accountNamed(name) === null ? name : `arn:${place.partition}:iam::${accountId}:role/any`,
});

interface Invocation {
  readonly stage: string;
  readonly method: Method;
}

/** Could the patterns take in some call of the method? In doubt they could. */
const reaches = (
  patterns: CompiledStatement['patterns'],
  prefix: string,
  { stage, method }: Invocation,
): boolean => {
  const verbs = method.verb === 'ANY' ? VERBS : [method.verb];
  return patterns.some(
    ({ glob }) =>
      glob === null ||
      verbs.some((verb) => intersect(glob, `${prefix}/${stage}/${verb}`, method.path) !== null),
  );
};

const isAllowed = (
  { statements, prefix }: CompiledPolicy,
  caller: Caller,
  invocations: readonly Invocation[],
): boolean =>
  statements.some(({ statement: { effect, principal, resources }, action, patterns }) => {
    if (effect === 'Deny' || action === false) return false;
    // AWS would not save it so: whom and what it takes in is open.
    if (principal === null || resources === null) return true;
    return (
      matchPrincipal(principal, caller) !== false &&
      (resources.not || invocations.some((invocation) => reaches(patterns, prefix, invocation)))
    );
  });

const invocationsOf = (stage: string, methods: readonly Method[]): readonly Invocation[] =>
  methods
    .filter((method) => valueOr(method.authorizationType, '') === 'AWS_IAM')
    .map((method) => ({ stage, method }));

/** Reads without which some AWS_IAM method may not be seen as one. */
const typesUnread = (methods: Known<readonly Method[]>): readonly Unreadable[] =>
  isKnown(methods) ? gapsAmong(methods.value.map(({ authorizationType }) => authorizationType)) : [methods];

export default deploymentRule({
  id: 'iam/cross-account-without-allow',
  gate: 'resource-policy',
  symptom: {
    status: 403,
    responseType: 'ACCESS_DENIED',
    body: '{"Message":"User: arn:… is not authorized to perform: execute-api:Invoke on resource: …"}',
  },
  reach: 'every-call',
  callers: 'callers from other accounts',
  title: 'The resource policy means callers of another account and allows them nothing',
  why: 'A signed call from another account needs two permissions: one in the account of the caller, and an explicit Allow in the resource policy of the API. Being spared by a Deny, or named by an Allow for calls that this API does not have, is not enough: where no Allow takes in the call, it is refused.',
  fix: [
    'Allow execute-api:Invoke on the AWS_IAM methods to these callers in the resource policy, and deploy.',
    'See to it that the role that calls has execute-api:Invoke in its own account too.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
  ],
  facts: ['POL-4', 'POL-14', 'POL-15', 'MSG-14'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    // One policy, one cause, however many stages enforce it.
    const subject = apiSubject(account, api);
    if (!isKnown(deployment.policy)) {
      yield cannotTell(subject, deployment.policy);
      return;
    }
    const text = deployment.policy.value ?? '';
    const parsed = parsePolicy(text);
    if (parsed.kind !== 'policy') return;
    const named = new Set(parsed.policy.statements.flatMap(namesIn));
    const outsiders = [...named].flatMap((name) => outsiderOf(name, account) ?? []);
    if (outsiders.length === 0) return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const gaps = typesUnread(deployment.methods);
    const own = invocationsOf(stage.name, deployment.methods.value);
    // An Allow for another stage is an Allow: this stage may be none of theirs.
    const stages = valueOr(api.stages, []);
    const anywhere = [
      ...own,
      ...stages.flatMap(({ name, snapshot }) => invocationsOf(name, valueOr(snapshot.methods, []))),
    ];
    if (own.length === 0) {
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      return;
    }
    const compiled = compilePolicy(parsed.policy, account, api.id);
    const allowed = outsiders.filter((outsider) =>
      isAllowed(compiled, callerFor(outsider, account), anywhere),
    );
    // An account that is named as a whole calls by any of its roles that is allowed.
    const refused = outsiders.filter(
      ({ name, accountId }) =>
        !allowed.some((one) =>
          accountNamed(name) === null ? one.name === name : one.accountId === accountId,
        ),
    );
    if (refused.length === 0) return;
    const unread = stages.flatMap(({ snapshot }) => typesUnread(snapshot.methods));
    if (unread.length > 0 || gaps.length > 0) {
      for (const gap of distinctGaps([...unread, ...gaps])) yield cannotTell(subject, gap);
      return;
    }
    const draft = parsePolicy(valueOr(api.draft.policy, null) ?? '');
    const redeploys =
      deployment.of !== 'draft' &&
      draft.kind === 'policy' &&
      refused.every((outsider) =>
        isAllowed(compilePolicy(draft.policy, account, api.id), callerFor(outsider, account), own),
      );
    const methods = own.map(({ method }) => method);
    const names = refused.map(({ name }) => name);
    yield flag({
      subject,
      affected: affectedOf(deployment, methods),
      message: `The resource policy names ${listNames(names)} of ${agree(names.length, 'another account', 'other accounts')}, and no Allow lets ${agree(names.length, 'it', 'them')} invoke ${listMethods(methods)} or any other AWS_IAM method.`,
      evidence: [
        {
          operation: policyRead(deployment),
          field: policyField(deployment),
          value: text,
        },
      ],
      fix: redeploys
        ? [redeploy(api, [stage], account.region)]
        : thenDeploy(
            deployment,
            account.region,
            amendDraft(api, account.region, parsed.policy, {
              step: 'Add an Allow for these callers to the resource policy; its other statements stay. The role that calls needs execute-api:Invoke in its own account too.',
              add: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: names },
                  Action: 'execute-api:Invoke',
                  Resource: resourcesFor(stage.name, methods),
                },
              ],
            }),
          ),
    });
  },
});
