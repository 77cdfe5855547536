import type { Operation } from './permissions';

/** The largest page that AWS gives; lists that are not named here have none that is documented. Left out of a request, AWS takes 25. */
export const PAGE_SIZES = {
  GetRestApis: 500,
  GetResources: 500,
  GetAuthorizers: 500,
  GetGatewayResponses: 500,
  GetDeployments: 500,
  GetUsagePlans: 500,
  GetUsagePlanKeys: 500,
  GetApiKeys: 500,
  GetDomainNames: 500,
  GetBasePathMappings: 500,
  GetDomainNameAccessAssociations: 500,
  ListRoutingRules: 100,
  ListUserPoolClients: 60,
  ListResourceServers: 50,
  ListIdentityProviders: 60,
  DescribeVpcEndpoints: 1000,
  ListDistributions: 100,
} as const satisfies Partial<Readonly<Record<Operation, number>>>;

const sizes: Partial<Readonly<Record<Operation, number>>> = PAGE_SIZES;

/** The fewest calls that can read a list; where no page size is documented, as many as there were pages. */
export const fewestPages = (operation: Operation, items: number, pages: number): number => {
  const size = sizes[operation];
  return size === undefined ? pages : Math.max(1, Math.ceil(items / size));
};
