import type { Known } from './known';
import type { Method } from './method';

export type AuthorizerKind = 'COGNITO_USER_POOLS' | 'TOKEN' | 'REQUEST' | (string & {});

export interface Authorizer {
  /** What methods of the same snapshot name it by: the id in the draft, the name in an export. */
  readonly key: string;
  /** `null` when the snapshot names an authorizer that the draft no longer has. */
  readonly id: string | null;
  readonly name: string;
  readonly kind: AuthorizerKind;
  /** Cognito only. As stored: may hold `${stageVariables.x}`, may name pools that are gone. */
  readonly providerArns: readonly string[];
  /** Lambda kinds only. As stored, may hold stage variables. */
  readonly uri: string | null;
  readonly credentials: string | null;
  /** As stored, in order: `method.request.header.Authorization`, … Empty: none. */
  readonly identitySources: readonly string[];
  readonly validationExpression: string | null;
  /** Seconds; AWS's default of 300 is filled in for the Lambda kinds (LAM-9); `null` for Cognito (COG-26). */
  readonly resultTtl: number | null;
}

/** One gateway response as it takes effect: family defaults are already applied (CRS-12). */
export interface GatewayResponse {
  readonly type: string;
  /** HTTP status; `null` where each type keeps its own (DEFAULT_4XX and DEFAULT_5XX without a status). */
  readonly status: number | null;
  /** `gatewayresponse.header.X` mappings: header name in lower case to mapping value, as stored. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content type to mapping template. */
  readonly templates: Readonly<Record<string, string>>;
  /** False for rows that AWS marks `defaultResponse: true`. */
  readonly customised: boolean;
}

/** One frozen or draft state of an API: all that a deployment freezes (DEP-2). */
export interface Snapshot {
  readonly methods: Known<readonly Method[]>;
  readonly authorizers: Known<readonly Authorizer[]>;
  /** The policy document's JSON text, un-escaped; `null`: there is none. */
  readonly policy: Known<string | null>;
  readonly gatewayResponses: Known<readonly GatewayResponse[]>;
}

export interface Canary {
  readonly deploymentId: string | null;
  /** 0 to 100. */
  readonly percentTraffic: number;
  readonly variableOverrides: Readonly<Record<string, string>>;
  readonly snapshot: Snapshot;
}

export interface MethodSetting {
  /** `OFF`, `ERROR`, `INFO`; `null` when never set. */
  readonly loggingLevel: string | null;
  readonly cachingEnabled: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: string | null;
}

export interface Stage {
  readonly name: string;
  readonly deploymentId: string | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly webAclArn: string | null;
  readonly cacheClusterEnabled: boolean;
  /** Keys as AWS writes them: `*` + `/*`, `pets/GET`. */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>;
  readonly accessLogFormat: string | null;
  readonly canary: Canary | null;
  readonly snapshot: Snapshot;
}

/** The deployment of an API that was made last, whether or not a stage serves it. */
export interface NewestDeployment {
  readonly id: string;
  /** Where no stage serves it, AWS tells no more than methods, their types and key requirements. */
  readonly snapshot: Snapshot;
}

export type EndpointType = 'EDGE' | 'REGIONAL' | 'PRIVATE' | (string & {});

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly endpointTypes: readonly EndpointType[];
  readonly vpcEndpointIds: readonly string[];
  /** `ipv4`, `dualstack`; `null` when AWS does not say. */
  readonly ipAddressType: string | null;
  readonly disableExecuteApiEndpoint: boolean;
  /** HEADER or AUTHORIZER. */
  readonly apiKeySource: string;
  readonly endpointAccessMode: string | null;
  /** Paths of all resources, those without methods included (draft). */
  readonly resourcePaths: Known<readonly string[]>;
  readonly draft: Snapshot;
  readonly stages: Known<readonly Stage[]>;
  /** `null`: not asked for, because every stage serves the methods of the draft. */
  readonly newestDeployment: Known<NewestDeployment | null>;
}

/** What GetRestApis says of an API: everything of its own, and the policy of its draft. One list call serves all. */
export interface ListedApi extends Omit<RestApi, 'resourcePaths' | 'draft' | 'stages' | 'newestDeployment'> {
  readonly policy: string | null;
}

/** What the rest of the account needs to know of an API once it has been judged and dropped. */
export interface ApiSummary {
  readonly id: string;
  readonly name: string;
  readonly endpointTypes: readonly EndpointType[];
  readonly disableExecuteApiEndpoint: boolean;
  readonly stageNames: Known<readonly string[]>;
}
