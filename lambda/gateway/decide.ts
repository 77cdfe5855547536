import type { Account } from '../model/account';
import { deploymentsOf, type Deployment } from '../model/deployment';
import { isKnown } from '../model/known';
import type { Method } from '../model/method';
import { authorizerOf } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import { passes, refuses, unsure, type Answer, type GateTrace, type Refusal } from './answer';
import { resourceOf, type Call, type RoutedCall } from './call';
import { enter, type Entry } from './enter';
import { GATES, type GateId } from './gates';
import { judgeApiKey } from './gates/api-key';
import { authenticateByPool, authorizeByScope, type CognitoGate } from './gates/cognito';
import { authenticateBySignature, authorizeSigned, judgePolicyForSigned } from './gates/iam';
import { judgeIntegration } from './gates/integration';
import { authenticateByFunction, authorizeByFunction, judgeMethodArn } from './gates/lambda';
import { judgeBeforeFunction, judgeForAnonymous } from './gates/resource-policy';
import { judgeRoute, verbOf } from './gates/route';
import { judgeWaf } from './gates/waf';
import { CONTESTED } from './refusals';
import type { Identity, Request } from './request';
import { respond, type Response } from './respond';
import { commonRefusal, sameRefusal } from './weigh';

export interface Decision extends Response {
  readonly outcome: 'admitted' | 'refused' | 'cannot-tell';
  /** The gate that refuses, or the first that cannot tell; `null` when admitted. */
  readonly gate: GateId | null;
  readonly because: string;
  /** Names the refusal for those who advise; `null` unless a gate refuses. */
  readonly cause: string | null;
  /** True where the call gets in on no branch, even if how it is refused is not certain. */
  readonly refusedEitherWay: boolean;
  /** All gates, in the order in which AWS asks them for this method. */
  readonly gates: readonly GateTrace[];
}

type Asked = readonly [GateId, Answer];

/** One way through one configuration: what each gate that was reached answered. */
interface Trace {
  readonly asked: readonly Asked[];
  /** The order for the method's authorization type, where a method was found. */
  readonly order: readonly GateId[];
  readonly deployment: Deployment | null;
  readonly request: Request;
}

/** The kinds of authorizer that each authorization type works with. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'],
  CUSTOM: ['TOKEN', 'REQUEST'],
};

/** The method's authorizer, or why the method cannot work or be judged. */
export const workingAuthorizer = (
  { deployment, method }: Pick<RoutedCall, 'deployment' | 'method'>,
  authorizationType: string,
): Authorizer | Answer => {
  const found = authorizerOf(deployment, method);
  if (!isKnown(found)) return unsure(`The method's authorizer could not be read: ${found.detail}.`, 'DEP-11');
  if (found.value === 'none' || found.value === 'missing') {
    return refuses(
      'authorizer-missing',
      CONTESTED,
      found.value === 'none'
        ? `The method has authorization type ${authorizationType} and names no authorizer.`
        : 'The method names an authorizer that does not exist in this deployment.',
      'COG-30',
    );
  }
  const authorizer = found.value;
  if (KINDS[authorizationType]?.includes(authorizer.kind) === true) return authorizer;
  return refuses(
    'authorizer-type-mismatch',
    CONTESTED,
    `The method has authorization type ${authorizationType}, and authorizer ${authorizer.name} is of kind ${authorizer.kind}.`,
    'COG-31',
  );
};

const isAnswer = (it: Authorizer | Answer): it is Answer => 'outcome' in it;

