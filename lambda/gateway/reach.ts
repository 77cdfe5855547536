import type { SharedAccount } from '../model/account';
import type { DomainName } from '../model/edge';
import type { Deployment } from '../model/deployment';
import { isKnown } from '../model/known';
import type { Method } from '../model/method';
import type { Authorizer } from '../model/rest-api';
import { passes, refuses, unsure, type Answer } from './answer';
import { isPrivate, resourceOf, type RoutedCall } from './call';
import { workingAuthorizer } from './decide';
import { routeOnDomain, usesMappings, usesRules } from './domain-routing';
import type { GateId } from './gates';
import { openingKeys, refuseEveryKey } from './gates/api-key';
import { isPrivateDomain, judgeStatus } from './gates/domain';
import { authenticateByFunction, judgeInvocation } from './gates/lambda';
import { judgePolicyForSigned } from './gates/iam';
import { judgeForAnonymous } from './gates/resource-policy';
import { judgeEndpointPolicy } from './gates/vpc-endpoint';
import { judgeWaf } from './gates/waf';
import { parseIdentitySource } from './identity-source';
import { matchesNoHeader } from './expression/satisfiable';
import { policyReach } from './policy/best-case';
import { compileGlob, instantiate } from './policy/glob';
import { FORBIDDEN, INVALID_API_KEY, POLICY_DENIAL } from './refusals';
import { ANONYMOUS, UNKNOWN_SOURCE, type Identity, type Request } from './request';
import { examplePath, takesCalls } from './route';
import { joinSegments } from './split-stage';
import { bestToken, type TokenVerdict } from './token-reach';

/**
 * Can any request that a registered client could send get through to this method's backend? `takes-no-call`: other methods answer all that
 * would fit it, so it refuses nobody.
 */
export type Reachability = 'reachable' | 'unreachable' | 'cannot-tell' | 'takes-no-call';

/** What a gate says to the best request that could be sent. */
export interface BestAnswer {
  readonly gate: GateId;
  readonly answer: Answer;
}

type Slow<T> = () => T;

const once = <T>(compute: () => T): Slow<T> => {
  let done: { readonly value: T } | null = null;
  return () => (done ??= { value: compute() }).value;
};

/** What all methods of one configuration share, worked out when first asked for. */
interface Shared {
  readonly account: SharedAccount;
  readonly ways: Slow<Ways>;
  readonly waf: Slow<Answer>;
  readonly apiKey: Slow<Answer>;
  readonly authenticators: Map<string, readonly BestAnswer[]>;
}

const shared = new WeakMap<Deployment, Shared>();

