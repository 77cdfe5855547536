import {
  GetCachePolicyCommand,
  GetOriginRequestPolicyCommand,
  ListDistributionsCommand,
  type CacheBehavior,
  type DefaultCacheBehavior,
  type DistributionSummary,
} from '@aws-sdk/client-cloudfront';
import type { CloudFrontBehavior, Distribution, DomainName } from '../model/edge';
import { isKnown, known, unreadable, type Known } from '../model/known';
import type { Door } from './door';
import {
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  type ForwardedHeaders,
} from './managed-policies';
import { flag, object, optionalList, optionalText, ShapeError, text, texts } from './shape';
import { PAGE_SIZES } from './page-sizes';

type Forwards = CloudFrontBehavior['forwards'];

const BEHAVIORS: ReadonlySet<string> = new Set([
  'none',
  'whitelist',
  'allViewer',
  'allViewerAndWhitelistCloudFront',
  'allExcept',
]);

const isBehavior = (text: string): text is ForwardedHeaders['behavior'] => BEHAVIORS.has(text);

const toForwardedHeaders = (
  config:
    | {
        readonly HeaderBehavior?: string | undefined;
        readonly Headers?: { readonly Items?: string[] | undefined } | undefined;
      }
    | undefined,
): ForwardedHeaders => {
  const behavior = text(config?.HeaderBehavior, 'HeadersConfig.HeaderBehavior');
  if (!isBehavior(behavior)) throw new ShapeError('HeadersConfig.HeaderBehavior');
  return {
    behavior,
    names: texts(config?.Headers?.Items, 'HeadersConfig.Headers.Items').map((name) => name.toLowerCase()),
  };
};

const readCachePolicy = (door: Door, id: string): Promise<Known<ForwardedHeaders>> =>
  door.read({
    operation: 'GetCachePolicy',
    of: `cache policy ${id}`,
    send: ({ cloudFront }) => cloudFront.send(new GetCachePolicyCommand({ Id: id })),
    take: ({ CachePolicy }) =>
      toForwardedHeaders(
        CachePolicy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin?.HeadersConfig,
      ),
  });

const readOriginRequestPolicy = (door: Door, id: string): Promise<Known<ForwardedHeaders>> =>
  door.read({
    operation: 'GetOriginRequestPolicy',
    of: `origin request policy ${id}`,
    send: ({ cloudFront }) => cloudFront.send(new GetOriginRequestPolicyCommand({ Id: id })),
    take: ({ OriginRequestPolicy }) =>
      toForwardedHeaders(OriginRequestPolicy?.OriginRequestPolicyConfig?.HeadersConfig),
  });

/** Reads each policy once. */
class Policies {
  private readonly cache = new Map<string, Promise<Known<ForwardedHeaders>>>();
  private readonly originRequest = new Map<string, Promise<Known<ForwardedHeaders>>>();

  constructor(private readonly door: Door) {}

  cachePolicy(id: string): Promise<Known<ForwardedHeaders>> {
    const managed = MANAGED_CACHE_POLICIES.get(id);
    if (managed !== undefined) return Promise.resolve(known(managed));
    const reading = this.cache.get(id) ?? readCachePolicy(this.door, id);
    this.cache.set(id, reading);
    return reading;
  }

  originRequestPolicy(id: string | null): Promise<Known<ForwardedHeaders>> {
    if (id === null) return Promise.resolve(known({ behavior: 'none', names: [] }));
    const managed = MANAGED_ORIGIN_REQUEST_POLICIES.get(id);
    if (managed !== undefined) return Promise.resolve(known(managed));
    const reading = this.originRequest.get(id) ?? readOriginRequestPolicy(this.door, id);
    this.originRequest.set(id, reading);
    return reading;
  }
}

