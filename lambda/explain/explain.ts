import { decide, locate, type Arrival, type Decision } from '../gateway/decide';
import type { GateTrace } from '../gateway/answer';
import type { GateId } from '../gateway/gates';
import { tokenHeaderOf } from '../gateway/gates/cognito';
import { requiredBy } from '../gateway/matrix';
import { UNKNOWN_SOURCE, type Claims, type Request } from '../gateway/request';
import { isPrivate } from '../gateway/call';
import { isNeverPublic, parseBlock } from '../gateway/policy/address';
import type { Account } from '../model/account';
import { isKnown } from '../model/known';
import { authorizerOf } from '../model/queries';
import { catalogue } from '../rules/catalogue';
import type { Rule } from '../rules/rule';
import type { FixStep } from '../rules/verdict';
import { parseUrl, type ParsedUrl } from './address';
import { stepsFor } from './advice';
import { parseHeaders, readCaller, signedBy, type Caller, type Signed } from './credentials';
import { parseCurl, type CurlCommand } from './curl';
import { ExplainInputError, type ExplainInput } from './input';
import { nameCause } from './named-cause';
import { notesOn } from './notes';
import type { Meeting } from './on-request';
import { scrub } from './scrub';
import { isPresigned, readCurlSignature } from './signature';

/** What `explain` answers, in every form; `schemaVersion` changes when a field changes its meaning. */
export interface Explanation {
  readonly schemaVersion: '1';
  readonly request: {
    readonly method: string;
    /** Long query values are left out. */
    readonly url: string;
    readonly restApiId: string | null;
    readonly stage: string | null;
    /** The deployed method's path: `/pets/{id}`. */
    readonly resource: string | null;
    /** `null`: the call has none, or none that says anything. */
    readonly token: {
      readonly kind: 'id' | 'access' | 'unknown';
      readonly issuer: string | null;
      readonly clientId: string | null;
      readonly scopes: readonly string[];
      /** ISO 8601. */
      readonly expiresAt: string | null;
    } | null;
  };
  readonly decision: {
    readonly outcome: 'admitted' | 'refused' | 'cannot-tell';
    readonly status: number | null;
    readonly responseType: string | null;
    /** `x-amzn-ErrorType`. */
    readonly errorType: string | null;
    readonly body: string | null;
    /** `null` when admitted. */
    readonly gate: GateId | null;
    readonly because: string;
    /** The rule of the catalogue that names the cause. */
    readonly rule?: string;
  };
  /** In the order in which API Gateway asks them for this method. */
  readonly gates: readonly GateTrace[];
  readonly fix: readonly FixStep[];
  /** What a person should know besides: what was assumed, and which token which tool wants. */
  readonly notes: readonly string[];
}

const VERB = /^[A-Z]{1,16}$/;
const MAX_ID = 200;

interface Asked {
  readonly request: Request;
  readonly caller: Caller;
  readonly shown: string;
  readonly hadFragment: boolean;
  readonly password: string | null;
}

const checked = (field: 'sourceVpce' | 'apiKeyId', value: string | undefined, shape: RegExp): void => {
  if (value !== undefined && (value.length > MAX_ID || !shape.test(value))) {
    throw new ExplainInputError(field, 'is not an id');
  }
};

const sourceOf = ({ sourceIp, sourceVpce }: ExplainInput): Request['source'] => {
  if (sourceIp !== undefined && (sourceIp.includes('/') || parseBlock(sourceIp) === null)) {
    throw new ExplainInputError('sourceIp', 'is not an IP address');
  }
  checked('sourceVpce', sourceVpce, /^vpce-[A-Za-z0-9-]+$/);
  return { ...UNKNOWN_SOURCE, ip: sourceIp ?? null, vpceId: sourceVpce ?? null };
};

/** The header that the authorizer of the method reads, in lower case. */
const expectedHeader = ({ deployment, method }: Arrival): string | null => {
  if (deployment === null || method === null) return null;
  const authorizer = authorizerOf(deployment, method);
  if (!isKnown(authorizer) || typeof authorizer.value === 'string') return null;
  return tokenHeaderOf(authorizer.value)?.toLowerCase() ?? null;
};

/** The signature that is in no header that was given: one that curl makes, or one in the query. */
const signatureOf = (curl: CurlCommand | null, { host, query }: ParsedUrl): Signed | null => {
  if (curl?.signs !== null && curl !== null) return signedBy('', readCurlSignature(curl.signs, host));
  return isPresigned(query) ? { ...signedBy('', null), sentIn: 'query' } : null;
};

