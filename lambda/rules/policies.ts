import {
  bestCase,
  policyOf,
  policyReach,
  questionFor,
  type BestCase,
  type Question,
} from '../gateway/policy/best-case';
import type { Pretence } from '../gateway/policy/candidates';
import { reachesCall, type CompiledPolicy, type CompiledStatement } from '../gateway/policy/compile';
import {
  parsePolicy,
  statementLabel,
  type Condition,
  type JsonObject,
  type Policy,
  type Statement,
} from '../gateway/policy/parse';
import type { PolicyPlace } from '../gateway/policy/place';
import type { Deployment } from '../model/deployment';
import { keptWith } from '../model/kept';
import { isKnown, unreadable, valueOr } from '../model/known';
import type { Method } from '../model/method';
import { canonicalPolicy } from '../model/policy-canonical';
import type { RestApi } from '../model/rest-api';
import { aws, patches, redeploy, thenDeploy } from './commands';
import { listNames } from './phrases';
import { apiSubject, stageSubject } from './subjects';
import { cannotTell, type CannotTell, type Evidence, type FixStep, type Subject } from './verdict';

/** A method against the policy in force: what the best caller meets. */
export interface JudgedMethod {
  readonly method: Method;
  readonly question: Question;
  readonly best: BestCase;
}

/** A deployment whose policy is there and understood, with each method judged against it. */
export interface PolicyView {
  readonly deployment: Deployment;
  readonly place: PolicyPlace;
  /** The API: one policy, one cause, however many stages enforce it. */
  readonly subject: Subject;
  readonly compiled: CompiledPolicy;
  readonly methods: readonly JudgedMethod[];
}

/** The read that told what policy is in force. */
export const policyRead = ({ of }: Pick<Deployment, 'of'>): string =>
  of === 'draft' ? 'GetRestApis' : 'GetExport';

export const policyField = ({ of }: Pick<Deployment, 'of'>): string =>
  of === 'draft' ? 'policy' : 'x-amazon-apigateway-policy';

/** Eight rules ask the same of a deployment. */
const judgedMethods = keptWith(
  (
    deployment: Deployment,
    methods: readonly Method[],
    compiled: CompiledPolicy,
    place: PolicyPlace,
  ): readonly JudgedMethod[] =>
    methods.flatMap((method) => {
      const question = questionFor(deployment, method, place);
      if (question === null || question.verbs.length === 0) return [];
      return [{ method, question, best: bestCase(compiled, question) }];
    }),
);

/**
 * Opens a deployment for a rule about its policy, and tells what is missing. `null` where there is nothing to judge: no policy, one
 * that cannot be understood (resource-policy/unreadable-policy says so), or a part that could not be read.
 */
export const openPolicy = function* (
  deployment: Deployment,
  place: PolicyPlace,
): Generator<CannotTell, PolicyView | null> {
  const subject = apiSubject(place, deployment.api);
  const stage = stageSubject(place, deployment.api, deployment.stage);
  if (!isKnown(deployment.policy)) {
    yield cannotTell(stage, deployment.policy);
    return null;
  }
  const compiled = policyOf(deployment, place)?.compiled ?? null;
  if (compiled === null) return null;
  if (!isKnown(deployment.methods)) {
    yield cannotTell(stage, deployment.methods);
    return null;
  }
  for (const { authorizationType } of deployment.methods.value) {
    if (!isKnown(authorizationType)) yield cannotTell(stage, authorizationType);
  }
  const methods = judgedMethods(deployment, deployment.methods.value, compiled, place);
  return { deployment, place, subject, compiled, methods };
};

/** For the general rules: methods of which the policy itself leaves open whether anybody gets through. */
export const untold = (view: PolicyView): readonly CannotTell[] => {
  const { deployment, place } = view;
  const reasons = new Set(
    view.methods.filter(({ best }) => best.verdict === 'cannot-tell').map(({ best }) => best.because),
  );
  const subject = stageSubject(place, deployment.api, deployment.stage);
  return [...reasons].map((detail) =>
    cannotTell(
      subject,
      unreadable({
        because: 'unsupported',
        operation: policyRead(deployment),
        subject: `resource policy of ${subject.label}`,
        detail,
      }),
    ),
  );
};

export const isRefused = ({ best }: JudgedMethod): boolean =>
  best.verdict === 'explicit-deny' || best.verdict === 'no-allow';

