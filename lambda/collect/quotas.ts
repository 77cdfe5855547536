import type { Operation } from './permissions';

/** Calls per second, and how many at once. */
export interface Quota {
  readonly rate: number;
  readonly burst: number;
}

/** Of each account and region: limits.html of API Gateway, the Cognito quota page, the Lambda quota page, the WAF quota page; CloudFront publishes none. */
export const QUOTAS = {
  gateway: { rate: 10, burst: 40 },
  gatewayResources: { rate: 2.5, burst: 5 },
  poolRead: { rate: 15, burst: 15 },
  poolClientRead: { rate: 15, burst: 15 },
  poolResourceRead: { rate: 20, burst: 20 },
  lambdaPolicy: { rate: 15, burst: 15 },
  lambda: { rate: 15, burst: 15 },
  waf: { rate: 5, burst: 5 },
  ec2: { rate: 20, burst: 100 },
  cloudFront: { rate: 5, burst: 5 },
} as const satisfies Readonly<Record<string, Quota>>;
export type QuotaName = keyof typeof QUOTAS;

/** Within the account's quota, Cognito grants each pool this much of one operation. */
export const PER_POOL: Quota = { rate: 5, burst: 5 };

/** What each call takes one token of, the scarcest first. */
export const DRAWS: Readonly<Record<Operation, readonly QuotaName[]>> = {
  GetRestApis: ['gateway'],
  GetRestApi: ['gateway'],
  GetResources: ['gatewayResources', 'gateway'],
  GetAuthorizers: ['gateway'],
  GetGatewayResponses: ['gateway'],
  GetStages: ['gateway'],
  GetDeployments: ['gateway'],
  GetDeployment: ['gateway'],
  GetExport: ['gateway'],
  GetUsagePlans: ['gateway'],
  GetUsagePlanKeys: ['gateway'],
  GetApiKeys: ['gateway'],
  GetDomainNames: ['gateway'],
  GetBasePathMappings: ['gateway'],
  // The second version's operations stand in the same quota table.
  GetApiMappings: ['gateway'],
  ListRoutingRules: ['gateway'],
  GetDomainNameAccessAssociations: ['gateway'],
  GetApis: ['gateway'],
  GetAccount: ['gateway'],
  DescribeUserPool: ['poolRead'],
  ListUserPoolClients: ['poolClientRead'],
  DescribeUserPoolClient: ['poolClientRead'],
  ListResourceServers: ['poolResourceRead'],
  ListIdentityProviders: ['poolResourceRead'],
  DescribeUserPoolDomain: ['poolResourceRead'],
  GetFunctionConfiguration: ['lambda'],
  GetPolicy: ['lambdaPolicy'],
  GetFunctionConcurrency: ['lambda'],
  GetWebACL: ['waf'],
  DescribeVpcEndpoints: ['ec2'],
  ListDistributions: ['cloudFront'],
  GetCachePolicy: ['cloudFront'],
  GetOriginRequestPolicy: ['cloudFront'],
  GetCallerIdentity: [],
  DescribeRegions: ['ec2'],
  TestInvokeAuthorizer: ['gateway'],
  AdminGetUser: ['poolRead'],
};

export const PACED_PER_POOL: ReadonlySet<QuotaName> = new Set(['poolClientRead', 'poolResourceRead']);