/** The guarded part of the way, in the order of the method's authorization type (ORD-8). */
const guardsOf = (call: RoutedCall): readonly (readonly [GateId, () => Answer])[] => {
  const { method, deployment, request, identity, account } = call;
  const type = method.authorizationType;
  if (!isKnown(type)) {
    const unknown = unsure(`The method's authorization type could not be read: ${type.detail}.`, 'DEP-11');
    return [
      [
        'resource-policy',
        () => unsure('How the resource policy counts hangs on the authorization type.', 'ORD-8'),
      ],
      ['authentication', () => unknown],
      ['authorization', () => unknown],
    ];
  }
  switch (type.value) {
    case 'NONE':
      return [
        ['resource-policy', () => judgeForAnonymous(call, 'NONE')],
        ['authentication', () => passes('The method asks for no authorization.', 'POL-1')],
        ['authorization', () => passes('The method asks for no authorization.', 'POL-1')],
      ];
    case 'AWS_IAM':
      return [
        ['authentication', () => authenticateBySignature(request, identity.credential, account.region)],
        ['resource-policy', () => judgePolicyForSigned(call)],
        ['authorization', () => authorizeSigned(call)],
      ];
    case 'CUSTOM': {
      const authorizer = workingAuthorizer(call, type.value);
      return [
        ['resource-policy', () => judgeBeforeFunction(call)],
        [
          'authentication',
          () =>
            isAnswer(authorizer)
              ? authorizer
              : authenticateByFunction(authorizer, deployment, request, identity),
        ],
        [
          'authorization',
          () =>
            isAnswer(authorizer)
              ? authorizer
              : (judgeMethodArn(resourceOf(call)) ??
                authorizeByFunction(authorizer, deployment, account, identity)),
        ],
      ];
    }
    case 'COGNITO_USER_POOLS': {
      const authorizer = workingAuthorizer(call, type.value);
      const policy = ['resource-policy', () => judgeForAnonymous(call, type.value)] as const;
      if (isAnswer(authorizer)) {
        const unasked = unsure('There is no working authorizer to ask for scopes.', 'COG-2');
        return [['authentication', () => authorizer], ['authorization', () => unasked], policy];
      }
      const gate: CognitoGate = {
        authorizer,
        scopes: method.scopes,
        variables: deployment.variables,
        userPools: account.slices.userPools,
      };
      return [
        ['authentication', () => authenticateByPool(gate, request, identity.credential)],
        ['authorization', () => authorizeByScope(gate, identity.credential)],
        policy,
      ];
    }
    default: {
      const unknown = unsure(`The authorization type ${type.value} is not known here.`, 'ORD-8');
      return [
        ['resource-policy', () => unknown],
        ['authentication', () => unknown],
        ['authorization', () => unknown],
      ];
    }
  }
};

interface Further {
  readonly asked: readonly Asked[];
  readonly order: readonly GateId[];
}

const askGuards = (call: RoutedCall, before: readonly Asked[]): Further => {
  const steps: readonly (readonly [GateId, () => Answer])[] = [
    ...guardsOf(call),
    ['api-key', () => judgeApiKey(call.deployment, call.method, call.account, call.request, call.identity)],
    ['integration', () => judgeIntegration(call.deployment, call.method, call.request, call.identity)],
  ];
  const asked: Asked[] = [...before];
  const order = steps.map(([gate]) => gate);
  if (before.some(([, answer]) => answer.outcome === 'refuses')) return { asked, order };
  for (const [gate, ask] of steps) {
    const answer = ask();
    asked.push([gate, answer]);
    if (answer.outcome === 'refuses') break;
  }
  return { asked, order };
};

/** Route and everything after it, in one configuration. */
const askDeployment = (given: Call): Further => {
  const call: Call = { ...given, request: { ...given.request, verb: verbOf(given.request) } };
  const { answer, method } = judgeRoute(call);
  if (method === null) return { asked: [['route', answer]], order: [] };
  const waf = judgeWaf(call.deployment.stage, call.account.slices.webAcls);
  return askGuards({ ...call, method }, [
    ['route', answer],
    ['waf', waf],
  ]);
};

const conclude = ({ asked, order: planned, deployment, request }: Trace): Decision => {
  const last = asked.at(-1);
  const doubts = asked.flatMap(([gate, answer]) =>
    answer.outcome === 'cannot-tell' ? [{ gate, because: answer.because, otherwise: answer.otherwise }] : [],
  );
  const [firstDoubt] = doubts;
  const answers = new Map(asked);
  const order = new Set([...asked.map(([gate]) => gate), ...planned, ...GATES]);
  const gates = [...order].map((gate): GateTrace => {
    const answer = answers.get(gate);
    return answer === undefined
      ? {
          gate,
          outcome: 'not-reached',
          because: 'An earlier gate ends the call or could not be looked beyond.',
          fact: '',
        }
      : { gate, outcome: answer.outcome, because: answer.because, fact: answer.fact };
  });
  const nothing: Response = { status: null, responseType: null, errorType: null, body: null };
  if (last !== undefined && last[1].outcome === 'refuses') {
    const [gate, { refusal, because, cause }] = [last[0], last[1]];
    const refused = { cause, refusedEitherWay: true, gates };
    const agrees = (other: Refusal | null): boolean => other !== null && sameRefusal(other, refusal);
    if (firstDoubt === undefined || doubts.every(({ otherwise }) => agrees(otherwise))) {
      return { outcome: 'refused', ...respond(refusal, deployment, request), because, ...refused, gate };
    }
    const common = commonRefusal([...doubts.map(({ otherwise }) => otherwise), refusal]);
    return {
      outcome: 'cannot-tell',
      ...respond(common, deployment, request),
      because: `The call is refused in any case, but by which gate is not certain. ${because} ${firstDoubt.because}`,
      ...refused,
      gate: firstDoubt.gate,
    };
  }
  if (firstDoubt !== undefined) {
    return {
      outcome: 'cannot-tell',
      ...nothing,
      gate: firstDoubt.gate,
      because: firstDoubt.because,
      cause: null,
      refusedEitherWay: false,
      gates,
    };
  }
  return {
    outcome: 'admitted',
    ...nothing,
    gate: null,
    because: 'Every gate lets the call pass; the backend answers.',
    cause: null,
    refusedEitherWay: false,
    gates,
  };
};

