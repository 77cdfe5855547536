import type { Deployment } from '../../model/deployment';
import { keptWith } from '../../model/kept';
import { isKnown } from '../../model/known';
import type { Method } from '../../model/method';
import type { RestApi } from '../../model/rest-api';
import { route } from '../route';
import type { Circumstances, Pretence } from './candidates';
import { compilePolicy, reachesCall, type CompiledPolicy } from './compile';
import { compileGlob, instantiate, intersect, matchGlob, type Glob } from './glob';
import { parsePolicy, type Parsed } from './parse';
import type { PolicyPlace } from './place';
import { answer, circumstancesId, search, type Found, type Witness } from './search';
import type { Truth } from './truth';
import { VERBS } from './verbs';

/** Can any caller who could exist pass the resource policy on the way to a method? */
export interface PolicyReach {
  readonly verdict: Found['verdict'];
  /** One sentence for people. */
  readonly because: string;
}

export interface Question extends Circumstances {
  readonly stage: string;
  /** As the API has it: `/pets/{id}`. */
  readonly template: string;
  readonly verbs: readonly string[];
  /** All methods of the API: a more specific one takes its paths first (RTE-1). Left out: no other takes any. */
  readonly methods?: readonly Pick<Method, 'path' | 'verb'>[];
}

export interface BestCase extends PolicyReach {
  /** Deny statements that end calls, by place in the policy; with `explicit-deny` only. */
  readonly denying: readonly number[];
  /** A request that passes. */
  readonly witness: (Witness & { readonly resource: string }) | null;
}

const FILLING = 'any-value';
/** Filled in where any value does: unlikely in a policy, and with so many segments that siblings of a greedy resource leave one over. */
const FILLINGS = [FILLING, `${FILLING}/${FILLING}`, `${FILLING}/${FILLING}/${FILLING}`];

const filled = (template: string, filling: string): string => template.replaceAll(/\{[^{}/]*\}/g, filling);

interface Calls {
  /** As execute-api ARNs. */
  readonly calls: readonly string[];
  /** Every path tried for some pattern is taken by a more specific resource, and paths that were not tried may not be. */
  readonly partial: boolean;
}

/** Does the method itself take the path, rather than a more specific one? */
const takes = (
  { template, methods }: Pick<Question, 'template' | 'methods'>,
  verb: string,
  path: string,
): boolean => methods === undefined || route(methods, verb, path)?.path === template;

/** Texts that a pattern and a path template both match: the shortest, and some with other values. */
const common = function* (glob: Glob, start: string, template: string): Iterable<string> {
  const shortest = intersect(glob, start, template);
  if (shortest === null) return;
  yield shortest;
  for (const filling of FILLINGS) {
    const longer = intersect(compileGlob(instantiate(glob, filling)), start, template);
    if (longer !== null) yield longer;
  }
};

/** Calls of one verb that the policy may tell apart: one with unlikely values, and one for each pattern that wants particular ones. */
const resourcesOf = (
  compiled: CompiledPolicy,
  question: Pick<Question, 'stage' | 'template' | 'methods'>,
  verb: string,
): Calls => {
  const { stage, template } = question;
  const start = `${compiled.prefix}/${stage}/${verb}`;
  // Of a policy that says the same of every call, any call tells all.
  const isConstant = compiled.statements.every(({ everywhere }) => everywhere !== null);
  if (isConstant || !template.includes('{')) {
    return { calls: [start + filled(template, FILLING)], partial: false };
  }
  let partial = false;
  /** The first that the method takes; a single text that another takes is never a call of this one. */
  const taken = (texts: Iterable<string>, areAll: boolean): readonly string[] => {
    for (const text of texts) {
      if (takes(question, verb, text.slice(start.length))) return [text];
      partial ||= !areAll;
    }
    return [];
  };
  const generic = taken(
    FILLINGS.map((filling) => start + filled(template, filling)),
    false,
  );
  const particular = compiled.statements.flatMap(({ statement, patterns }) => {
    const opens = statement.resources?.not === (statement.effect === 'Deny');
    if (!opens) return [];
    return patterns.flatMap(({ glob }) =>
      glob === null || generic.some((call) => matchGlob(glob, call) !== false)
        ? []
        : taken(common(glob, start, template), glob.literal !== null),
    );
  });
  return { calls: [...generic, ...new Set(particular)], partial };
};

const memoryOf = keptWith<CompiledPolicy, [], Map<string, Found>>(() => new Map());

const remember = (
  compiled: CompiledPolicy,
  reaches: readonly Truth[],
  circumstances: Circumstances,
): Found => {
  const cache = memoryOf(compiled);
  const id = circumstancesId(circumstances) + reaches.map((truth) => String(truth)[0]).join('');
  const found = cache.get(id) ?? search(compiled, reaches, circumstances);
  cache.set(id, found);
  return found;
};

/** What Action and Resource of each statement say of one call. */
export const reachesOf = (compiled: CompiledPolicy, resource: string): readonly Truth[] =>
  compiled.statements.map((statement) => reachesCall(statement, resource));

/** The calls of a method that a policy may tell apart, as execute-api ARNs. */
export const callsOf = (
  compiled: CompiledPolicy,
  question: Pick<Question, 'stage' | 'template' | 'verbs' | 'methods'>,
): readonly string[] => question.verbs.flatMap((verb) => resourcesOf(compiled, question, verb).calls);

