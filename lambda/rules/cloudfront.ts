import { domainsFor, routeOnDomain } from '../gateway/domain-routing';
import { compileGlob, instantiate, matches } from '../gateway/policy/glob';
import { examplePath, route } from '../gateway/route';
import { joinSegments, splitStage } from '../gateway/split-stage';
import type { Place } from '../model/account';
import type { CloudFrontBehavior, Distribution, DomainName } from '../model/edge';
import { isKnown, mapKnown, type Known, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import type { RestApi, Stage } from '../model/rest-api';
import { shellWord } from './commands';
import { routesOf } from './domain-routes';
import { onlyOf } from './only';
import type { FixStep, Subject } from './verdict';

type Origin = Distribution['origins'][number];

/** One kind of call that a distribution hands to an API: which behaviour takes it, and which method it reaches. */
export interface CallThrough {
  readonly behavior: CloudFrontBehavior;
  readonly origin: Origin;
  readonly stage: Stage;
  readonly method: Method;
  readonly verb: string;
}

/** A stage with the methods that it serves, or would serve. */
export interface Served {
  readonly stage: Stage;
  readonly methods: Known<readonly Method[]>;
}

export interface CallsThrough {
  readonly calls: readonly CallThrough[];
  readonly gaps: readonly Unreadable[];
}

export const executeApiHost = (place: Place, apiId: string): string =>
  `${apiId}.execute-api.${place.region}.${place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;

/** A pattern means the same with and without the slash in front. */
export const fromRoot = (pattern: string): string => (pattern.startsWith('/') ? pattern : `/${pattern}`);

/** Some path that a pattern takes. */
const exampleOf = (pattern: string): string => instantiate(compileGlob(fromRoot(pattern)), 'x-1');

const behaviorFor = ({ behaviors }: Distribution, path: string): CloudFrontBehavior | undefined =>
  behaviors.find(({ pathPattern }) => matches(fromRoot(pathPattern), path));

/** Where the API finds a path that reaches the origin; `null`: not at this API, or that depends on headers. */
const targetOf = (
  origin: Origin,
  path: string,
  api: RestApi,
  place: Place,
  domains: readonly DomainName[],
): ReturnType<typeof splitStage> | null => {
  const host = origin.domainName.toLowerCase();
  if (host === executeApiHost(place, api.id)) return splitStage(path);
  const domain = onlyOf(domainsFor(domains, host));
  if (domain === undefined || routesOf(domain).routes.some(({ byHeader }) => byHeader)) return null;
  const routed = routeOnDomain(domain, path, {});
  if (routed.to !== 'api' || routed.restApiId !== api.id) return null;
  return routed.stage === null ? splitStage(routed.path) : { name: routed.stage, rest: routed.path };
};

/** How an origin leads to an API: below which base path, and to which stage; `null`: the stage is the first part of the path. */
interface Way {
  readonly basePath: string;
  readonly stage: string | null;
}

const waysTo = (
  api: RestApi,
  origin: Origin,
  place: Place,
  domains: readonly DomainName[],
): readonly Way[] => {
  const host = origin.domainName.toLowerCase();
  return host === executeApiHost(place, api.id)
    ? [{ basePath: '', stage: null }]
    : domainsFor(domains, host)
        .flatMap((domain) => routesOf(domain).routes)
        .filter(({ restApiId }) => restApiId === api.id);
};

/** What stands in front of the paths of a stage. */
const prefixOf = ({ basePath, stage }: Way, { name }: Stage): string =>
  joinSegments(basePath, stage === null ? name : '');

/** Origins that are custom domains whose mappings or rules were not read: they may lead to any API. */
const unreadRoutes = (distribution: Distribution, domains: readonly DomainName[]): Unreadable[] => [
  ...new Set(
    distribution.origins
      .flatMap(({ domainName }) => domainsFor(domains, domainName.toLowerCase()))
      .flatMap((domain) => routesOf(domain).gaps),
  ),
];

/** Paths to try: one for each behaviour, and one for each method of the API behind each origin. */
const pathsToTry = (
  distribution: Distribution,
  reached: readonly { readonly origin: Origin; readonly ways: readonly Way[] }[],
  served: readonly Served[],
): ReadonlySet<string> => {
  const paths = new Set(distribution.behaviors.map(({ pathPattern }) => exampleOf(pathPattern)));
  for (const { origin, ways } of reached) {
    for (const { stage, methods } of served) {
      // Of unread methods it has to be found out that calls reach their stage.
      const examples = isKnown(methods) ? methods.value.map((one) => examplePath(one.path)) : ['/x-1'];
      // A routing rule may leave the base path on.
      const prefixes = [...ways.map((way) => prefixOf(way, stage)), ''];
      for (const example of examples) {
        for (const prefix of prefixes) {
          const full = `${prefix}${example}`;
          if (full.startsWith(`${origin.originPath}/`)) paths.add(full.slice(origin.originPath.length));
        }
      }
    }
  }
  return paths;
};

/**
 * The calls that a distribution hands to the deployed methods of an API, by trying example paths (MIS-11). Calls that an edge
 * function rewrites are out of sight. Preflights carry no credentials and are left out.
 *
 * @param given what the stages serve, unless something else is to be judged
 */
export const callsThrough = (
  distribution: Distribution,
  api: RestApi,
  place: Place,
  domains: readonly DomainName[] = [],
  given: Known<readonly Served[]> = mapKnown(api.stages, (stages) =>
    stages.map((stage) => ({ stage, methods: stage.snapshot.methods })),
  ),
): CallsThrough => {
  if (!distribution.enabled) return { calls: [], gaps: [] };
  const reached = distribution.origins
    .map((origin) => ({ origin, ways: waysTo(api, origin, place, domains) }))
    .filter(({ ways }) => ways.length > 0);
  const gaps = unreadRoutes(distribution, domains);
  if (reached.length === 0) return { calls: [], gaps };
  if (!isKnown(given)) return { calls: [], gaps: [...gaps, given] };
  const served = given.value;
  const calls = new Map<string, CallThrough>();
  for (const viewerPath of pathsToTry(distribution, reached, served)) {
    const behavior = behaviorFor(distribution, viewerPath);
    if (behavior === undefined) continue;
    const origin = reached.find((one) => one.origin.id === behavior.originId)?.origin;
    if (origin === undefined) continue;
    const target = targetOf(origin, `${origin.originPath}${viewerPath}`, api, place, domains);
    if (target === null) continue;
    const found = served.find((one) => one.stage.name === target.name);
    if (found === undefined) continue;
    const { stage, methods } = found;
    if (!isKnown(methods)) {
      gaps.push(methods);
      continue;
    }
    for (const verb of behavior.allowedMethods) {
      const method = verb === 'OPTIONS' ? null : route(methods.value, verb, target.rest);
      if (method === null) continue;
      const key = [behavior.pathPattern, stage.name, method.verb, method.path, verb].join('\n');
      calls.set(key, { behavior, origin, stage, method, verb });
    }
  }
  return { calls: [...calls.values()], gaps };
};

export const distributionSubject = (place: Place, api: RestApi, distribution: Distribution): Subject => ({
  arn: distribution.arn,
  label: `CloudFront distribution ${distribution.id} (${distribution.aliases[0] ?? distribution.domainName})`,
  region: place.region,
  restApiId: api.id,
});

/** UpdateDistribution takes the whole configuration and its ETag (fix 23); people edit the file in between. */
export const updateDistribution = (distribution: Distribution, edit: string): readonly FixStep[] => {
  const id = shellWord(distribution.id);
  return [
    {
      step: 'Fetch the configuration of the distribution and its version.',
      commands: [
        `ETAG=$(aws cloudfront get-distribution-config --id ${id} --query ETag --output text)`,
        `aws cloudfront get-distribution-config --id ${id} --query DistributionConfig --output json > distribution.json`,
      ],
    },
    {
      step: `${edit} Then send distribution.json back.`,
      commands: [
        `aws cloudfront update-distribution --id ${id} --if-match "$ETAG" --distribution-config file://distribution.json`,
      ],
    },
  ];
};
