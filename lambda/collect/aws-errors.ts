import { ShapeError } from './shape';

/**
 * What a failed call means. `absent`: AWS says that the thing does not exist. The other four are gaps. `detail` is a phrase for
 * people and is made of known words only: what AWS or a proxy wrote may hold a token (a canonical request does) and is never repeated.
 */
export interface Failure {
  readonly outcome: 'absent' | 'denied' | 'throttled' | 'broken' | 'unsupported';
  readonly detail: string;
  /** The action that AWS names in its refusal. */
  readonly action?: string;
}

/** What a caller of the door knows of the operation it asks. */
export interface Expectations {
  /** Error by which this operation says that the thing asked for does not exist. */
  readonly absent?: string;
  /** A refusal that is AWS's limitation and not a fault: words of its message, and how we say it. */
  readonly unsupported?: { readonly words: RegExp; readonly detail: string };
}

const THROTTLED = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'NotAuthorizedException',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

/** The caller is not known at all: no permission would help. */
const BAD_CREDENTIALS = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

/** Something that is not AWS, or not all of it, has no such operation: that says nothing about the thing asked for. */
const NO_SUCH_ROUTE =
  /unknown (path|operation|action|target)|not (yet )?implemented|no (such )?route|cannot (get|post) \//i;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const word = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9._]{0,79}$/.test(value) ? value : null;

/** An error's name where it is one word, as AWS's and the SDK's are. */
export const errorName = (error: unknown): string => word(member(error, 'name')) ?? 'Error';

const statusOf = (error: unknown): number | null => {
  const status = member(member(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : null;
};

/** True for errors that ask the caller to slow down, whatever their status. */
export const isThrottle = (error: unknown): boolean =>
  statusOf(error) === 429 || THROTTLED.has(String(member(error, 'name')));

const ACTION = /\bperform:? ([a-z0-9-]{2,40}:[A-Za-z*]{1,60})\b/;

/** Node.js's: `ECONNRESET`, `ENOTFOUND`. */
const SYSTEM_ERROR = /^E[A-Z0-9_]+$/;

const brokenDetail = (error: unknown, name: string | null, status: number | null): string => {
  if (error instanceof ShapeError) return `the answer holds no usable ${error.field}`;
  if (name === 'CredentialsProviderError') return 'no credentials were found';
  if (name !== null && BAD_CREDENTIALS.has(name)) return `the credentials were refused (${name})`;
  if (name === 'SyntaxError') return 'the answer is not what AWS sends (it cannot be parsed)';
  const code = word(member(error, 'code'));
  // The SDK calls a reset a time-out too, and gives the status of an answer that broke off.
  if (code !== null && code !== 'ETIMEDOUT' && SYSTEM_ERROR.test(code)) {
    return `the connection failed (${code})`;
  }
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer came in time';
  if (status === null) return `the call failed${name === null ? '' : ` (${name})`}`;
  return `AWS answered ${status}${name === null ? '' : ` ${name}`}`;
};

/** The one place that looks at an error's name, status or words. */
export const classifyError = (error: unknown, expected: Expectations = {}): Failure => {
  const name = word(member(error, 'name'));
  const status = statusOf(error);
  const said = member(error, 'message');
  const message = typeof said === 'string' ? said : '';
  if (isThrottle(error)) return { outcome: 'throttled', detail: 'AWS kept asking to slow down' };
  if (name !== null && DENIED.has(name)) {
    const action = ACTION.exec(message)?.[1];
    return { outcome: 'denied', detail: 'access was denied', ...(action === undefined ? {} : { action }) };
  }
  if (NO_SUCH_ROUTE.test(message)) {
    return { outcome: 'broken', detail: 'the endpoint does not know this operation' };
  }
  if (name !== null && name === expected.absent) return { outcome: 'absent', detail: 'it does not exist' };
  if (expected.unsupported?.words.test(message) === true) {
    return { outcome: 'unsupported', detail: expected.unsupported.detail };
  }
  return { outcome: 'broken', detail: brokenDetail(error, name, status) };
};
