/** One operation that a collector calls, and what IAM must allow for it. */
export interface Permission {
  /** SDK operation name: `GetRestApis`. */
  readonly operation: string;
  /** SDK client: `api-gateway`, `cognito-identity-provider`, `lambda`, `sts`, `wafv2`, `ec2`, `apigatewayv2`, `cloudfront`, `iam`. */
  readonly client: string;
  /** IAM action, such as `apigateway:GET`; `null`: none is needed. */
  readonly action: string | null;
  /** ARNs with `PARTITION`, `REGION` and `ACCOUNT` as placeholders, as narrow as IAM allows; `*` where it allows no less. */
  readonly resources: readonly string[];
  /** Only with this option of the command line: the permission is not part of the function's role. */
  readonly option?: PermissionOption;
}

/** Options of the command line that need a permission of their own. */
export type PermissionOption = 'all-regions' | 'test-invoke' | 'user';

type Needs = Omit<Permission, 'operation'>;

/** API Gateway's ARNs carry no account (RD-1), except those of private domains, associations and routing rules. */
const gateway = (...paths: readonly string[]): Needs => ({
  client: 'api-gateway',
  action: 'apigateway:GET',
  resources: paths.map((path) => `arn:PARTITION:apigateway:REGION::${path}`),
});

const cognito = (operation: string): Needs => ({
  client: 'cognito-identity-provider',
  action: `cognito-idp:${operation}`,
  resources: ['arn:PARTITION:cognito-idp:REGION:ACCOUNT:userpool/*'],
});

const lambda = (operation: string): Needs => ({
  client: 'lambda',
  action: `lambda:${operation}`,
  resources: ['arn:PARTITION:lambda:REGION:ACCOUNT:function:*'],
});

/**
 * Everything the collectors may ask. The door takes only these names, so that an operation without a declared permission does
 * not compile. This file loads no SDK: the CDK app reads it.
 */
const NEEDS = {
  GetRestApis: gateway('/restapis'),
  GetRestApi: gateway('/restapis/*'),
  GetResources: gateway('/restapis/*/resources'),
  GetAuthorizers: gateway('/restapis/*/authorizers'),
  GetGatewayResponses: gateway('/restapis/*/gatewayresponses'),
  GetStages: gateway('/restapis/*/stages'),
  GetDeployment: gateway('/restapis/*/deployments/*'),
  GetDeployments: gateway('/restapis/*/deployments'),
  // AWS publishes no ARN for exports: the API's own covers them (semantics §14.1).
  GetExport: gateway('/restapis/*'),
  GetUsagePlans: gateway('/usageplans'),
  GetUsagePlanKeys: gateway('/usageplans/*/keys'),
  GetApiKeys: gateway('/apikeys'),
  GetDomainNames: {
    ...gateway(),
    resources: [
      'arn:PARTITION:apigateway:REGION::/domainnames',
      'arn:PARTITION:apigateway:REGION::/domainnames/*',
      'arn:PARTITION:apigateway:REGION:ACCOUNT:/domainnames/*',
    ],
  },
  GetBasePathMappings: gateway('/domainnames/*/basepathmappings'),
  GetApiMappings: { ...gateway('/domainnames/*/apimappings'), client: 'apigatewayv2' },
  ListRoutingRules: {
    client: 'apigatewayv2',
    action: 'apigateway:ListRoutingRules',
    resources: ['arn:PARTITION:apigateway:REGION:ACCOUNT:/domainnames/*/routingrules/*'],
  },
  GetDomainNameAccessAssociations: {
    ...gateway(),
    resources: ['arn:PARTITION:apigateway:REGION:ACCOUNT:/domainnameaccessassociations'],
  },
  GetApis: { ...gateway('/apis'), client: 'apigatewayv2' },
  GetAccount: gateway('/account'),
  DescribeUserPool: cognito('DescribeUserPool'),
  ListUserPoolClients: cognito('ListUserPoolClients'),
  DescribeUserPoolClient: cognito('DescribeUserPoolClient'),
  ListResourceServers: cognito('ListResourceServers'),
  ListIdentityProviders: cognito('ListIdentityProviders'),
  // IAM knows no resource for it (§14.2).
  DescribeUserPoolDomain: { ...cognito('DescribeUserPoolDomain'), resources: ['*'] },
  GetFunctionConfiguration: lambda('GetFunctionConfiguration'),
  GetPolicy: lambda('GetPolicy'),
  GetFunctionConcurrency: lambda('GetFunctionConcurrency'),
  GetWebACL: {
    client: 'wafv2',
    action: 'wafv2:GetWebACL',
    resources: ['arn:PARTITION:wafv2:REGION:ACCOUNT:regional/webacl/*/*'],
  },
  DescribeVpcEndpoints: { client: 'ec2', action: 'ec2:DescribeVpcEndpoints', resources: ['*'] },
  ListDistributions: { client: 'cloudfront', action: 'cloudfront:ListDistributions', resources: ['*'] },
  GetCachePolicy: {
    client: 'cloudfront',
    action: 'cloudfront:GetCachePolicy',
    resources: ['arn:PARTITION:cloudfront::ACCOUNT:cache-policy/*'],
  },
  GetOriginRequestPolicy: {
    client: 'cloudfront',
    action: 'cloudfront:GetOriginRequestPolicy',
    resources: ['arn:PARTITION:cloudfront::ACCOUNT:origin-request-policy/*'],
  },
  GetCallerIdentity: { client: 'sts', action: null, resources: [] },
  DescribeRegions: {
    client: 'ec2',
    action: 'ec2:DescribeRegions',
    resources: ['*'],
    option: 'all-regions',
  },
} as const satisfies Readonly<Record<string, Needs>>;

/**
 * What no audit asks, and `explain` only when a person wants it: the one invokes an authorizer, by POST (TST-5), the other reads
 * personal data (CLI-20).
 */
const ON_REQUEST = {
  TestInvokeAuthorizer: {
    client: 'api-gateway',
    action: 'apigateway:POST',
    resources: ['arn:PARTITION:apigateway:REGION::/restapis/*/authorizers/*'],
    option: 'test-invoke',
  },
  AdminGetUser: { ...cognito('AdminGetUser'), option: 'user' },
} as const satisfies Readonly<Record<string, Needs>>;

const ALL = { ...NEEDS, ...ON_REQUEST };

/** An operation that the collectors may call. */
export type Operation = keyof typeof ALL;

export const isOperation = (name: string): name is Operation => Object.hasOwn(ALL, name);

const listed = (needs: Readonly<Record<string, Needs>>): readonly Permission[] =>
  Object.entries(needs).map(([operation, need]) => ({ operation, ...need }));

/** What the audit's role must allow: every operation of every collector, in the order in which they are declared. */
export const readPermissions: readonly Permission[] = listed(NEEDS);

/** What `explain` asks besides, each with an option of its own. */
export const requestedPermissions: readonly Permission[] = listed(ON_REQUEST);

/** The IAM action that an operation needs; `null`: none. */
export const permissionOf = (operation: Operation): string | null => ALL[operation].action;
