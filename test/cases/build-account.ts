import type { Policy } from './policy';
import type { SandboxAccount } from '../../sandbox/account-file';
import { functionsOf, type AuthorizerSketch, authorizersOf } from './build-authorizers';
import { distributionOf, domainOf, type DistributionSketch, type DomainSketch } from './build-edge';
import { resourcesOf, type Methods } from './build-methods';
import { ACCOUNT_ID, API_ID, REGION } from './places';
import { userPoolOf, type UserPoolSketch } from './build-user-pool';

type Region = SandboxAccount['regions'][string];
type RestApi = NonNullable<Region['restApis']>[number];
type Stage = NonNullable<RestApi['stages']>[number];

/** What may stand in the draft and, otherwise, in what is deployed. */
export interface Definition {
  /** `VERB /path` to what guards it. */
  readonly methods: Methods;
  readonly authorizers?: Readonly<Record<string, AuthorizerSketch>>;
  readonly policy?: Policy;
  /** Customised response types with the origin that they name in Access-Control-Allow-Origin. */
  readonly corsOnErrors?: boolean;
}

export interface StageSketch {
  readonly webAcl?: string;
}

export interface UsagePlanSketch {
  /** Of the API; `APIID/STAGE` for stages of another one. */
  readonly stages: readonly string[];
  readonly keys: readonly string[];
}

export interface VpcEndpointSketch {
  readonly privateDns: boolean;
  readonly policy?: Policy;
}

export interface WebAclSketch {
  readonly rules: NonNullable<NonNullable<Region['webAcls']>[number]['Rules']>;
}

/** One API with all that is around it, in few words; whatever is left out is healthy. */
export interface Sketch extends Definition {
  readonly endpoint?: 'EDGE' | 'REGIONAL' | 'PRIVATE';
  readonly vpcEndpointIds?: readonly string[];
  readonly disableExecuteApiEndpoint?: boolean;
  readonly apiKeySource?: 'HEADER' | 'AUTHORIZER';
  /** By name; `null`: never deployed. One stage `prod` when left out. */
  readonly stages?: Readonly<Record<string, StageSketch>> | null;
  /** Where the deployment differs from the draft. */
  readonly deployed?: Partial<Definition>;
  readonly pools?: Readonly<Record<string, UserPoolSketch>>;
  /** By name; whether each is enabled. */
  readonly apiKeys?: Readonly<Record<string, { readonly enabled: boolean; readonly stageKeys?: string[] }>>;
  readonly usagePlans?: Readonly<Record<string, UsagePlanSketch>>;
  readonly domains?: Readonly<Record<string, DomainSketch>>;
  readonly distribution?: DistributionSketch;
  readonly webAcls?: Readonly<Record<string, WebAclSketch>>;
  readonly ipSets?: Readonly<Record<string, readonly string[]>>;
  readonly vpcEndpoints?: Readonly<Record<string, VpcEndpointSketch>>;
}

const DEPLOYED_AT = '2025-06-02T09:00:00Z';
const UUID = '6f1c2a04-97d3-4f0b-8a55-1be2c4d7e901';

const wafArn = (kind: 'webacl' | 'ipset', name: string): string =>
  `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/${kind}/${name}/${UUID}`;

/** The ARN of an IP set of the sketch, for rules of web ACLs. */
export const ipSetArn = (name: string): string => wafArn('ipset', name);

