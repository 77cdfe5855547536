import { domainsFor, routeOnDomain } from '../gateway/domain-routing';
import { examplePath, route } from '../gateway/route';
import type { Place } from '../model/account';
import type { CloudFrontBehavior, Distribution, DomainName } from '../model/edge';
import { isKnown, type Unreadable } from '../model/known';
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

export interface CallsThrough {
  readonly calls: readonly CallThrough[];
  readonly gaps: readonly Unreadable[];
}

export const executeApiHost = (place: Place, apiId: string): string =>
  `${apiId}.execute-api.${place.region}.${place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;

/** `*` and `?` as CloudFront reads them; case sensitive, the slash in front may be missing. */
const patternMatches = (pattern: string, path: string): boolean => {
  const text = pattern === '*' || pattern.startsWith('/') ? pattern : `/${pattern}`;
  const source = text
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(path);
};

/** Some path that a pattern takes. */
const exampleOf = (pattern: string): string => {
  const text = pattern.startsWith('/') ? pattern : `/${pattern}`;
  return text.replaceAll('*', 'x-1').replaceAll('?', 'x');
};

/** The default behaviour comes last, the others in their order. */
const behaviorFor = (distribution: Distribution, path: string): CloudFrontBehavior | undefined =>
  [...distribution.behaviors]
    .sort((left, right) => Number(left.pathPattern === '*') - Number(right.pathPattern === '*'))
    .find((behavior) => patternMatches(behavior.pathPattern, path));

interface Target {
  readonly stage: string;
  readonly path: string;
}

const firstSegment = (path: string): Target | null => {
  const match = /^\/+([^/]+)(\/.*)?$/.exec(path);
  return match === null ? null : { stage: match[1] ?? '', path: match[2] ?? '/' };
};

/** Where the API finds a path that reaches the origin; `null`: not at this API, or that depends on headers. */
const targetOf = (
  origin: Origin,
  path: string,
  api: RestApi,
  place: Place,
  domains: readonly DomainName[],
): Target | null => {
  const host = origin.domainName.toLowerCase();
  if (host === executeApiHost(place, api.id)) return firstSegment(path);
  const domain = onlyOf(domainsFor(domains, host));
  if (domain === undefined || routesOf(domain).routes.some(({ byHeader }) => byHeader)) return null;
  const routed = routeOnDomain(domain, path, {});
  if (routed.to !== 'api' || routed.restApiId !== api.id) return null;
  return routed.stage === null ? firstSegment(routed.path) : { stage: routed.stage, path: routed.path };
};

/** What stands in front of the paths of a stage where an origin leads to it: the stage on the execute-api host, base paths on a domain. */
const prefixesOf = (
  origin: Origin,
  api: RestApi,
  stage: Stage,
  place: Place,
  domains: readonly DomainName[],
): readonly string[] => {
  const host = origin.domainName.toLowerCase();
  if (host === executeApiHost(place, api.id)) return [`/${stage.name}`];
  return domainsFor(domains, host)
    .flatMap((domain) => routesOf(domain).routes)
    .filter(({ restApiId }) => restApiId === api.id)
    .map(({ basePath, stage: named }) =>
      [basePath, named === null ? stage.name : '']
        .filter((part) => part !== '')
        .map((part) => `/${part}`)
        .join(''),
    );
};

const isOriginOf = (origin: Origin, api: RestApi, place: Place, domains: readonly DomainName[]): boolean => {
  const host = origin.domainName.toLowerCase();
  return (
    host === executeApiHost(place, api.id) ||
    domainsFor(domains, host).some((domain) =>
      routesOf(domain).routes.some(({ restApiId }) => restApiId === api.id),
    )
  );
};

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
  origins: readonly Origin[],
  stages: readonly Stage[],
  prefixes: (origin: Origin, stage: Stage) => readonly string[],
): ReadonlySet<string> => {
  const paths = new Set(distribution.behaviors.map(({ pathPattern }) => exampleOf(pathPattern)));
  for (const origin of origins) {
    for (const stage of stages) {
      const { methods } = stage.snapshot;
      // Of unread methods it has to be found out that calls reach their stage.
      const examples = isKnown(methods) ? methods.value.map((one) => examplePath(one.path)) : ['/x-1'];
      for (const example of examples) {
        // A routing rule may leave the base path on.
        for (const prefix of [...prefixes(origin, stage), '']) {
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
 */
export const callsThrough = (
  distribution: Distribution,
  api: RestApi,
  place: Place,
  domains: readonly DomainName[] = [],
): CallsThrough => {
  const origins = distribution.enabled
    ? distribution.origins.filter((origin) => isOriginOf(origin, api, place, domains))
    : [];
  const gaps = distribution.enabled ? unreadRoutes(distribution, domains) : [];
  if (origins.length === 0) return { calls: [], gaps };
  if (!isKnown(api.stages)) return { calls: [], gaps: [...gaps, api.stages] };
  const stages = api.stages.value;
  const calls = new Map<string, CallThrough>();
  const prefixes = (origin: Origin, stage: Stage): readonly string[] =>
    prefixesOf(origin, api, stage, place, domains);
  for (const viewerPath of pathsToTry(distribution, origins, stages, prefixes)) {
    const behavior = behaviorFor(distribution, viewerPath);
    const origin = origins.find(({ id }) => id === behavior?.originId);
    if (behavior === undefined || origin === undefined) continue;
    const target = targetOf(origin, `${origin.originPath}${viewerPath}`, api, place, domains);
    const stage = stages.find(({ name }) => name === target?.stage);
    if (target === null || stage === undefined) continue;
    const { methods } = stage.snapshot;
    if (!isKnown(methods)) {
      gaps.push(methods);
      continue;
    }
    for (const verb of behavior.allowedMethods) {
      const method = verb === 'OPTIONS' ? null : route(methods.value, verb, target.path);
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