/** A host and a base path that lead to the stage. */
interface Way {
  readonly domain: DomainName;
  readonly prefix: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What was not read may hold further ways. */
const UNREAD = null;
type Ways = readonly (Way | typeof UNREAD)[];

const leadsTo = (deployment: Deployment, restApiId: string, stage: string | null): boolean =>
  restApiId === deployment.api.id && (stage === null || stage === deployment.stage.name);

const waysOfDomain = (domain: DomainName, deployment: Deployment): Ways => {
  const ways: Way[] = [];
  if (usesRules(domain)) {
    if (!isKnown(domain.routingRules)) return [UNREAD];
    for (const rule of domain.routingRules.value) {
      if (!leadsTo(deployment, rule.restApiId, rule.stage)) continue;
      const headers = Object.fromEntries(
        rule.headers.map(({ name, glob }) => [name.toLowerCase(), instantiate(compileGlob(glob), 'x')]),
      );
      for (const basePath of rule.basePaths.length === 0 ? [''] : rule.basePaths) {
        ways.push({ domain, prefix: rule.stripBasePath ? joinSegments(basePath) : '', headers });
      }
    }
  }
  if (usesMappings(domain)) {
    if (!isKnown(domain.mappings)) return [...ways, UNREAD];
    for (const mapping of domain.mappings.value) {
      if (!leadsTo(deployment, mapping.restApiId, mapping.stage)) continue;
      const inPath = mapping.stage === null ? [deployment.stage.name] : [];
      ways.push({ domain, prefix: joinSegments(mapping.basePath, ...inPath), headers: {} });
    }
  }
  return ways;
};

const waysTo = (deployment: Deployment, account: SharedAccount): Ways => {
  const { domains } = account.slices;
  if (!isKnown(domains)) return [UNREAD];
  return domains.value
    .filter((domain) => isPrivateDomain(domain) === isPrivate(deployment.api))
    .flatMap((domain) => waysOfDomain(domain, deployment));
};

/** Does this way, as the domain routes it, end at the path of the method? */
const arrives = (way: Way, deployment: Deployment, path: string): boolean => {
  const route = routeOnDomain(way.domain, `${way.prefix}${path}`, way.headers);
  if (route.to !== 'api' || route.restApiId !== deployment.api.id) return false;
  return `${joinSegments(route.stage ?? '')}${route.path}` === `/${deployment.stage.name}${path}`;
};

const judgePublicEndpoint = (deployment: Deployment, method: Method, ways: Slow<Ways>): Answer => {
  if (!deployment.api.disableExecuteApiEndpoint) {
    return passes('The default endpoint of the API is on.', 'ORD-4');
  }
  const all = ways();
  if (all.length === 0) {
    return refuses(
      'default-endpoint-disabled',
      FORBIDDEN,
      'The default endpoint is disabled, and no custom domain leads to this stage.',
      'DOM-10',
    );
  }
  const path = examplePath(method.path);
  return all.some(
    (way) => way !== UNREAD && judgeStatus(way.domain) === null && arrives(way, deployment, path),
  )
    ? passes('A custom domain leads to this stage.', 'DOM-1')
    : unsure('Whether a custom domain leads to this method is not certain.', 'DOM-10', FORBIDDEN);
};

const WILLING: Identity = {
  ...ANONYMOUS,
  apiKey: 'present',
  lambdaAuthorizer: 'allows',
  ownPolicies: 'allow',
};

/** On IAM methods some principal of the account calls, whose own policies allow it (PRV-3, IAM-5). */
const identityFor = (method: Method, account: SharedAccount): Identity =>
  isKnown(method.authorizationType) && method.authorizationType.value === 'AWS_IAM'
    ? {
        ...WILLING,
        credential: {
          kind: 'signed',
          principalArn: `arn:${account.partition}:iam::${account.accountId}:role/some-caller`,
          scope: null,
          sentIn: 'header',
        },
      }
    : WILLING;

/** The request that a willing caller sends to a method; only what policies look at matters. */
const exampleCall = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
  source: Request['source'],
): RoutedCall => {
  const path = examplePath(method.path);
  return {
    request: {
      address: {
        by: 'execute-api',
        restApiId: deployment.api.id,
        region: account.region,
        through: null,
        path,
      },
      verb: method.verb === 'ANY' ? 'GET' : method.verb,
      headers: {},
      query: {},
      source,
      clientCertificate: 'trusted',
      at: new Date(account.collectedAt),
    },
    identity: identityFor(method, account),
    account,
    deployment,
    method,
    path,
    viaDomainArn: null,
  };
};

const admitsAtPolicy = (call: RoutedCall): boolean => {
  const type = call.method.authorizationType;
  if (!isKnown(type)) return false;
  const answer = type.value === 'AWS_IAM' ? judgePolicyForSigned(call) : judgeForAnonymous(call, type.value);
  return answer.outcome === 'passes';
};