const LOGS = {
  methodSettings: { '*/*': { loggingLevel: 'ERROR', metricsEnabled: true } },
  accessLogSettings: {
    destinationArn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:api`,
    format: '$context.requestId $context.status $context.error.message $context.authorize.error',
  },
} as const;

const stageOf = (stageName: string, { webAcl }: StageSketch): Stage => ({
  stageName,
  deploymentId: 'dep001',
  createdDate: DEPLOYED_AT,
  lastUpdatedDate: DEPLOYED_AT,
  ...LOGS,
  ...(webAcl === undefined ? {} : { webAclArn: wafArn('webacl', webAcl) }),
});

const ALLOW_ORIGIN = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };

const contentOf = ({ methods, authorizers = {}, policy, corsOnErrors = false }: Definition) => ({
  resources: resourcesOf(methods, authorizers),
  authorizers: authorizersOf(authorizers),
  ...(policy === undefined ? {} : { policyDocument: { Version: '2012-10-17', ...policy } }),
  gatewayResponses: corsOnErrors
    ? (['DEFAULT_4XX', 'DEFAULT_5XX'] as const).map((responseType) => ({
        responseType,
        responseParameters: ALLOW_ORIGIN,
      }))
    : [],
});

const restApiOf = (sketch: Sketch): RestApi => {
  const { endpoint = 'REGIONAL', vpcEndpointIds, stages = { prod: {} }, deployed } = sketch;
  return {
    id: API_ID,
    name: 'reported',
    createdDate: '2025-01-02T09:00:00Z',
    rootResourceId: 'root000001',
    apiKeySource: sketch.apiKeySource ?? 'HEADER',
    disableExecuteApiEndpoint: sketch.disableExecuteApiEndpoint ?? false,
    endpointConfiguration: {
      types: [endpoint],
      ...(vpcEndpointIds === undefined ? {} : { vpcEndpointIds: [...vpcEndpointIds] }),
    },
    ...contentOf(sketch),
    stages: Object.entries(stages ?? {}).map(([name, stage]) => stageOf(name, stage)),
    deployments:
      stages === null
        ? []
        : [
            {
              id: 'dep001',
              createdDate: DEPLOYED_AT,
              ...(deployed === undefined ? {} : { frozen: contentOf({ ...sketch, ...deployed }) }),
            },
          ],
  };
};

const VISIBILITY = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'acl' };

const FULL_ACCESS: Policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

const vpcEndpointOf = (
  VpcEndpointId: string,
  { privateDns, policy = FULL_ACCESS }: VpcEndpointSketch,
): NonNullable<Region['vpcEndpoints']>[number] => ({
  VpcEndpointId,
  VpcEndpointType: 'Interface',
  VpcId: 'vpc-0d41c7f2a95b3e680',
  ServiceName: `com.amazonaws.${REGION}.execute-api`,
  State: 'available' as never,
  PolicyDocument: JSON.stringify(policy),
  PrivateDnsEnabled: privateDns,
  OwnerId: ACCOUNT_ID,
});

const planStage = (stage: string): { readonly apiId: string; readonly stage: string } => {
  const [first = '', second] = stage.split('/');
  return second === undefined ? { apiId: API_ID, stage: first } : { apiId: first, stage: second };
};

/** The account of a sketch, in AWS's own shapes, as the sandbox serves it. */
export const buildAccount = (sketch: Sketch): SandboxAccount => ({
  accountId: ACCOUNT_ID,
  regions: {
    [REGION]: {
      account: {
        cloudwatchRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/api-gateway-logs`,
        features: ['UsagePlans'],
      },
      restApis: [restApiOf(sketch)],
      userPools: Object.entries(sketch.pools ?? {}).map(([name, pool]) => userPoolOf(name, pool)),
      functions: functionsOf({ ...sketch.deployed?.authorizers, ...sketch.authorizers }),
      apiKeys: Object.entries(sketch.apiKeys ?? {}).map(([name, { enabled, stageKeys = [] }]) => ({
        id: name,
        name,
        enabled,
        stageKeys,
        value: `EXAMPLE-not-a-real-value-of-${name}`,
      })),
      usagePlans: Object.entries(sketch.usagePlans ?? {}).map(([name, { stages, keys }]) => ({
        id: name,
        name,
        apiStages: stages.map(planStage),
        keys: [...keys],
      })),
      domainNames: Object.entries(sketch.domains ?? {}).map(([name, domain]) => domainOf(name, domain)),
      webAcls: Object.entries(sketch.webAcls ?? {}).map(([Name, { rules }]) => ({
        Name,
        Id: UUID,
        ARN: wafArn('webacl', Name),
        DefaultAction: { Allow: {} },
        Rules: rules,
        VisibilityConfig: VISIBILITY,
      })),
      ipSets: Object.entries(sketch.ipSets ?? {}).map(([Name, addresses]) => ({
        Name,
        Id: UUID,
        ARN: wafArn('ipset', Name),
        IPAddressVersion: 'IPV4',
        Addresses: [...addresses],
      })),
      vpcEndpoints: Object.entries(sketch.vpcEndpoints ?? {}).map(([id, endpoint]) =>
        vpcEndpointOf(id, endpoint),
      ),
    },
  },
  distributions: sketch.distribution === undefined ? [] : [distributionOf(sketch.distribution)],
});
