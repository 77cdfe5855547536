import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtInvalidSignatureError, KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import { SimpleFetcher, type Fetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** `unverifiable`: the token is none of a user pool, or its pool's keys could not be fetched. */
export type Verification =
  | { readonly signature: 'verified' | 'invalid' }
  | { readonly signature: 'unverifiable'; readonly because: string };

const ORIGINAL_ISSUER =
  /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/([a-z0-9-]+_[A-Za-z0-9]{1,55})$/;

/** Longer than any header that API Gateway takes. */
const MAX_TOKEN = 20_000;

/** A year in seconds, many times: whether a token has expired is another gate's question. */
const ANY_AGE = 1e10;

const issuerIn = (jwt: string): string | null => {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (typeof payload !== 'object' || payload === null) return null;
    const issuer: unknown = Object.hasOwn(payload, 'iss') ? Reflect.get(payload, 'iss') : null;
    return typeof issuer === 'string' ? issuer : null;
  } catch {
    return null;
  }
};

/**
 * Verifies the signature of a token with the published keys of the user pool that it names. The keys come from that pool's own address
 * and nowhere else, whatever the token says. `fetcher` is the way to the network.
 */
export const verifySignature = async (
  token: string,
  fetcher: Fetcher = new SimpleFetcher(),
): Promise<Verification> => {
  const jwt = token.trim().replace(/^bearer\s+/i, '');
  if (jwt.length > MAX_TOKEN) return { signature: 'unverifiable', because: 'the token is too long' };
  const userPoolId = ORIGINAL_ISSUER.exec(issuerIn(jwt) ?? '')?.[1];
  if (userPoolId === undefined) {
    return { signature: 'unverifiable', because: 'the token names no user pool as its issuer' };
  }
  const verifier = CognitoJwtVerifier.create(
    { userPoolId, tokenUse: null, clientId: null, graceSeconds: ANY_AGE },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  try {
    await verifier.verify(jwt);
    return { signature: 'verified' };
  } catch (error) {
    if (error instanceof JwtInvalidSignatureError || error instanceof KidNotFoundInJwksError) {
      return { signature: 'invalid' };
    }
    // Messages of the library may quote the token; only the kind of the error is told.
    const kind =
      error instanceof FetchError ? "its user pool's keys could not be fetched" : 'it is malformed';
    return { signature: 'unverifiable', because: kind };
  }
};