/** What both policies of a behaviour let through together (MIS-11): a header of the cache policy always passes. */
export const combine = (
  cache: ForwardedHeaders,
  request: ForwardedHeaders,
): Forwards & { readonly state: 'known' } => {
  const authorizationInCachePolicy = cache.names.includes('authorization');
  const combined = (
    mode: 'none' | 'listed' | 'all' | 'all-except',
    headers: readonly string[],
    forwardsHost: boolean,
  ) => ({ state: 'known', value: { mode, headers, authorizationInCachePolicy, forwardsHost } }) as const;
  if (request.behavior === 'allExcept') {
    const kept = request.names.filter((name) => !cache.names.includes(name)).sort();
    return combined('all-except', kept, !kept.includes('host'));
  }
  if (request.behavior !== 'none' && request.behavior !== 'whitelist') return combined('all', [], true);
  const listed = [...new Set([...cache.names, ...request.names])].sort();
  return combined(listed.length === 0 ? 'none' : 'listed', listed, listed.includes('host'));
};

const legacy = (values: NonNullable<CacheBehavior['ForwardedValues']>): Forwards => {
  const headers = texts(values.Headers?.Items, 'ForwardedValues.Headers.Items').map((name) =>
    name.toLowerCase(),
  );
  const all = headers.includes('*');
  return known({
    mode: all ? 'all' : 'legacy',
    headers: all ? [] : headers.sort(),
    authorizationInCachePolicy: false,
    forwardsHost: all || headers.includes('host'),
  });
};

const forwardsOf = async (
  behavior: DefaultCacheBehavior,
  policies: Policies,
  distribution: string,
): Promise<Forwards> => {
  const gap = (because: 'broken' | 'unsupported', detail: string): Forwards =>
    unreadable({ because, operation: 'ListDistributions', subject: `distribution ${distribution}`, detail });
  const edge = optionalList(behavior.LambdaFunctionAssociations?.Items, 'LambdaFunctionAssociations.Items');
  // It runs behind the policies and may add any header, the key of the API as well as the host.
  if (edge.some(({ EventType }) => EventType === 'origin-request')) {
    return gap(
      'unsupported',
      `a behaviour of distribution ${distribution} has a Lambda@Edge function for requests to the origin, which decides what headers they carry`,
    );
  }
  const cacheId = optionalText(behavior.CachePolicyId, 'CachePolicyId');
  if (cacheId === null) {
    if (behavior.ForwardedValues !== undefined) return legacy(behavior.ForwardedValues);
    return gap(
      'broken',
      `ListDistributions for distribution ${distribution}: a behaviour has neither a cache policy nor forwarded values`,
    );
  }
  const [cache, request] = await Promise.all([
    policies.cachePolicy(cacheId),
    policies.originRequestPolicy(optionalText(behavior.OriginRequestPolicyId, 'OriginRequestPolicyId')),
  ]);
  if (!isKnown(cache)) return cache;
  return isKnown(request) ? combine(cache.value, request.value) : request;
};

/** A distribution as listed: checked, and its behaviours still to be completed with their policies. */
interface ListedDistribution {
  readonly distribution: Omit<Distribution, 'behaviors'>;
  readonly behaviors: readonly {
    readonly behavior: Omit<CloudFrontBehavior, 'forwards'>;
    readonly settings: DefaultCacheBehavior;
  }[];
}

const toBehavior = (
  settings: DefaultCacheBehavior,
  pathPattern: string,
): ListedDistribution['behaviors'][number] => ({
  behavior: {
    pathPattern,
    // What CloudFront allows when nothing is said.
    allowedMethods: settings.AllowedMethods?.Items ?? ['GET', 'HEAD'],
    originId: text(settings.TargetOriginId, 'CacheBehavior.TargetOriginId'),
  },
  settings,
});

