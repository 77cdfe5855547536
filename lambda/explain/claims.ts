import type { Claims } from '../gateway/request';

const MOST_SCOPES = 500;

const member = (payload: object, name: string): unknown =>
  Object.hasOwn(payload, name) ? Reflect.get(payload, name) : undefined;

const textIn = (payload: object, name: string): string | null => {
  const value = member(payload, name);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Seconds since 1970 that a date can be made of. */
const secondsIn = (payload: object, name: string): number | null => {
  const value = member(payload, name);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e12 ? value : null;
};

const audienceIn = (payload: object): readonly string[] | null => {
  const value = member(payload, 'aud');
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  const items: readonly unknown[] = value;
  const texts = items.filter((item) => typeof item === 'string');
  return texts.length === items.length && texts.length > 0 ? texts : null;
};

const scopesIn = (payload: object): readonly string[] => {
  const value = member(payload, 'scope');
  if (typeof value === 'string') return value.split(' ').filter(Boolean).slice(0, MOST_SCOPES);
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  return items.filter((item) => typeof item === 'string').slice(0, MOST_SCOPES);
};

/** The claims that API Gateway asks for; a claim of the wrong type counts as missing. */
export const claimsOf = (payload: object): Claims => {
  const use = textIn(payload, 'token_use');
  const kind = use === 'id' || use === 'access' ? use : 'unknown';
  const audience = audienceIn(payload);
  return {
    kind,
    issuer: textIn(payload, 'iss'),
    clientId: textIn(payload, 'client_id') ?? (kind === 'access' ? null : (audience?.[0] ?? null)),
    audience,
    scopes: scopesIn(payload),
    expiresAt: secondsIn(payload, 'exp'),
    notBefore: secondsIn(payload, 'nbf'),
    issuedAt: secondsIn(payload, 'iat'),
  };
};
