import type { Json } from '../model/user-pool';

/** What is asked about. Give `url` or `curl`; a credential is a token, claims, a signer, or none. */
export interface ExplainInput {
  readonly url?: string;
  /** A whole curl command line, as pasted from a terminal or a browser. */
  readonly curl?: string;
  /** GET unless said, or as curl would choose. */
  readonly method?: string;
  /** A JWT or another token, with or without `Bearer`. */
  readonly token?: string;
  /** The payload of a JWT, as if its signature held. */
  readonly claims?: Json;
  /** `Name: value` lines. */
  readonly headers?: readonly string[];
  readonly sourceIp?: string;
  readonly sourceVpce?: string;
  readonly apiKeyId?: string;
  /** ARN of the principal that signs the call. */
  readonly signedBy?: string;
  /** What `verifySignature` found; left out: the signature was not verified. */
  readonly signature?: 'verified' | 'invalid';
}

/** An input that cannot be understood. The message names the field and never holds any of its value. */
export class ExplainInputError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(`${field}: ${message}`);
    this.name = 'ExplainInputError';
  }
}
