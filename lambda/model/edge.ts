import type { Known, Unreadable } from './known';

export interface BasePathMapping {
  /** Without slashes; empty for `(none)`. */
  readonly basePath: string;
  readonly restApiId: string;
  /** `null`: the caller puts the stage in the path (DOM-2). */
  readonly stage: string | null;
  /**
   * Whether apigatewayv2 lists the id among its HTTP and WebSocket APIs, which share domains with REST APIs. Left out where that was
   * not asked: an id that is no REST API may then be one of those.
   */
  readonly otherKind?: boolean;
  /** Why `otherKind` could not be asked for an id that is no REST API. */
  readonly kindUnread?: Unreadable;
}

export interface RoutingRule {
  readonly id: string;
  readonly priority: number;
  /** Base paths of the condition, ORed; empty: any path. */
  readonly basePaths: readonly string[];
  /** Header globs, ANDed. */
  readonly headers: readonly { readonly name: string; readonly glob: string }[];
  readonly restApiId: string;
  readonly stage: string;
  readonly stripBasePath: boolean;
}

export interface DomainName {
  readonly arn: string;
  readonly name: string;
  /** Private domains only (DOM-20). */
  readonly id: string | null;
  readonly endpointTypes: readonly string[];
  /** AVAILABLE, UPDATING, PENDING…; `null` when AWS does not say. */
  readonly status: string | null;
  readonly statusMessage: string | null;
  readonly securityPolicy: string | null;
  readonly endpointAccessMode: string | null;
  readonly mutualTls: {
    readonly truststoreUri: string;
    readonly truststoreVersion: string | null;
    readonly warnings: readonly string[];
  } | null;
  /** BASE_PATH_MAPPING_ONLY unless set (DOM-7). `API_MAPPING` spellings are normalised to `BASE_PATH_MAPPING`. */
  readonly routingMode: string;
  /** Policy text of a private domain, un-escaped. */
  readonly policy: string | null;
  readonly mappings: Known<readonly BasePathMapping[]>;
  /** Read only where the routing mode uses rules; `known([])` otherwise. */
  readonly routingRules: Known<readonly RoutingRule[]>;
}

/** DomainNameAccessAssociation: lets a VPC endpoint use a private domain (DOM-21). */
export interface DomainAccessAssociation {
  readonly domainArn: string;
  readonly vpcEndpointId: string;
}

/** An `execute-api` interface endpoint of this account. */
export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly state: string;
  readonly privateDnsEnabled: boolean;
  /** Policy document text. */
  readonly policy: string | null;
}

export interface CloudFrontBehavior {
  /** `*` for the default behaviour. */
  readonly pathPattern: string;
  readonly allowedMethods: readonly string[];
  /**
   * Which viewer headers reach the origin (MIS-11). `mode`: `none`, `listed`, `all`, `all-except` (the listed ones are left out),
   * `legacy` (ForwardedValues: all but Authorization on GET and HEAD unless listed).
   */
  readonly forwards: Known<{
    readonly mode: 'none' | 'listed' | 'all' | 'all-except' | 'legacy';
    /** Lower case. */
    readonly headers: readonly string[];
    readonly authorizationInCachePolicy: boolean;
    readonly forwardsHost: boolean;
  }>;
  readonly originId: string;
}

export interface Distribution {
  readonly arn: string;
  readonly id: string;
  readonly domainName: string;
  readonly aliases: readonly string[];
  readonly enabled: boolean;
  readonly origins: readonly {
    readonly id: string;
    readonly domainName: string;
    readonly originPath: string;
    /** Names of the origin's own custom headers, lower case; values never enter the model. */
    readonly customHeaders: readonly string[];
  }[];
  /** In the order in which they are tried: the first whose pattern matches takes the call, the default comes last. */
  readonly behaviors: readonly CloudFrontBehavior[];
}

export interface WebAclRule {
  readonly name: string;
  readonly priority: number;
  /** Allow, Block, Count, Captcha, Challenge; for groups the override: None or Count. */
  readonly action: string;
  /** A phrase: `IP set office`, `managed AWSManagedRulesCommonRuleSet`, `geo match US`, … */
  readonly matches: string;
  /**
   * Which calls it takes by the address that the connection comes from and by nothing else: those from an IP set, or all others. Left
   * out: it asks something else, or for a forwarded address.
   */
  readonly byAddress?: 'listed' | 'others';
  /** Vendor's name of a managed rule group. */
  readonly managedGroup: string | null;
  /** Rules of the managed group whose action is overridden, to their new action. */
  readonly ruleOverrides: Readonly<Record<string, string>>;
  /** Status of a custom Block response. */
  readonly blockStatus: number | null;
}

export interface WebAcl {
  readonly arn: string;
  readonly name: string;
  /** Allow or Block. */
  readonly defaultAction: string;
  readonly defaultBlockStatus: number | null;
  readonly rules: readonly WebAclRule[];
}

export interface WebAclEntry {
  readonly arn: string;
  /** `null`: WAF says that it does not exist. */
  readonly webAcl: Known<WebAcl | null>;
}
