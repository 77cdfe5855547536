import type { Known } from './known';

/** AWS's names. A value AWS adds later is kept as it came and treated as "cannot tell". */
export type AuthorizationType = 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS' | (string & {});

/** What a mock (or other non-proxy) integration answers by itself; `null` for proxies, whose backend answers. */
export interface StaticAnswer {
  readonly statusCode: string;
  /** Response header name in lower case to its configured mapping, such as `'Content-Type,Authorization'` with AWS's quotes. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Integration {
  /** AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK, in upper case. */
  readonly type: string;
  readonly uri: string | null;
  /** IAM role ARN, or the caller-credentials wildcard. */
  readonly credentials: string | null;
  readonly answers: readonly StaticAnswer[];
}

/**
 * One verb on one path, of the draft or of a deployed snapshot. Fields are `Known` because a snapshot is put together from two
 * reads (deployment summary: type and key; export: authorizer and scopes), either of which may fail alone.
 */
export interface Method {
  readonly path: string;
  /** GET, POST, … or ANY, in upper case. */
  readonly verb: string;
  /** Only the draft has resource ids. */
  readonly resourceId?: string;
  readonly authorizationType: Known<AuthorizationType>;
  /** `Authorizer.key` of the same snapshot; may dangle. `null`: none named. */
  readonly authorizer: Known<string | null>;
  /** Sorted; empty when the method asks for none. */
  readonly scopes: Known<readonly string[]>;
  readonly apiKeyRequired: Known<boolean>;
  /** `null`: no integration. */
  readonly integration: Known<Integration | null>;
}

/** `GET /pets`, the name of a method in reports. */
export const methodLabel = (method: { readonly verb: string; readonly path: string }): string =>
  `${method.verb} ${method.path}`;
