import type { DomainAccessAssociation, DomainName, Distribution, VpcEndpoint, WebAclEntry } from './edge';
import type { Known } from './known';
import type { RestApi } from './rest-api';
import type { UserPoolEntry } from './user-pool';

export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly apiStages: readonly { readonly restApiId: string; readonly stage: string }[];
  /** Ids only; AWS sends the values too, and they are dropped at the door (KEY-12). */
  readonly keyIds: Known<readonly string[]>;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** `restApiId/stage`; in force only where usage plans were never enabled (KEY-11). */
  readonly stageKeys: readonly string[];
}

/** The function behind a Lambda authorizer or a pool trigger, by the ARN it is called with (qualifier included). */
export interface FunctionEntry {
  readonly arn: string;
  /** `null`: Lambda says that it does not exist. */
  readonly configuration: Known<{
    /** Active, Inactive, Failed, Pending. */
    readonly state: string;
    readonly lastUpdateStatus: string | null;
    readonly runtime: string | null;
  } | null>;
  /** Policy document text; `null`: no policy. */
  readonly policy: Known<string | null>;
  /** `null`: unreserved. */
  readonly reservedConcurrency: Known<number | null>;
}

/** A role that an identity pool hands out, and whether it may invoke (optional read). */
export interface CallerRole {
  readonly roleArn: string;
  readonly identityPoolId: string;
  /** authenticated, unauthenticated or group. */
  readonly use: string;
  /** Execute-api ARNs asked about, to the simulator's answer. */
  readonly mayInvoke: Known<Readonly<Record<string, boolean>>>;
}

/** Everything shared by the APIs of one account and region: one entry per thing that is read, and can fail, as a whole. */
export interface Slices {
  readonly usagePlans: readonly UsagePlan[];
  readonly apiKeys: readonly ApiKey[];
  readonly domains: readonly DomainName[];
  readonly domainAccessAssociations: readonly DomainAccessAssociation[];
  /** Those that authorizers of the APIs at hand name. */
  readonly userPools: readonly UserPoolEntry[];
  /** Those that authorizers and pool triggers name. */
  readonly functions: readonly FunctionEntry[];
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly webAcls: readonly WebAclEntry[];
  readonly distributions: readonly Distribution[];
  /** API Gateway's account settings of the region. */
  readonly gatewayAccount: {
    readonly cloudwatchRoleArn: string | null;
    /** `UsagePlans` where they are enabled: everywhere but in regions that had keys before there were plans (KEY-11). */
    readonly features: readonly string[];
  };
  /** Empty unless this read was asked for. */
  readonly callerRoles: readonly CallerRole[];
}
export type SliceName = keyof Slices;

/** Zeros, which AWS gives to no account: nobody said where a template will be deployed. */
export const NO_ACCOUNT = '000000000000';

export interface Place {
  /** Twelve digits. */
  readonly accountId: string;
  /** aws, aws-cn, aws-us-gov. */
  readonly partition: string;
  readonly region: string;
}

/** What all APIs of one account and region share. */
export interface SharedAccount extends Place {
  /** ISO 8601; rules take the time from here. */
  readonly collectedAt: string;
  /** Regions that this run reads: a pool elsewhere is "cannot tell", not missing. */
  readonly scannedRegions: readonly string[];
  readonly slices: { readonly [K in SliceName]: Known<Slices[K]> };
}

/** One account in one region, whole: the saved form. A live run streams `restApis` instead. */
export interface Account extends SharedAccount {
  readonly schemaVersion: 1;
  readonly restApis: Known<readonly RestApi[]>;
}
