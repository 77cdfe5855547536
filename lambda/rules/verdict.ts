import type { Unreadable } from '../model/known';

/** How much a fault stops. Severity follows: error, warning, note. */
export type Reach = 'every-call' | 'some-calls' | 'possible';

/** What the caller meets. `body` is the body as sent; `null` fields: nothing in HTTP, or contested between sources. */
export interface Symptom {
  readonly status: number | null;
  readonly responseType: string | null;
  readonly body: string | null;
  /** Reads on from "they get" where no single answer of API Gateway says it. */
  readonly instead?: string;
}

/** What some callers meet in place of the symptom of a rule. */
export interface OtherSymptoms {
  /** Reads on from "callers who". */
  readonly callers: string;
  readonly symptoms: readonly [Symptom, ...Symptom[]];
}

export interface Subject {
  /** Identity: never wording. */
  readonly arn: string;
  /** As people call it: `orders (a1b2c3) stage prod`. */
  readonly label: string;
  readonly region: string;
  readonly restApiId?: string;
  readonly stage?: string;
  readonly method?: string;
  readonly authorizerId?: string;
  readonly userPoolId?: string;
  readonly clientId?: string;
}

/** A method that callers lose: `method` as in `GET /pets`. */
export interface MethodRef {
  readonly restApiId: string;
  readonly stage: string;
  readonly method: string;
}

export interface Evidence {
  readonly operation: string;
  readonly field: string;
  /** As AWS returned it; shown escaped. Never a secret. */
  readonly value: string;
}

export interface FixStep {
  readonly step: string;
  /** One way only, in order, all to be run in one shell; alternatives are prose in `step`. */
  readonly commands: readonly string[];
}

export interface Flag {
  readonly kind: 'flag';
  readonly subject: Subject;
  /** Tells two faults of one subject apart: a scope, a provider ARN. Part of the identity. */
  readonly key?: string;
  /** Where it differs from the rule's. */
  readonly reach?: Reach;
  readonly symptom?: Symptom;
  readonly affected: readonly MethodRef[];
  /** One or two sentences with the names in it. Says "likely" where AWS's documents are unclear. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly fix: readonly FixStep[];
}

/** Something the rule had to know was unreadable. */
export interface CannotTell {
  readonly kind: 'cannot-tell';
  readonly subject: Subject;
  readonly gap: Unreadable;
}

export type Verdict = Flag | CannotTell;

export const flag = (verdict: Omit<Flag, 'kind'>): Flag => ({ kind: 'flag', ...verdict });

export const cannotTell = (subject: Subject, gap: Unreadable): CannotTell => ({
  kind: 'cannot-tell',
  subject,
  gap,
});

export const UNAUTHORIZED: Symptom = {
  status: 401,
  responseType: 'UNAUTHORIZED',
  body: '{"message":"Unauthorized"}',
};
export const FORBIDDEN: Symptom = { status: 403, responseType: null, body: '{"message":"Forbidden"}' };
export const MISSING_AUTHENTICATION_TOKEN: Symptom = {
  status: 403,
  responseType: 'MISSING_AUTHENTICATION_TOKEN',
  body: '{"message":"Missing Authentication Token"}',
};
const refusedHeader = (message: string): Symptom => ({
  status: 403,
  responseType: null,
  body: JSON.stringify({ message }),
});
/** Of an unknown route and of AWS_IAM alike, the text of today and the one before it (MSG-9), and that for a value with "=" in it (MSG-10). */
export const BEARER_FOR_SIGNATURE: OtherSymptoms = {
  callers: 'send a bearer token in Authorization',
  symptoms: [
    refusedHeader(
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '…'.",
    ),
    refusedHeader("'…' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer …'."),
    refusedHeader(
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. …",
    ),
  ],
};
export const INVALID_API_KEY: Symptom = {
  status: 403,
  responseType: 'INVALID_API_KEY',
  body: '{"message":"Forbidden"}',
};
/** Prefix only: AWS appends the resource ARN, with masked account digits, and the reason (MSG-13). */
export const ANONYMOUS_NOT_AUTHORIZED: Symptom = {
  status: 403,
  responseType: 'ACCESS_DENIED',
  body: '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: …"}',
};
/** Body contested between captures (MSG-23, MSG-24). */
export const AUTHORIZER_CONFIGURATION_ERROR: Symptom = {
  status: 500,
  responseType: 'AUTHORIZER_CONFIGURATION_ERROR',
  body: null,
};
/** Captures of the same failure show either text, so neither is promised. */
export const BUILT_IN_500: OtherSymptoms = {
  callers: 'get the answer as AWS ships it',
  symptoms: [
    { status: 500, responseType: null, body: '{"message":null}' },
    { status: 500, responseType: null, body: '{"message":"Internal server error"}' },
  ],
};
const withoutAnswer = (instead: string): Symptom => ({
  status: null,
  responseType: null,
  body: null,
  instead,
});
/** The fault is met earlier, at sign-in. */
export const NO_TOKEN = withoutAnswer('no token: sign-in fails before the API is called');
/** Which one, the methods and credentials at hand decide. */
export const REFUSED = withoutAnswer('401 or 403, as the method has it');
export const AUTHORIZER_REFUSES = withoutAnswer('401, 403 or 500, as the authorizer has it');
/** The browser refuses to make the call, or to show its answer to the page. */
export const CORS_ERROR = withoutAnswer('a CORS error from the browser');
export const OTHER_STATUS = withoutAnswer('another status than the one of the cause');
export const UNEXPLAINED = withoutAnswer('a refusal whose reason is written nowhere');
export const OLDER_BEHAVIOUR = withoutAnswer('what the older deployment answers');
export const NOT_KNOWN = withoutAnswer('an answer that cannot be foretold');
