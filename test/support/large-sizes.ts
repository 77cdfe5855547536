import { LARGE_REST, type AccountSize } from './large-account';
import type { Sizes } from './limits';

/** The sizes of a large account, from how it is made. */
export const sizesOf = ({ apis, resources, stages, shared = false }: AccountSize): Sizes => {
  const deployments = shared ? 1 : stages;
  return {
    apis: Array.from({ length: apis }, () => ({ resources, deployments, exported: deployments })),
    usagePlans: Array.from({ length: LARGE_REST.usagePlans }, () => 1),
    apiKeys: 1,
    domains: Array.from({ length: LARGE_REST.domains }, () => 1),
    otherKinds: apis < LARGE_REST.domains,
    // Without an API nothing names the pool and the function.
    userPools: Array.from({ length: Math.min(1, apis) }, () => ({
      clients: LARGE_REST.clients,
      resourceServers: LARGE_REST.resourceServers,
      identityProviders: 0,
      domains: 1,
    })),
    missingPools: apis >= 50 ? 1 : 0,
    functions: Math.min(1, apis),
    missingFunctions: 0,
    webAcls: 0,
    vpcEndpoints: 0,
    distributions: 0,
    cloudFrontPolicies: 0,
  };
};
