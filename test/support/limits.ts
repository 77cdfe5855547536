/** Pages of a list: an empty one takes a call too. */
const pages = (items: number, size: number): number => Math.max(1, Math.ceil(items / size));

/** What decides how many calls one account and region needs, counted from the account and not from what was asked of it. */
export interface Sizes {
  /** Each REST API: its resources, the deployments on its stages and canaries, and those of them that a stage serves. */
  readonly apis: readonly {
    readonly resources: number;
    readonly deployments: number;
    readonly exported: number;
  }[];
  /** Keys of each usage plan. */
  readonly usagePlans: readonly number[];
  readonly apiKeys: number;
  /** Calls for what each domain routes to: one for its mappings, one for those of several levels, one for rules. */
  readonly domains: readonly number[];
  /** Some mapping leads to no REST API. */
  readonly otherKinds: boolean;
  readonly userPools: readonly {
    readonly clients: number;
    readonly resourceServers: number;
    readonly identityProviders: number;
    readonly domains: number;
  }[];
  readonly missingPools: number;
  readonly functions: number;
  readonly missingFunctions: number;
  readonly webAcls: number;
  readonly vpcEndpoints: number;
  readonly distributions: number;
  /** Policies of CloudFront that are not AWS's own. */
  readonly cloudFrontPolicies: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Calls of GetResources. */
export const resourceCalls = ({ apis }: Sizes): number =>
  sum(apis.map(({ resources }) => pages(resources, 500)));

/**
 * Calls of API Gateway: pages of the list, what is read once an account (G), and for each API its stages, authorizers, gateway
 * responses, draft, and a summary and an export for each deployment.
 */
export const gatewayCalls = (sizes: Sizes): number => {
  const { apis, usagePlans, apiKeys, domains, otherKinds } = sizes;
  const settings = 1;
  const associations = 1;
  const once =
    pages(usagePlans.length, 500) +
    sum(usagePlans.map((keys) => pages(keys, 500))) +
    pages(apiKeys, 500) +
    pages(domains.length, 500) +
    sum(domains) +
    (otherKinds ? 1 : 0) +
    settings +
    associations;
  const perApi = sum(apis.map(({ deployments, exported }) => 3 + deployments + exported));
  return pages(apis.length, 500) + once + perApi + resourceCalls(sizes);
};

/** The fewest calls of all services. */
export const fewestCalls = (sizes: Sizes): number => {
  const { userPools, missingPools, functions, missingFunctions, webAcls } = sizes;
  const cognito = sum(
    userPools.map(
      ({ clients, resourceServers, identityProviders, domains }) =>
        1 +
        pages(clients, 60) +
        clients +
        pages(resourceServers, 50) +
        pages(identityProviders, 60) +
        domains,
    ),
  );
  return (
    gatewayCalls(sizes) +
    cognito +
    missingPools +
    // Configuration, policy and concurrency; of a function that is gone the first says so.
    3 * functions +
    missingFunctions +
    webAcls +
    pages(sizes.vpcEndpoints, 1000) +
    pages(sizes.distributions, 100) +
    sizes.cloudFrontPolicies
  );
};

/** Seconds below which API Gateway's quotas let nobody read the account, at a share of them: 10 a second and 40 at once in all, GetResources 2.5 and 5. */
export const floorSeconds = (sizes: Sizes, share: number): number =>
  Math.max(
    0,
    (gatewayCalls(sizes) - 40 * share) / (10 * share),
    (resourceCalls(sizes) - 5 * share) / (2.5 * share),
  );