/** @throws ShapeError */
export const toListedDistribution = (summary: DistributionSummary): ListedDistribution => {
  const { DefaultCacheBehavior: usual } = summary;
  if (usual === undefined) throw new ShapeError('DefaultCacheBehavior');
  return {
    distribution: {
      arn: text(summary.ARN, 'ARN'),
      id: text(summary.Id, 'Id'),
      domainName: text(summary.DomainName, 'DomainName'),
      aliases: texts(summary.Aliases?.Items, 'Aliases.Items'),
      enabled: flag(summary.Enabled, 'Enabled'),
      origins: optionalList(summary.Origins?.Items, 'Origins.Items').map((origin) => ({
        id: text(origin.Id, 'Origins.Items[].Id'),
        domainName: text(origin.DomainName, 'Origins.Items[].DomainName'),
        originPath: optionalText(origin.OriginPath, 'Origins.Items[].OriginPath') ?? '',
        // Names alone: the values are often the key that the API asks for.
        customHeaders: optionalList(origin.CustomHeaders?.Items, 'Origins.Items[].CustomHeaders.Items').map(
          ({ HeaderName }) => text(HeaderName, 'CustomHeaders.Items[].HeaderName').toLowerCase(),
        ),
      })),
    },
    behaviors: [
      ...optionalList(summary.CacheBehaviors?.Items, 'CacheBehaviors.Items').map((behavior) =>
        toBehavior(behavior, text(behavior.PathPattern, 'CacheBehaviors.Items[].PathPattern')),
      ),
      toBehavior(usual, '*'),
    ],
  };
};

const EXECUTE_API = /\.execute-api\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/;

/** A distribution concerns the region when an origin is an execute-api host of it, or one of its custom domains. */
const concerns = (
  { origins }: Pick<Distribution, 'origins'>,
  region: string,
  domains: Known<readonly DomainName[]>,
): boolean =>
  origins.some(({ domainName }) => {
    const host = domainName.toLowerCase();
    const apiRegion = EXECUTE_API.exec(host)?.[1];
    if (apiRegion !== undefined) return apiRegion === region;
    const parent = `*${host.slice(host.indexOf('.'))}`;
    // Domains that could not be read may be any origin.
    return !isKnown(domains) || domains.value.some(({ name }) => [host, parent].includes(name.toLowerCase()));
  });

/** The other partitions have no CloudFront, so that no account in them has a distribution. */
const WITH_CLOUDFRONT: ReadonlySet<string> = new Set(['aws', 'aws-cn']);

/** CloudFront distributions in front of the region's APIs. CloudFront is global: every region reads the list and keeps its part. */
export const readDistributions = async (
  door: Door,
  domains: Known<readonly DomainName[]>,
): Promise<Known<readonly Distribution[]>> => {
  if (!WITH_CLOUDFRONT.has(door.place.partition)) return known([]);
  const listed = await door.readAll({
    operation: 'ListDistributions',
    of: `account ${door.place.accountId}`,
    send: ({ cloudFront }, marker) =>
      cloudFront.send(
        new ListDistributionsCommand({ Marker: marker, MaxItems: PAGE_SIZES.ListDistributions }),
      ),
    take: ({ DistributionList }) => {
      object(DistributionList, 'DistributionList');
      const truncated = flag(DistributionList?.IsTruncated, 'DistributionList.IsTruncated');
      return {
        items: optionalList(DistributionList?.Items, 'DistributionList.Items').map(toListedDistribution),
        next: truncated ? text(DistributionList?.NextMarker, 'DistributionList.NextMarker') : null,
      };
    },
  });
  if (!isKnown(listed)) return listed;
  const policies = new Policies(door);
  const complete = async ({ distribution, behaviors }: ListedDistribution): Promise<Distribution> => ({
    ...distribution,
    behaviors: await Promise.all(
      behaviors.map(async ({ behavior, settings }) => ({
        ...behavior,
        forwards: await forwardsOf(settings, policies, distribution.id),
      })),
    ),
  });
  const concerned = listed.value.filter(({ distribution }) =>
    concerns(distribution, door.place.region, domains),
  );
  return known(await Promise.all(concerned.map(complete)));
};