const entryAsked = (entry: Entry): readonly Asked[] => {
  const asked: Asked[] = [['endpoint', entry.endpoint]];
  if (entry.endpoint.outcome !== 'refuses' && entry.stage !== null) asked.push(['stage', entry.stage]);
  return asked;
};

const endAtEntry = (entry: Entry, request: Request): Decision =>
  conclude({ asked: entryAsked(entry), order: [], deployment: null, request });

const decideEntered = (
  entry: Entry,
  request: Request,
  account: Account,
  identity: Identity,
  deployment: Deployment,
): Decision => {
  if (entry.endpoint.outcome === 'refuses' || entry.target === null) return endAtEntry(entry, request);
  const { path, viaDomainArn } = entry.target;
  const further = askDeployment({ request, identity, account, deployment, path, viaDomainArn });
  return conclude({
    asked: [...entryAsked(entry), ...further.asked],
    order: further.order,
    deployment,
    request,
  });
};

/** Decides in one given configuration of the stage that the call enters, such as a draft that is not deployed yet. */
export const decideIn = (
  deployment: Deployment,
  request: Request,
  account: Account,
  identity: Identity,
): Decision => decideEntered(enter(request, account, identity), request, account, identity, deployment);

/** Where a call arrives: as much of API, stage and method as its address leads to, in what the stage serves. */
export interface Arrival {
  readonly entry: Entry;
  readonly deployment: Deployment | null;
  readonly method: Method | null;
}

export const locate = (request: Request, account: Account, identity: Identity): Arrival => {
  const entry = enter(request, account, identity);
  const { target } = entry;
  if (target === null) return { entry, deployment: null, method: null };
  const { api, stage, path, viaDomainArn } = target;
  const [deployment] = deploymentsOf(api, stage);
  const { method } = judgeRoute({ request, identity, account, deployment, path, viaDomainArn });
  return { entry, deployment, method };
};

const sameSight = (left: Decision, right: Decision): boolean =>
  left.outcome === right.outcome && left.status === right.status && left.body === right.body;

/** DEP-21: chance decides which of two configurations a call meets. */
const join = (base: Decision, canary: Decision, percent: number): Decision => {
  if (sameSight(base, canary)) return base;
  const because = `The stage has a canary that takes ${String(percent)} % of the calls, and it decides differently. Stage: ${base.outcome}${
    base.status === null ? '' : ` (${String(base.status)})`
  }, ${base.because} Canary: ${canary.outcome}${canary.status === null ? '' : ` (${String(canary.status)})`}, ${canary.because}`;
  const leading = base.outcome === 'admitted' ? canary : base;
  return {
    ...leading,
    outcome: 'cannot-tell',
    status: null,
    responseType: null,
    errorType: null,
    body: null,
    because,
    refusedEitherWay: base.refusedEitherWay && canary.refusedEitherWay,
  };
};

/**
 * What API Gateway answers to one request, gate by gate, in AWS's order. A gate that cannot tell never becomes a pass or a refusal;
 * where a later gate refuses in any case, `refusedEitherWay` says so.
 */
export const decide = (request: Request, account: Account, identity: Identity): Decision => {
  const entry = enter(request, account, identity);
  const { target } = entry;
  if (target === null) return endAtEntry(entry, request);
  const [served, ...others] = deploymentsOf(target.api, target.stage);
  const base = decideEntered(entry, request, account, identity, served);
  const canary = others.find(({ of }) => of === 'canary');
  return canary === undefined
    ? base
    : join(
        base,
        decideEntered(entry, request, account, identity, canary),
        target.stage.canary?.percentTraffic ?? 0,
      );
};
