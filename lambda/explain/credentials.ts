import {
  ANONYMOUS,
  type Claims,
  type Credential,
  type Identity,
  type SignatureScope,
} from '../gateway/request';
import { Secret } from '../gateway/secret';
import type { Json } from '../model/user-pool';
import { claimsOf } from './claims';
import { ExplainInputError, type ExplainInput } from './input';
import { isSignature, readSignature } from './signature';
import { looksLikeToken, readToken } from './token';

/** Who calls, the headers that are left, and what may be shown of a token. */
export interface Caller {
  readonly identity: Identity;
  readonly headers: Readonly<Record<string, string>>;
  readonly claims: Claims | null;
}

const MAX_HEADERS = 200;
const MAX_HEADER = 2_000_000;

/** `Name: value` lines by lower-case name; of a repeated one the last. */
export const parseHeaders = (lines: readonly string[]): Readonly<Record<string, string>> => {
  if (lines.length > MAX_HEADERS) throw new ExplainInputError('headers', 'are too many');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    // curl takes a header without a value off with "Name:", and sends an empty one for "Name;".
    if (colon < 0 && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+;$/.test(line.trim())) continue;
    if (colon <= 0 || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
      throw new ExplainInputError('headers', 'one of them is not of the form "Name: value"');
    }
    if (line.length > MAX_HEADER) throw new ExplainInputError('headers', `${name} is too long`);
    headers.set(name, line.slice(colon + 1).trim());
  }
  return Object.fromEntries(headers);
};

const without = (headers: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));

const payloadOf = (claims: Json): object => {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new ExplainInputError('claims', 'is not a JSON object');
  }
  return claims;
};

/** The header to read the credential from: the authorizer's, then Authorization, then any that holds a JWT. */
const credentialHeader = (
  headers: Readonly<Record<string, string>>,
  expected: string | null,
): string | null => {
  const filled = (name: string): boolean => (headers[name] ?? '') !== '';
  if (expected !== null && filled(expected)) return expected;
  if (filled('authorization')) return 'authorization';
  return (
    Object.entries(headers).find(([name, value]) => name !== 'cookie' && looksLikeToken(value))?.[0] ?? null
  );
};

export type Signed = Extract<Credential, { kind: 'signed' }>;

export const signedBy = (principalArn: string, scope: SignatureScope | null): Signed => ({
  kind: 'signed',
  principalArn,
  scope,
  sentIn: 'header',
});

interface Found {
  readonly credential: Credential;
  readonly claims: Claims | null;
  readonly headers: Readonly<Record<string, string>>;
}

const fromHeaders = (
  input: ExplainInput,
  headers: Readonly<Record<string, string>>,
  expected: string | null,
): Found => {
  const name = credentialHeader(headers, expected);
  const value = name === null ? undefined : headers[name];
  if (name === null || value === undefined) return { credential: { kind: 'none' }, claims: null, headers };
  if (name === 'authorization' && isSignature(value)) {
    return {
      credential: signedBy('', readSignature(value, headers)),
      claims: null,
      headers: without(headers, name),
    };
  }
  const { credential, claims } = readToken(value, name, input.signature ?? null);
  return { credential, claims, headers: without(headers, name) };
};

const PRINCIPAL = /^arn:[a-z-]+:(iam|sts)::\d{12}:.+$/;

const given = (
  input: ExplainInput,
  headers: Readonly<Record<string, string>>,
  expected: string | null,
): Found => {
  const fields = (['token', 'claims', 'signedBy'] as const).filter((name) => input[name] !== undefined);
  const [field, second] = fields;
  if (field !== undefined && second !== undefined) {
    throw new ExplainInputError(second, `cannot be given together with ${field}`);
  }
  const authorization = headers['authorization'];
  const tellsWhoSigned = field === 'signedBy' && authorization !== undefined && isSignature(authorization);
  if (field !== undefined && authorization !== undefined && !tellsWhoSigned) {
    throw new ExplainInputError(field, 'cannot be given together with an Authorization header');
  }
  if (input.signedBy !== undefined) {
    if (!PRINCIPAL.test(input.signedBy)) {
      throw new ExplainInputError('signedBy', 'is not the ARN of an IAM or STS principal');
    }
    const found = fromHeaders(input, headers, null);
    return found.credential.kind === 'signed'
      ? { ...found, credential: { ...found.credential, principalArn: input.signedBy } }
      : { credential: signedBy(input.signedBy, null), claims: null, headers };
  }
  if (input.claims !== undefined) {
    const claims = claimsOf(payloadOf(input.claims));
    const credential: Credential = {
      kind: 'token',
      claims,
      header: null,
      scheme: 'Bearer',
      signature: 'assumed',
      value: null,
    };
    return { credential, claims, headers };
  }
  if (input.token !== undefined) {
    if (input.token.trim() === '') throw new ExplainInputError('token', 'is empty');
    const { credential, claims } = readToken(input.token, null, input.signature ?? null);
    return { credential, claims, headers };
  }
  return fromHeaders(input, headers, expected);
};

/** What a call carries besides what was given of its caller. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  /** User and password of a URL or a curl command. */
  readonly basic: string | null;
  /** The signature that curl makes itself, or one in the query. */
  readonly signed: Signed | null;
}

const credentialOf = (found: Credential, { basic, signed }: Sent): Credential => {
  const saysOnlyWho = found.kind === 'signed' && found.scope === null;
  if (saysOnlyWho && signed !== null) return { ...signed, principalArn: found.principalArn };
  if (found.kind !== 'none') return found;
  if (signed !== null) return signed;
  if (basic === null) return found;
  return {
    kind: 'opaque',
    header: 'authorization',
    scheme: 'Basic',
    value: new Secret(`Basic ${Buffer.from(basic).toString('base64')}`),
    because: 'The header holds a user name and a password, no JWT.',
  };
};

/** Who calls, from what was given. `expected`: the header that the method's authorizer reads, in lower case. */
export const readCaller = (input: ExplainInput, sent: Sent, expected: string | null): Caller => {
  const found = given(input, sent.headers, expected);
  const { claims } = found;
  const credential = credentialOf(found.credential, sent);
  const sentKey = found.headers['x-api-key'];
  return {
    identity: {
      ...ANONYMOUS,
      credential,
      apiKey:
        input.apiKeyId !== undefined
          ? { id: input.apiKeyId }
          : sentKey === undefined || sentKey === ''
            ? 'none'
            : 'present',
    },
    headers: found.headers,
    claims,
  };
};