const read = (input: ExplainInput, account: Account, at: Date): Asked => {
  const curl = input.curl === undefined ? null : parseCurl(input.curl);
  if (curl !== null && input.url !== undefined) {
    throw new ExplainInputError('url', 'cannot be given together with curl');
  }
  const url = curl?.url ?? input.url;
  if (url === undefined) throw new ExplainInputError('url', 'is missing');
  checked('apiKeyId', input.apiKeyId, /^[A-Za-z0-9_-]+$/);
  const verb = (input.method ?? curl?.method ?? 'GET').toUpperCase();
  if (!VERB.test(verb)) throw new ExplainInputError('method', 'is not an HTTP method');
  const headers = parseHeaders([...(curl?.headers ?? []), ...(input.headers ?? [])]);
  const parsed = parseUrl(url, headers);
  const basic = curl?.user ?? parsed.userInfo;
  const requestWith = (left: Readonly<Record<string, string>>): Request => ({
    address: parsed.address,
    verb,
    headers: left,
    query: parsed.query,
    source: sourceOf(input),
    clientCertificate: 'unknown',
    at,
  });
  const signed = signatureOf(curl, parsed);
  const callerFor = (expected: string | null): Caller =>
    readCaller(input, { headers, basic, signed }, expected);
  // Which header holds the credential hangs on the method, and the method hangs on no credential.
  const first = callerFor(null);
  const expected = expectedHeader(locate(requestWith(first.headers), account, first.identity));
  const caller = expected === null ? first : callerFor(expected);
  return {
    request: requestWith(caller.headers),
    caller,
    shown: parsed.shown,
    hadFragment: parsed.hadFragment,
    password: basic,
  };
};

const tokenOf = (claims: Claims | null): Explanation['request']['token'] =>
  claims === null
    ? null
    : {
        kind: claims.kind,
        issuer: claims.issuer,
        clientId: claims.clientId,
        scopes: claims.scopes,
        expiresAt: claims.expiresAt === null ? null : new Date(claims.expiresAt * 1000).toISOString(),
      };

/** The internet, unless said otherwise: only private APIs hang on where a call comes from before their policies do. */
const placed = (request: Request, { entry }: Arrival): Request => {
  const { source } = request;
  const { api } = entry;
  if (api === null || isPrivate(api) || source.ip === null || source.vpceId !== null) return request;
  const block = parseBlock(source.ip);
  // A private address cannot be what a public endpoint sees (POL-28).
  return block !== null && isNeverPublic(block) ? { ...request, source: { ...source, ip: null } } : request;
};

const explained = (asked: Asked, account: Account, rules: readonly Rule[]): Explanation => {
  const { caller } = asked;
  const arrival = locate(asked.request, account, caller.identity);
  const request = placed(asked.request, arrival);
  const decision: Decision = decide(request, account, caller.identity);
  const named =
    decision.outcome === 'refused' ? nameCause(decision, arrival, request.verb, account, rules) : null;
  const { outcome, status, responseType, errorType, body, gate, because, gates, cause } = decision;
  const { entry, method } = arrival;
  return {
    schemaVersion: '1',
    request: {
      method: request.verb,
      url: asked.shown,
      restApiId: entry.api?.id ?? null,
      stage: entry.target?.stage.name ?? null,
      resource: method?.path ?? null,
      token: tokenOf(caller.claims),
    },
    decision: {
      outcome,
      status,
      responseType,
      errorType,
      body,
      gate,
      because,
      ...(named === null ? {} : { rule: named.rule }),
    },
    gates,
    fix: outcome !== 'refused' || cause === null ? [] : (named?.fix ?? stepsFor(cause)),
    notes: notesOn({
      decision,
      arrival,
      request: asked.request,
      identity: caller.identity,
      requires: method === null ? null : requiredBy(method),
      hadFragment: asked.hadFragment,
    }),
  };
};

/** Where the call of an input arrives, and with what. */
export const meetingOf = (input: ExplainInput, account: Account, clock: () => Date): Meeting => {
  const { request, caller } = read(input, account, clock());
  return {
    request,
    credential: caller.identity.credential,
    arrival: locate(request, account, caller.identity),
  };
};

/**
 * Says what API Gateway would answer to one request, why, and what to do about it. No token, key or password appears in the answer or
 * in an error. `account` holds the APIs that the request may be for; `rules` name the cause.
 */
export const explain = (
  input: ExplainInput,
  account: Account,
  clock: () => Date,
  rules: readonly Rule[] = catalogue,
): Explanation => {
  const asked = read(input, account, clock());
  const { identity, headers } = asked.caller;
  return scrub(explained(asked, account, rules), identity.credential, [
    input.token?.trim(),
    headers['x-api-key'],
    headers['cookie'],
    headers['x-amz-security-token'],
    asked.password,
    asked.password?.split(':').slice(1).join(':'),
  ]);
};