/** Endpoint and resource policy together, as both look at the VPC endpoint: one of ours that both let through is a way in. */
const judgePrivateEndpoint = (deployment: Deployment, method: Method, account: SharedAccount): Answer => {
  const { vpcEndpoints } = account.slices;
  const doubt = unsure(
    'Whether some VPC endpoint leads to this private API is not certain; it may belong to another account.',
    'PRV-9',
  );
  if (deployment.api.disableExecuteApiEndpoint || !isKnown(vpcEndpoints)) return doubt;
  const admitted = vpcEndpoints.value.some((endpoint) => {
    const source = { ip: null, vpceId: endpoint.id, vpcId: endpoint.vpcId };
    const call = exampleCall(deployment, method, account, source);
    return (
      judgeEndpointPolicy(endpoint, call.request, call.identity, resourceOf(call), null).outcome ===
        'passes' && admitsAtPolicy(call)
    );
  });
  return admitted ? passes('A VPC endpoint of this account leads to the API.', 'PRV-7') : doubt;
};

const judgePolicy = (deployment: Deployment, method: Method, account: SharedAccount): Answer => {
  const { policy } = deployment;
  if (isKnown(policy) && policy.value === null && !isPrivate(deployment.api)) {
    return passes('The API has no resource policy.', 'POL-1');
  }
  const { verdict, because } = policyReach(deployment, method, account);
  switch (verdict) {
    case 'admits':
      return passes(because, 'POL-1');
    case 'cannot-tell':
      return unsure(because, 'POL-1');
    case 'explicit-deny':
      return refuses('policy-denies', POLICY_DENIAL, because, 'POL-1');
    case 'no-allow':
      return refuses('policy-allows-not', POLICY_DENIAL, because, 'POL-7');
  }
};

const judgeKeys = (deployment: Deployment, account: SharedAccount): Answer => {
  const keys = openingKeys(deployment, account);
  if (keys.ids.size > 0) return passes('An enabled key opens the stage.', 'KEY-1');
  return keys.unknown === null
    ? refuseEveryKey(deployment, keys)
    : unsure(keys.unknown.detail, 'KEY-1', INVALID_API_KEY);
};

const judgeApiKey = (deployment: Deployment, method: Method, keys: Slow<Answer>): Answer => {
  const { apiKeyRequired, authorizationType } = method;
  if (!isKnown(apiKeyRequired)) return unsure(apiKeyRequired.detail, 'KEY-1', INVALID_API_KEY);
  if (!apiKeyRequired.value) return passes('The method needs no API key.', 'KEY-4');
  const answer = keys();
  if (answer.outcome === 'refuses' || deployment.api.apiKeySource !== 'AUTHORIZER') return answer;
  if (!isKnown(authorizationType)) return unsure(authorizationType.detail, 'LAM-21', INVALID_API_KEY);
  return authorizationType.value === 'CUSTOM'
    ? answer
    : refuses(
        'key-source-unsatisfiable',
        INVALID_API_KEY,
        'The API takes the key from a Lambda authorizer, and this method has none.',
        'LAM-21',
      );
};

/** Values of the usual shapes; an expression that fits none of them may still fit a token that the function knows. */
const TOKEN_SHAPES = [
  'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  'allow',
];

const RANK = { refuses: 0, 'cannot-tell': 1, passes: 2 };

const judgeFunctionSources = (authorizer: Authorizer, deployment: Deployment, call: RoutedCall): Answer => {
  // Sent as header and as parameter: what the authorizer does not look at does no harm.
  const names = authorizer.identitySources.flatMap((stored) => {
    const source = parseIdentitySource(stored);
    return source.from === 'nowhere' ? [] : [source.name];
  });
  const best = TOKEN_SHAPES.map((shape) => {
    const headers = Object.fromEntries(names.map((name) => [name.toLowerCase(), shape]));
    const query = Object.fromEntries(names.map((name) => [name, shape]));
    return authenticateByFunction(authorizer, deployment, { ...call.request, headers, query }, call.identity);
  }).reduce((left, right) => (RANK[right.outcome] > RANK[left.outcome] ? right : left));
  const fitsNothing = matchesNoHeader(authorizer.validationExpression ?? '');
  return best.outcome === 'refuses' && best.cause === 'validation-mismatch' && !fitsNothing
    ? unsure(
        'The token validation expression fits no usual token; whether it fits one of this API is not known.',
        'LAM-2',
        best.refusal,
      )
    : best;
};