/**
 * Refused methods that would have a caller if things were as pretended: what is pretended is the cause. Only a statement that `has`
 * what the pretence is about can make the difference.
 */
export const refusedFor = (
  view: PolicyView,
  pretence: Pretence,
  has: (statement: Statement) => boolean,
): readonly JudgedMethod[] => {
  if (!view.compiled.policy.statements.some(has)) return [];
  return view.methods.filter(
    (judged) =>
      isRefused(judged) && bestCase(view.compiled, { ...judged.question, pretence }).verdict === 'admits',
  );
};

/** The call that stands for a method in a policy's eyes. */
const callOf = (view: PolicyView, { question }: JudgedMethod, verb: string): string =>
  `${view.compiled.prefix}/${question.stage}/${verb}${question.template}`;

/** Statements that may apply to one of these methods and have what is looked for, in the order of the policy. */
export const statementsAbout = (
  view: PolicyView,
  methods: readonly JudgedMethod[],
  has: (statement: Statement) => boolean,
): readonly CompiledStatement[] =>
  view.compiled.statements.filter(
    (one) =>
      has(one.statement) &&
      methods.some((judged) =>
        judged.question.verbs.some((verb) => reachesCall(one, callOf(view, judged, verb)) !== false),
      ),
  );

export const conditionsOn = (statement: Statement, isKey: (key: string) => boolean): readonly Condition[] =>
  statement.conditions.filter(({ key }) => isKey(key.toLowerCase()));

/** `statement 1 and statement 3 (Office)`, inside a sentence. */
export const labelStatements = (statements: readonly Pick<CompiledStatement, 'statement'>[]): string =>
  listNames(statements.map(({ statement }) => statementLabel(statement)));

/** The same at the start of a sentence. */
export const openWithStatements = (statements: readonly Pick<CompiledStatement, 'statement'>[]): string =>
  labelStatements(statements).replace(/^s/, 'S');

/** The identity of a cause that lies in some statements: their meaning, whatever their form and order. */
export const statementsKey = (
  view: PolicyView,
  statements: readonly Pick<CompiledStatement, 'statement'>[],
): string => {
  const document = { Version: '2012-10-17', Statement: statements.map(({ statement }) => statement.source) };
  return canonicalPolicy(JSON.stringify(document), view.place, view.deployment.api.id) ?? '';
};

export const statementEvidence = (
  view: PolicyView,
  statements: readonly Pick<CompiledStatement, 'statement'>[],
): readonly Evidence[] =>
  statements.map(({ statement }) => ({
    operation: policyRead(view.deployment),
    field: `${policyField(view.deployment)}.Statement[${statement.index}]`,
    value: JSON.stringify(statement.source),
  }));

/** A change of a policy: each statement as it should be (`null`: it goes), and statements to add. */
export interface Amendment {
  readonly step: string;
  readonly change?: (statement: Statement) => JsonObject | null;
  readonly add?: readonly JsonObject[];
}

const amended = ({ statements }: Policy, { change, add = [] }: Amendment): readonly JsonObject[] => [
  ...statements
    .map((statement) => (change === undefined ? statement.source : change(statement)))
    .filter((source) => source !== null),
  ...add,
];

const changes = (policy: Policy, amendment: Amendment): boolean =>
  JSON.stringify(amended(policy, amendment)) !==
  JSON.stringify(policy.statements.map(({ source }) => source));

/** The whole document, because `/policy` is replaced whole; all other statements stay (fix 13). */
export const replacePolicy = (api: RestApi, region: string, document: JsonObject): string =>
  aws('apigateway', 'update-rest-api', region, {
    restApiId: api.id,
    patchOperations: patches({ op: 'replace', path: '/policy', value: JSON.stringify(document) }),
  });

/** The policy of the draft, which is what a deployment takes; the one in force, where the draft has none that is understood. */
const policyToChange = (api: RestApi, inForce: Policy): Policy => {
  const draft = parsePolicy(valueOr(api.draft.policy, null) ?? '');
  return draft.kind === 'policy' ? draft.policy : inForce;
};

/** Repairs the policy of the draft, or the one in force where there is none. */
export const amendDraft = (api: RestApi, region: string, inForce: Policy, amendment: Amendment): FixStep => {
  const policy = policyToChange(api, inForce);
  const document = { ...policy.document, Statement: amended(policy, amendment) };
  return { step: amendment.step, commands: [replacePolicy(api, region, document)] };
};