const withoutPolicy = (endpoint: Question['endpoint']): BestCase =>
  endpoint === 'private'
    ? answer('no-allow', 'a private API without a resource policy refuses every call')
    : answer('admits', 'there is no resource policy');

const SHADOWED = answer(
  'cannot-tell',
  'more specific resources take the paths that were tried against the resource policy',
);
const UNEVEN = answer(
  'cannot-tell',
  'the resource policy treats some values of the path differently, and not all of them were tried',
);
const UNSERVED = answer('admits', 'other methods of the path serve every verb');

/**
 * Some values of a path parameter are denied and others not allowed: a value that is both allowed and spared may exist. So may one
 * that each of several Denies spares, where none of them denies every value that was tried.
 */
const areUneven = (found: readonly Found[]): boolean => {
  const denying = found.flatMap((one) => one.denying);
  return denying.length > 0 && !denying.some((index) => found.every((one) => one.denying.includes(index)));
};

/**
 * The best any caller who could exist can do against a policy: `null` is no policy. For Lambda authorizers and for signed callers of
 * the API's own account the other side is taken to allow, so that only a Deny stops them (tables A and B).
 */
export const bestCase = (compiled: CompiledPolicy | null, question: Question): BestCase => {
  if (compiled === null) return withoutPolicy(question.endpoint);
  const all: Found[] = [];
  for (const verb of question.verbs) {
    const { calls, partial } = resourcesOf(compiled, question, verb);
    const ofVerb: Found[] = partial ? [SHADOWED] : [];
    for (const resource of calls) {
      const found = remember(compiled, reachesOf(compiled, resource), question);
      if (found.witness !== null) return { ...found, witness: { ...found.witness, resource } };
      ofVerb.push(found);
    }
    all.push(...ofVerb, ...(areUneven(ofVerb) ? [UNEVEN] : []));
  }
  const as = (verdict: Found['verdict']): readonly Found[] => all.filter((one) => one.verdict === verdict);
  const denied = as('explicit-deny');
  const [decisive = UNSERVED] = [...as('cannot-tell'), ...as('no-allow'), ...denied];
  if (decisive.verdict !== 'explicit-deny') return { ...decisive, witness: null };
  const denying = [...new Set(denied.flatMap((one) => one.denying))].sort((left, right) => left - right);
  return { ...decisive, denying, witness: null };
};

export const endpointOf = (api: Pick<RestApi, 'endpointTypes'>): 'public' | 'private' =>
  api.endpointTypes.includes('PRIVATE') ? 'private' : 'public';

interface Ready {
  readonly parsed: Parsed;
  readonly compiled: CompiledPolicy | null;
}

/** The policy a deployment has in force, read once. `null` where it could not be read. */
export const policyOf = keptWith((deployment: Deployment, place: PolicyPlace): Ready | null => {
  if (!isKnown(deployment.policy)) return null;
  const parsed: Parsed =
    deployment.policy.value === null ? { kind: 'none' } : parsePolicy(deployment.policy.value);
  return {
    parsed,
    compiled: parsed.kind === 'policy' ? compilePolicy(parsed.policy, place, deployment.api.id) : null,
  };
});

const ownVerbs = keptWith((deployment: Deployment): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { path, verb } of isKnown(deployment.methods) ? deployment.methods.value : []) {
    found.set(path, (found.get(path) ?? new Set()).add(verb));
  }
  return found;
});

const TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'] as const;
type AuthType = (typeof TYPES)[number];

const isAuthType = (type: string): type is AuthType => TYPES.some((one) => one === type);

/** The question about one method of a deployment; `null` where its authorization type is unknown or new. */
export const questionFor = (
  deployment: Deployment,
  method: Method,
  place: PolicyPlace,
  pretence: Pretence = {},
): Question | null => {
  const { authorizationType } = method;
  if (!isKnown(authorizationType) || !isAuthType(authorizationType.value)) return null;
  const own = ownVerbs(deployment).get(method.path);
  return {
    place,
    endpoint: endpointOf(deployment.api),
    dualstack: deployment.api.ipAddressType === 'dualstack',
    authorizationType: authorizationType.value,
    pretence,
    stage: deployment.stage.name,
    template: method.path,
    verbs: method.verb === 'ANY' ? VERBS.filter((verb) => own?.has(verb) !== true) : [method.verb],
    ...(isKnown(deployment.methods) ? { methods: deployment.methods.value } : {}),
  };
};

const open = (because: string): PolicyReach => ({ verdict: 'cannot-tell', because });

/**
 * Can anyone pass the resource policy that a deployment has in force, on the way to one of its methods? Judged for the method's own
 * authorization type, with an authorizer that admits and, for AWS_IAM, an identity that allows.
 */
export const policyReach = (deployment: Deployment, method: Method, place: PolicyPlace): PolicyReach => {
  const ready = policyOf(deployment, place);
  if (ready === null) return open('the resource policy could not be read');
  if (ready.parsed.kind === 'fault')
    return open(`the resource policy is not understood: ${ready.parsed.because}`);
  if (ready.compiled === null) return withoutPolicy(endpointOf(deployment.api));
  const question = questionFor(deployment, method, place);
  return question === null
    ? open('the authorization type of the method is not known')
    : bestCase(ready.compiled, question);
};
