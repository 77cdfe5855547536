import type { Claims, Credential } from '../gateway/request';
import { Secret } from '../gateway/secret';
import { claimsOf } from './claims';

/** A header value that is a credential, read without verifying anything. */
export interface ReadToken {
  readonly credential: Extract<Credential, { kind: 'token' | 'opaque' }>;
  /** What the payload says, also where the token cannot be accepted. */
  readonly claims: Claims | null;
}

/** Beyond any header that API Gateway takes, and still cheap to read. */
const MAX_DECODED = 100_000;

const SEGMENT = /^[A-Za-z0-9_-]+$/;

const decodeObject = (segment: string): object | null => {
  if (!SEGMENT.test(segment)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

const textIn = (header: object, name: string): string | null => {
  const value: unknown = Object.hasOwn(header, name) ? Reflect.get(header, name) : null;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Why a user pool cannot have signed this; the algorithm's name is shown only when it is a short word. */
const faultOfHeader = (header: object): string | null => {
  const algorithm = textIn(header, 'alg');
  if (algorithm !== 'RS256') {
    const name = algorithm !== null && /^[A-Za-z0-9]{1,12}$/.test(algorithm) ? ` (alg ${algorithm})` : '';
    return `The token is not signed with RS256${name}, as the tokens of a user pool are.`;
  }
  return textIn(header, 'kid') === null
    ? 'The token names no key (kid), and the tokens of a user pool always do.'
    : null;
};

const faultOfShape = (text: string, segments: readonly string[]): string | null => {
  if (/^["'].*["']$/s.test(text)) return 'The token stands in quotes, which are sent along.';
  if (/^bearer\s/i.test(text)) return 'The word Bearer stands twice in front of the token.';
  if (/\s/.test(text)) return 'There are blanks or line breaks inside the token.';
  if (segments.length === 5) {
    return 'The value has five segments: it is encrypted, as refresh tokens are, which no authorizer takes.';
  }
  if (segments.length === 2) return 'The value has two segments: the signature is missing.';
  if (segments.length !== 3) return 'The value is no JWT: that has three segments with dots between them.';
  if (segments.some((segment) => segment === '')) return 'A segment of the token is empty.';
  return segments.every((segment) => SEGMENT.test(segment))
    ? null
    : 'The token holds characters that no JWT has.';
};

interface Parsed {
  readonly fault: string | null;
  readonly claims: Claims | null;
}

const parse = (text: string): Parsed => {
  if (text.length > MAX_DECODED) {
    return {
      fault: `The value is ${String(text.length)} characters long, too long for any header.`,
      claims: null,
    };
  }
  const segments = text.split('.');
  const shape = faultOfShape(text, segments);
  const [head = '', payload = ''] = segments;
  if (shape !== null && segments.length !== 2) return { fault: shape, claims: null };
  const header = decodeObject(head);
  const body = decodeObject(payload);
  const claims = body === null ? null : claimsOf(body);
  if (shape !== null) return { fault: shape, claims };
  if (header === null || body === null) {
    return { fault: 'A segment of the token is not base64url-encoded JSON.', claims };
  }
  return { fault: faultOfHeader(header), claims };
};

/**
 * Reads a token as a header carries it: `Bearer eyJ…` or bare. `header`: the header that carries it, in lower case; `null` where it is
 * only known that it is sent. Blanks around are no part of a header's value.
 */
export const readToken = (
  given: string,
  header: string | null,
  signature: 'verified' | 'invalid' | null,
): ReadToken => {
  const sentAs = given.trim();
  const schemed = /^([A-Za-z][A-Za-z0-9-]*)([ \t]+)(\S.*)$/s.exec(sentAs);
  const [, word = null, blanks = '', after = ''] = schemed ?? [];
  const scheme = word;
  const text = word === null ? sentAs : after;
  const value = new Secret(sentAs);
  const { fault, claims } = parse(text);
  const opaque = (because: string): ReadToken => ({
    credential: { kind: 'opaque', header, scheme, value, because },
    claims,
  });
  if (fault !== null) return opaque(fault);
  if (claims === null) return opaque('The value is no JWT.');
  if (blanks.length > 1) return opaque('There is more than one blank between the scheme and the token.');
  return {
    credential: { kind: 'token', claims, header, scheme, signature: signature ?? 'assumed', value },
    claims,
  };
};

/** Worth reading as a token: a JWT or five-segment JWE, with or without a scheme, in quotes or not. */
export const looksLikeToken = (text: string): boolean =>
  /(^|[\s"'])eyJ[A-Za-z0-9_-]*\./.test(text.slice(0, 200));