const draftAdmits = (view: PolicyView, methods: readonly Method[]): boolean => {
  const { deployment, place } = view;
  const { policy } = deployment.api.draft;
  const redeployed: Deployment = { ...deployment, policy, of: 'draft' };
  return methods.every((method) => policyReach(redeployed, method, place).verdict === 'admits');
};

const deployDraft = ({ deployment: { api, stage }, place }: PolicyView): readonly FixStep[] => [
  redeploy(api, [stage], place.region),
];

/** Repairs the policy and deploys; where the draft has nothing of the fault any more, deploying is all. */
const changePolicy = (view: PolicyView, amendment: Amendment): readonly FixStep[] => {
  const { deployment, place, compiled } = view;
  if (!changes(policyToChange(deployment.api, compiled.policy), amendment)) return deployDraft(view);
  return thenDeploy(
    deployment,
    place.region,
    amendDraft(deployment.api, place.region, compiled.policy, amendment),
  );
};

/** Repairs the policy for methods that it refuses, unless the draft admits them already. */
export const amendPolicy = (
  view: PolicyView,
  methods: readonly JudgedMethod[],
  amendment: Amendment,
): readonly FixStep[] =>
  draftAdmits(
    view,
    methods.map(({ method }) => method),
  )
    ? deployDraft(view)
    : changePolicy(view, amendment);

/** Repairs statements that are at fault whoever else gets in, unless the draft has none of them any more. */
export const amendStatements = (
  view: PolicyView,
  statements: readonly Pick<CompiledStatement, 'statement'>[],
  amendment: Amendment & Required<Pick<Amendment, 'change'>>,
): readonly FixStep[] => {
  const isCulprit = isOneOf(view, statements);
  return changePolicy(view, {
    ...amendment,
    change: (statement) => (isCulprit(statement) ? amendment.change(statement) : statement.source),
  });
};

/** Tells whether a statement of the draft is one of those at fault, whatever its form. */
export const isOneOf = (
  view: PolicyView,
  statements: readonly Pick<CompiledStatement, 'statement'>[],
): ((statement: Statement) => boolean) => {
  const keys = new Set(statements.map((one) => statementsKey(view, [one])));
  return (statement) => keys.has(statementsKey(view, [{ statement }]));
};

/** A statement with some conditions exchanged: `null` drops one. */
export const withConditions = (
  statement: Statement,
  change: (condition: Condition) => Condition | null,
): JsonObject => {
  const { Condition: _, ...rest } = statement.source;
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const before of statement.conditions) {
    const after = change(before);
    if (after === null) continue;
    const keys = block[after.operator] ?? {};
    keys[after.key] = [...new Set([...(keys[after.key] ?? []), ...after.values])];
    block[after.operator] = keys;
  }
  return Object.keys(block).length === 0 ? rest : { ...rest, Condition: block };
};

type Called = Pick<Method, 'verb' | 'path'>;

/** The calls of a method as a Resource has them: path parameters become wildcards, since real paths are compared (POL-19). */
const callsOf = ({ verb, path }: Called): string =>
  `${verb === 'ANY' ? '*' : verb}${path.replaceAll(/\{[^}]*\}/g, '*')}`;

/** Short-form Resources that cover methods in a stage; with a prefix of `executeApiPrefix`, whole ARNs. */
export const resourcesFor = (
  stage: string,
  methods: readonly Called[],
  prefix = 'execute-api:',
): readonly string[] => [...new Set(methods.map((method) => `${prefix}/${stage}/${callsOf(method)}`))];

/** What a person has to name so that the intended callers, and only those, get in. */
export const callersCondition = (view: Pick<PolicyView, 'deployment'>, spare: boolean): JsonObject => {
  const isPrivate = view.deployment.api.endpointTypes.includes('PRIVATE');
  if (isPrivate) {
    return { [spare ? 'StringNotEquals' : 'StringEquals']: { 'aws:SourceVpce': ['<VPC_ENDPOINT_ID>'] } };
  }
  return { [spare ? 'NotIpAddress' : 'IpAddress']: { 'aws:SourceIp': ['<CIDR_OF_CALLERS>'] } };
};
