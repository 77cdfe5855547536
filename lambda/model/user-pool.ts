import type { Known } from './known';

export interface ResourceServer {
  readonly identifier: string;
  readonly scopeNames: readonly string[];
}

/** A duration as Cognito stores it. */
export interface Validity {
  /** `null`: Cognito's default. */
  readonly value: number | null;
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface AppClientSettings {
  readonly hasSecret: boolean;
  /** `null`: unset, which means refresh, SRP and custom (CLI-16). Open strings. */
  readonly explicitAuthFlows: readonly string[] | null;
  /** AllowedOAuthFlowsUserPoolClient. */
  readonly oauthEnabled: boolean;
  readonly oauthFlows: readonly string[];
  readonly oauthScopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly identityProviders: readonly string[];
  readonly accessTokenValidity: Validity;
  readonly idTokenValidity: Validity;
  readonly refreshTokenValidity: Validity;
  /** Every member that UpdateUserPoolClient would reset when left out, as AWS returned it; never a secret. */
  readonly updateInput: { readonly [key: string]: Json };
}

export interface AppClient {
  readonly id: string;
  readonly name: string;
  readonly settings: Known<AppClientSettings>;
}

export interface UserPool {
  readonly arn: string;
  /** `REGION_xxxxxxxxx`. */
  readonly id: string;
  readonly name: string;
  /** LITE, ESSENTIALS, PLUS; `null` when AWS does not say. */
  readonly tier: string | null;
  /** ORIGINAL or UPDATED (COG-24). */
  readonly issuerType: string;
  /** Prefix domain and custom domain; `null`: none. */
  readonly domain: string | null;
  readonly customDomain: string | null;
  /** Status of the domain that serves the pool: ACTIVE, …; `null` without a domain. */
  readonly domainStatus: Known<string | null>;
  /** Trigger name (`PreSignUp`, `DefineAuthChallenge`, …) to function ARN. */
  readonly triggers: Readonly<Record<string, string>>;
  /** V1_0, V2_0, V3_0; `null`: no pre token generation trigger. */
  readonly preTokenGeneration: string | null;
  readonly estimatedUsers: number | null;
  readonly clients: Known<readonly AppClient[]>;
  readonly resourceServers: Known<readonly ResourceServer[]>;
  /** Names of the configured external providers; `COGNITO` is not among them. */
  readonly identityProviders: Known<readonly string[]>;
}

/** A pool that some authorizer names. `null`: Cognito says that it does not exist. */
export interface UserPoolEntry {
  readonly arn: string;
  readonly pool: Known<UserPool | null>;
}
