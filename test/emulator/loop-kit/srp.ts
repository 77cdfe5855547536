import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { orRefused, PASSWORD, USER, type Client, type Pool } from './people';
import type { World } from './world';

/** The 3072-bit group of RFC 5054, which Cognito uses with generator 2. */
const N = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74',
    '020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437',
    '4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05',
    '98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB',
    '9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718',
    '3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33',
    'A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864',
    'D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2',
    '08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
);
const G = 2n;

const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square, left] = [1n, base % N, exponent];
  while (left > 0n) {
    if (left % 2n === 1n) result = (result * square) % N;
    square = (square * square) % N;
    left /= 2n;
  }
  return result;
};

/** Big-endian, with a zero in front where the first bit would read as a sign. */
const bytes = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
};

const hash = (...parts: readonly (Buffer | string)[]): Buffer => {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(part);
  return sha.digest();
};

const number = (buffer: Buffer): bigint => BigInt(`0x${buffer.toString('hex')}`);

/** `Sat Nov 28 17:05:09 UTC 2026`: the day of the month has no leading zero. */
const stamp = (): string => {
  const [weekday, day, month, year, time] = new Date().toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
};

/** Signs the pool's user in by the Secure Remote Password protocol, as browsers and apps do. Answers the ID token. */
export const signInBySrp = async ({ cognito }: World, pool: Pool, client: Client): Promise<string> => {
  const secret = number(randomBytes(128)) % N;
  const publicKey = power(G, secret);
  const asked = await orRefused(
    cognito.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_SRP_AUTH',
        ClientId: client.id,
        AuthParameters: { USERNAME: USER, SRP_A: publicKey.toString(16) },
      }),
    ),
  );
  const { SRP_B = '', SALT = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = asked.ChallengeParameters ?? {};
  const theirs = BigInt(`0x${SRP_B}`);
  const poolName = pool.id.split('_')[1] ?? '';
  const x = number(hash(bytes(BigInt(`0x${SALT}`)), hash(`${poolName}${USER_ID_FOR_SRP}:${PASSWORD}`)));
  const u = number(hash(bytes(publicKey), bytes(theirs)));
  const k = number(hash(bytes(N), bytes(G)));
  const base = (((theirs - k * power(G, x)) % N) + N) % N;
  const shared = power(base, secret + u * x);
  const key = Buffer.from(hkdfSync('sha256', bytes(shared), bytes(u), 'Caldera Derived Key', 16));
  const at = stamp();
  const signature = createHmac('sha256', key)
    .update(poolName + USER_ID_FOR_SRP)
    .update(Buffer.from(SECRET_BLOCK, 'base64'))
    .update(at)
    .digest('base64');
  const { AuthenticationResult } = await cognito.send(
    new RespondToAuthChallengeCommand({
      ChallengeName: 'PASSWORD_VERIFIER',
      ClientId: client.id,
      ChallengeResponses: {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature,
        TIMESTAMP: at,
      },
    }),
  );
  return AuthenticationResult?.IdToken ?? '';
};
