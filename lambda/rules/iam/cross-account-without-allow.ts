import { compilePolicy, type CompiledPolicy, type CompiledStatement } from '../../gateway/policy/compile';
import { intersect } from '../../gateway/policy/glob';
import { parsePolicy, type JsonObject, type Statement } from '../../gateway/policy/parse';
import { accountNamed, matchPrincipal, type Caller } from '../../gateway/policy/principal';
import type { Place } from '../../model/account';
import { parseArn } from '../../model/arn';
import type { Deployment } from '../../model/deployment';
import { isKnown, valueOr, type Known, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { aws, patches, redeploy } from '../commands';
import { agree, listMethods, listNames } from '../phrases';
import { deploymentRule } from '../rule';
import { distinctGaps, gapsAmong } from '../snapshot-differences';
import { affectedOf, apiSubject } from '../subjects';
import { cannotTell, flag, type FixStep } from '../verdict';

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
  const named =
    principal !== null && principal.not !== speaks
      ? principal.entries.filter(({ type }) => type === 'AWS').map(({ value }) => value)
      : [];
  const tested = conditions
    .filter(
      ({ key, operator }) =>
        NAMING_KEYS.includes(key.toLowerCase()) &&
        /Not/.test(operator) !== speaks &&
        !/^Null/i.test(operator),
    )
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

/** Could the statement take in some call of the method? In doubt it could. */
const reaches = (
  { statement, action, patterns }: CompiledStatement,
  prefix: string,
  { stage, method }: Invocation,
): boolean => {
  if (action === false) return false;
  if (statement.resources === null || statement.resources.not) return true;
  const verbs = method.verb === 'ANY' ? ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method.verb];
  return patterns.some(
    ({ glob }) =>
      glob === null ||
      verbs.some((verb) => intersect(glob, `${prefix}/${stage}/${verb}`, method.path) !== null),
  );
};

const isAllowed = (
  compiled: CompiledPolicy,
  outsider: Outsider,
  invocations: readonly Invocation[],
  place: Place,
): boolean =>
  compiled.statements.some(
    (one) =>
      one.statement.effect === 'Allow' &&
      (one.statement.principal === null ||
        matchPrincipal(one.statement.principal, callerFor(outsider, place)).matched !== false) &&
      invocations.some((invocation) => reaches(one, compiled.prefix, invocation)),
  );

const invocationsOf = (stage: string, methods: readonly Method[]): readonly Invocation[] =>
  methods
    .filter((method) => valueOr(method.authorizationType, '') === 'AWS_IAM')
    .map((method) => ({ stage, method }));

/** Reads without which some AWS_IAM method may not be seen as one. */
const typesUnread = (methods: Known<readonly Method[]>): readonly Unreadable[] =>
  isKnown(methods) ? gapsAmong(methods.value.map(({ authorizationType }) => authorizationType)) : [methods];

const allowStep = (
  deployment: Deployment,
  outsiders: readonly Outsider[],
  methods: readonly Method[],
  region: string,
): FixStep => {
  const text = valueOr(deployment.api.draft.policy, valueOr(deployment.policy, null));
  const parsed = text === null ? null : parsePolicy(text);
  const before: readonly JsonObject[] =
    parsed?.kind === 'policy' ? parsed.policy.statements.map(({ source }) => source) : [];
  const added: JsonObject = {
    Effect: 'Allow',
    Principal: { AWS: outsiders.map(({ name }) => name) },
    Action: 'execute-api:Invoke',
    Resource: methods.map(
      ({ verb, path }) =>
        `execute-api:/${deployment.stage.name}/${verb === 'ANY' ? '*' : verb}${path.replaceAll(/\{[^}]*\}/g, '*')}`,
    ),
  };
  return {
    step: 'Add an Allow for these callers to the resource policy; its other statements stay. The role that calls needs execute-api:Invoke in its own account too.',
    commands: [
      aws('apigateway', 'update-rest-api', region, {
        restApiId: deployment.api.id,
        patchOperations: patches({
          op: 'replace',
          path: '/policy',
          value: JSON.stringify({ Version: '2012-10-17', Statement: [...before, added] }),
        }),
      }),
    ],
  };
};

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
    const parsed = deployment.policy.value === null ? null : parsePolicy(deployment.policy.value);
    if (parsed?.kind !== 'policy') return;
    const outsiders = new Map<string, Outsider>();
    for (const name of parsed.policy.statements.flatMap(namesIn)) {
      const outsider = outsiderOf(name, account);
      if (outsider !== null) outsiders.set(name, outsider);
    }
    if (outsiders.size === 0) return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const gaps = typesUnread(deployment.methods);
    const own = invocationsOf(stage.name, deployment.methods.value);
    // An Allow for another stage is an Allow: this stage may be none of theirs.
    const others = valueOr(api.stages, []).filter(({ name }) => name !== stage.name);
    const elsewhere = others.flatMap(({ name, snapshot }) =>
      invocationsOf(name, valueOr(snapshot.methods, [])),
    );
    if (own.length === 0) {
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      return;
    }
    const compiled = compilePolicy(parsed.policy, account, api.id);
    const refused = [...outsiders.values()].filter(
      (outsider) => !isAllowed(compiled, outsider, [...own, ...elsewhere], account),
    );
    if (refused.length === 0) return;
    const unread = others.flatMap(({ snapshot }) => typesUnread(snapshot.methods));
    if (unread.length > 0 || gaps.length > 0) {
      for (const gap of distinctGaps([...unread, ...gaps])) yield cannotTell(subject, gap);
      return;
    }
    const methods = own.map(({ method }) => method);
    const names = refused.map(({ name }) => name);
    yield flag({
      subject,
      affected: affectedOf(deployment, methods),
      message: `The resource policy names ${listNames(names)} of ${agree(names.length, 'another account', 'other accounts')}, and no Allow lets ${agree(names.length, 'it', 'them')} invoke ${listMethods(methods)} or any other AWS_IAM method.`,
      evidence: [
        {
          operation: deployment.of === 'draft' ? 'GetRestApis' : 'GetExport',
          field: deployment.of === 'draft' ? 'policy' : 'x-amazon-apigateway-policy',
          value: deployment.policy.value ?? '',
        },
      ],
      fix: [allowStep(deployment, refused, methods, account.region), redeploy(api, [stage], account.region)],
    });
  },
});
