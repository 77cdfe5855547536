import type { Secret } from './secret';

/** Where a call is sent. Paths are as sent, with their leading slash and without query or fragment. */
export type Address =
  /** The execute-api name of an API, or one of the private forms of it (PRV-7). */
  | {
      readonly by: 'execute-api';
      /** `null`: an endpoint's own name without Host or x-apigw-api-id, which says no API (PRV-7). */
      readonly restApiId: string | null;
      readonly region: string;
      /** The VPC endpoint that the host names: `APIID-VPCEID.execute-api…` (`alias`) or the endpoint's own name (`endpoint-name`). */
      readonly through: { readonly form: 'alias' | 'endpoint-name'; readonly vpcEndpointId: string } | null;
      readonly path: string;
    }
  /** Any other host, in lower case. */
  | { readonly by: 'host'; readonly host: string; readonly path: string };

/**
 * Where a call comes from. All `null`: not known. An address without an endpoint is the internet; an endpoint or a VPC is private
 * traffic.
 */
export interface Source {
  /** The caller's address as API Gateway sees it. */
  readonly ip: string | null;
  readonly vpceId: string | null;
  readonly vpcId: string | null;
}

export const UNKNOWN_SOURCE: Source = { ip: null, vpceId: null, vpcId: null };

/** What a caller sends, credentials apart. */
export interface Request {
  readonly address: Address;
  /** In upper case. */
  readonly verb: string;
  /** By lower-case name; the credential and the key are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** By name as sent. */
  readonly query: Readonly<Record<string, string>>;
  readonly source: Source;
  /** `trusted`: the caller presents a certificate that the domain's truststore accepts. */
  readonly clientCertificate: 'unknown' | 'trusted';
  /** When the call arrives. */
  readonly at: Date;
}

/** What a JWT says, as far as API Gateway asks (section 2.5). `null`: the claim is not there. */
export interface Claims {
  /** From `token_use`; `unknown` when the claim is missing or no string that Cognito issues. */
  readonly kind: 'id' | 'access' | 'unknown';
  readonly issuer: string | null;
  /** `aud` of ID tokens, `client_id` of access tokens. */
  readonly clientId: string | null;
  readonly audience: readonly string[] | null;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number | null;
  readonly notBefore: number | null;
  readonly issuedAt: number | null;
}

/** What a Signature Version 4 says of itself; the signature and its key stay outside. */
export interface SignatureScope {
  /** `null`: SigV4a, which is good for several Regions, or not told. */
  readonly region: string | null;
  /** `null`: not told. */
  readonly service: string | null;
  /** `20261123`; `null`: the day of the call. */
  readonly day: string | null;
  /** X-Amz-Date, else Date; `null`: signed as the call is made. */
  readonly signedAt: Date | null;
  /** What API Gateway needs and does not find, in words; `null`: nothing. */
  readonly lacks: string | null;
}

export type Credential =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'token';
      readonly claims: Claims;
      /** Lower case; `null`: the header that the authorizer reads. */
      readonly header: string | null;
      /** Written in front of the token, `Bearer` usually; `null`: nothing. */
      readonly scheme: string | null;
      /** `assumed`: claims given in place of a token, or a token nobody verified. */
      readonly signature: 'assumed' | 'verified' | 'invalid';
      /** The header's value as sent; `null` when only claims are known. */
      readonly value: Secret | null;
    }
  /** A header value that is no JWT that Cognito signs: an API token, basic credentials, a refresh token, a broken JWT. */
  | {
      readonly kind: 'opaque';
      readonly header: string | null;
      readonly scheme: string | null;
      readonly value: Secret | null;
      /** Why it is no JWT, for people; never holds any of it. */
      readonly because: string;
    }
  /** Signed with Signature Version 4 by a principal whose own policies are not known. */
  | {
      readonly kind: 'signed';
      /** Empty where only the signature is seen, not who made it. */
      readonly principalArn: string;
      /** `null`: that the call is signed is all that was said. */
      readonly scope: SignatureScope | null;
      readonly sentIn: 'header' | 'query';
    };

/** Who calls. */
export interface Identity {
  readonly credential: Credential;
  /** `present`: a key is sent, but which one is unknown, as key values are never read. */
  readonly apiKey: { readonly id: string } | 'present' | 'none';
  /** What a Lambda authorizer answers, when asked; with `allows`, its answer carries the API key where the API takes it from there. */
  readonly lambdaAuthorizer: 'allows' | 'unknown';
  /** What the principal's own policies, boundaries and organisation say to a signed call. */
  readonly ownPolicies: 'allow' | 'unknown';
}

export const ANONYMOUS: Identity = {
  credential: { kind: 'none' },
  apiKey: 'none',
  lambdaAuthorizer: 'unknown',
  ownPolicies: 'unknown',
};
