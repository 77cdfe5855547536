import type { Refusal } from './answer';

const refusal = (
  status: number | null,
  responseType: string | null,
  errorType: string | null,
  message: string | null,
  key: Refusal['key'] = 'message',
): Refusal => ({ status, responseType, errorType, message, key });

/** Nothing in HTTP: a name that does not resolve, a connection that fails (PRV-15). */
export const NO_ANSWER = refusal(null, null, null, null);
/** Refused, but sources disagree on how. */
export const CONTESTED = refusal(null, null, null, null);
/** Before an API is known: no gateway response applies (MSG-4, MSG-6, MSG-7, MSG-32). */
export const FORBIDDEN = refusal(403, null, 'ForbiddenException', 'Forbidden');
/** MSG-2: the body is not documented. */
export const CERTIFICATE_REFUSED = refusal(403, null, 'ForbiddenException', null);
export const MISSING_AUTHENTICATION_TOKEN = refusal(
  403,
  'MISSING_AUTHENTICATION_TOKEN',
  'MissingAuthenticationTokenException',
  'Missing Authentication Token',
);
/** MSG-9: the gateway response type is not settled. */
export const MISSING_EQUAL_SIGN = refusal(
  403,
  null,
  'IncompleteSignatureException',
  "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '…'.",
);
/** MSG-10. */
export const CREDENTIAL_REQUIRED = refusal(
  403,
  null,
  'IncompleteSignatureException',
  "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=…",
);
/** One of MSG-9 and MSG-10: the value decides which. */
export const INCOMPLETE_SIGNATURE = refusal(403, null, 'IncompleteSignatureException', null);
/** MSG-16: the text hangs on what is wrong, and on the year. */
export const INVALID_SIGNATURE = refusal(403, 'INVALID_SIGNATURE', 'InvalidSignatureException', null);
/** MSG-17: the text ends with the time at which the call arrives. */
export const signatureOutOfTime = (signedAt: string, how: 'expired' | 'not yet current'): Refusal =>
  refusal(
    403,
    'INVALID_SIGNATURE',
    'InvalidSignatureException',
    how === 'expired'
      ? `Signature expired: ${signedAt} is now earlier than … (… - 5 min.)`
      : `Signature not yet current: ${signedAt} is still later than … (… + 5 min.)`,
  );
export const UNAUTHORIZED = refusal(401, 'UNAUTHORIZED', 'UnauthorizedException', 'Unauthorized');
/** MSG-28: the type is inferred. */
export const TOKEN_EXPIRED = refusal(
  401,
  'UNAUTHORIZED',
  'UnauthorizedException',
  'The incoming token has expired',
);
export const INVALID_API_KEY = refusal(403, 'INVALID_API_KEY', 'ForbiddenException', 'Forbidden');
/** MSG-24: the body differs between captures. */
export const AUTHORIZER_CONFIGURATION_ERROR = refusal(
  500,
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AuthorizerConfigurationException',
  null,
);
/** MSG-35. */
export const URI_TOO_LONG = refusal(414, null, null, 'Request URI too long');
/** MSG-34: neither type nor body is documented. */
export const CACHE_CONTROL_REFUSED = refusal(403, null, null, null);

/** MSG-11, MSG-12: a custom response of the web ACL replaces status and body. */
export const wafBlock = (customStatus: number | null): Refusal =>
  customStatus === null
    ? refusal(403, 'WAF_FILTERED', 'ForbiddenException', 'Forbidden')
    : refusal(customStatus, null, null, null);

const maskAccount = (arn: string): string =>
  arn.replace(/:(\d{8})(\d{4}):/, (_, _hidden: string, shown: string) => `:********${shown}:`);

/** MSG-13, MSG-14: of calls that nobody described. */
export const POLICY_DENIAL = refusal(403, 'ACCESS_DENIED', 'AccessDeniedException', null, 'Message');

/**
 * MSG-13, MSG-14: a policy refuses. The text's end changed over the years; today's tells an explicit Deny from a missing Allow.
 * `who`: `anonymous` or the principal's ARN.
 */
export const notAuthorized = (
  who: string,
  executeApiArn: string,
  reason: 'explicit-deny' | 'no-allow',
): Refusal =>
  refusal(
    403,
    'ACCESS_DENIED',
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${maskAccount(executeApiArn)}${
      reason === 'explicit-deny'
        ? ' with an explicit deny in a resource-based policy'
        : ' because no resource-based policy allows the execute-api:Invoke action'
    }`,
    'Message',
  );