const byPool = (verdict: TokenVerdict): readonly BestAnswer[] => [verdict];

const judgeCaller = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
  type: string,
): readonly BestAnswer[] => {
  if (type !== 'CUSTOM' && type !== 'COGNITO_USER_POOLS') {
    const known = type === 'NONE' || type === 'AWS_IAM';
    return known
      ? []
      : [
          {
            gate: 'authentication',
            answer: unsure(`The authorization type ${type} is not known here.`, 'ORD-8'),
          },
        ];
  }
  const authorizer = workingAuthorizer({ deployment, method }, type);
  if ('outcome' in authorizer) return [{ gate: 'authentication', answer: authorizer }];
  if (type === 'COGNITO_USER_POOLS') {
    return byPool(
      bestToken(authorizer, method.scopes, deployment.variables, account.slices.userPools, account),
    );
  }
  const call = exampleCall(deployment, method, account, UNKNOWN_SOURCE);
  return [
    { gate: 'authentication', answer: judgeFunctionSources(authorizer, deployment, call) },
    { gate: 'authorization', answer: judgeInvocation(authorizer, deployment, account) },
  ];
};

const callerKey = (method: Method, type: string): string =>
  JSON.stringify([type, method.authorizer, method.scopes]);

const sharedOf = (deployment: Deployment, account: SharedAccount): Shared => {
  const kept = shared.get(deployment);
  if (kept?.account === account) return kept;
  const fresh: Shared = {
    account,
    ways: once(() => waysTo(deployment, account)),
    waf: once(() => judgeWaf(deployment.stage, account.slices.webAcls)),
    apiKey: once(() => judgeKeys(deployment, account)),
    authenticators: new Map(),
  };
  shared.set(deployment, fresh);
  return fresh;
};

/** What each gate says to the best request of any registered client, in the order of the gates. */
export const bestAnswers = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
): readonly BestAnswer[] => {
  const common = sharedOf(deployment, account);
  const type = method.authorizationType;
  const caller = (): readonly BestAnswer[] => {
    if (!isKnown(type)) return [{ gate: 'authentication', answer: unsure(type.detail, 'DEP-11') }];
    const key = callerKey(method, type.value);
    const kept = common.authenticators.get(key) ?? judgeCaller(deployment, method, account, type.value);
    common.authenticators.set(key, kept);
    return kept;
  };
  return [
    {
      gate: 'endpoint',
      answer: isPrivate(deployment.api)
        ? judgePrivateEndpoint(deployment, method, account)
        : judgePublicEndpoint(deployment, method, common.ways),
    },
    { gate: 'waf', answer: common.waf() },
    { gate: 'resource-policy', answer: judgePolicy(deployment, method, account) },
    ...caller(),
    { gate: 'api-key', answer: judgeApiKey(deployment, method, common.apiKey) },
  ];
};

const reachabilityOf = (answers: readonly BestAnswer[]): Reachability =>
  answers.some(({ answer }) => answer.outcome === 'refuses')
    ? 'unreachable'
    : answers.some(({ answer }) => answer.outcome === 'cannot-tell')
      ? 'cannot-tell'
      : 'reachable';

export const reachOf = (deployment: Deployment, method: Method, account: SharedAccount): Reachability =>
  isKnown(deployment.methods) && !takesCalls(deployment.methods.value, method)
    ? 'takes-no-call'
    : reachabilityOf(bestAnswers(deployment, method, account));

/** A gate that refuses every request, and why. */
export interface ClosedGate {
  readonly gate: GateId;
  readonly cause: string;
  readonly because: string;
  readonly fact: string;
}

/** The gates that refuse every request to a method; empty where it is reachable or that cannot be told. */
export const whyUnreachable = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
): readonly ClosedGate[] =>
  bestAnswers(deployment, method, account).flatMap(({ gate, answer }) =>
    answer.outcome === 'refuses'
      ? [{ gate, cause: answer.cause, because: answer.because, fact: answer.fact }]
      : [],
  );
