import { generateKeyPairSync, sign } from 'node:crypto';
import { verifySignature } from '../../lambda/explain/verify';

const POOL = 'eu-west-1_Verify';
const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signed = (payload: object, kid = 'key-1'): string => {
  const input = `${encode({ alg: 'RS256', kid })}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), keys.privateKey).toString('base64url')}`;
};

const claims = { iss: ISSUER, token_use: 'access', client_id: 'client-web', exp: 1, sub: 's' };

/** Serves the published keys, and remembers what was asked for. */
const publisher = () => {
  const asked: string[] = [];
  const jwks = {
    keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', alg: 'RS256' }],
  };
  return {
    asked,
    fetch: (uri: string) => {
      asked.push(uri);
      return Promise.resolve(new TextEncoder().encode(JSON.stringify(jwks)).buffer);
    },
  };
};

test("a good signature, expired or not, by the keys of the token's own pool", async () => {
  const fetcher = publisher();
  expect(await verifySignature(`Bearer ${signed(claims)}\n`, fetcher)).toEqual({ signature: 'verified' });
  expect(fetcher.asked).toEqual([`${ISSUER}/.well-known/jwks.json`]);
});

test('a payload that was changed', async () => {
  const [head = '', , signature = ''] = signed(claims).split('.');
  const forged = `${head}.${encode({ ...claims, scope: 'admin' })}.${signature}`;
  expect(await verifySignature(forged, publisher())).toEqual({ signature: 'invalid' });
});

test('a key that the pool does not publish', async () => {
  expect(await verifySignature(signed(claims, 'key-2'), publisher())).toEqual({ signature: 'invalid' });
});

test.each([
  ['of somebody else', signed({ ...claims, iss: 'https://issuer.example.com' })],
  ['of a name that only looks like a pool', signed({ ...claims, iss: `https://evil.example/${POOL}` })],
  [
    'with a pool id that leads elsewhere',
    signed({ ...claims, iss: 'https://cognito-idp.eu-west-1.amazonaws.com/../x_y' }),
  ],
  ['without a payload', 'abc'],
  ['of a megabyte', 'a'.repeat(1_000_000)],
])('nothing is fetched for a token %s', async (_, token) => {
  const fetcher = publisher();
  expect((await verifySignature(token, fetcher)).signature).toBe('unverifiable');
  expect(fetcher.asked).toEqual([]);
});

test('an issuer that cannot be reached is neither good nor bad, and the token is not told', async () => {
  const token = signed(claims);
  const result = await verifySignature(token, { fetch: () => Promise.reject(new Error(`no ${token}`)) });
  expect(result.signature).toBe('unverifiable');
  expect(JSON.stringify(result)).not.toContain(token.slice(0, 20));
});
