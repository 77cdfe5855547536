import { decide, type Decision } from '../../../lambda/gateway/decide';
import {
  ANONYMOUS,
  UNKNOWN_SOURCE,
  type Address,
  type Claims,
  type Credential,
  type Identity,
  type Request,
} from '../../../lambda/gateway/request';
import { Secret } from '../../../lambda/gateway/secret';
import type { Account } from '../../../lambda/model/account';
import { REGION } from '../../support/build';
import { expectGolden } from '../../support/golden';

/** The hour at which all calls of the tables arrive. */
export const NOW = new Date('2026-11-23T10:00:00.000Z');
const seconds = (at: Date): number => at.getTime() / 1000;

/** `at('idshop', '/prod/pets')` */
export const at = (restApiId: string, path: string): Address => ({
  by: 'execute-api',
  restApiId,
  region: REGION,
  through: null,
  path,
});

export const onHost = (host: string, path: string): Address => ({ by: 'host', host, path });

export const request = (verb: string, address: Address, given: Partial<Request> = {}): Request => ({
  address,
  verb,
  headers: {},
  query: {},
  source: { ...UNKNOWN_SOURCE, ip: '203.0.113.7' },
  clientCertificate: 'unknown',
  at: NOW,
  ...given,
});

export const issuer = (poolId: string): string => `https://cognito-idp.${REGION}.amazonaws.com/${poolId}`;

const token = (claims: Claims): Identity => ({
  ...ANONYMOUS,
  credential: { kind: 'token', claims, header: null, scheme: 'Bearer', signature: 'assumed', value: null },
});

/** Valid for another hour, of client `client-web`. */
const claims = (poolId: string, given: Partial<Claims>): Claims => ({
  kind: 'unknown',
  issuer: issuer(poolId),
  clientId: 'client-web',
  audience: null,
  scopes: [],
  expiresAt: seconds(NOW) + 3600,
  notBefore: null,
  issuedAt: seconds(NOW) - 60,
  ...given,
});

export const idToken = (poolId: string, given: Partial<Claims> = {}): Identity =>
  token(claims(poolId, { kind: 'id', audience: ['client-web'], ...given }));

export const accessToken = (
  poolId: string,
  scopes: readonly string[],
  given: Partial<Claims> = {},
): Identity => token(claims(poolId, { kind: 'access', scopes, ...given }));

/** The same identity with its credential changed: `sent(idToken('eu-west-1_A'), { header: 'x-auth' })`. */
export const sent = (
  identity: Identity,
  given: Partial<Extract<Credential, { kind: 'token' | 'opaque' }>>,
): Identity => ({ ...identity, credential: { ...identity.credential, ...given } as Credential });

export const opaque = (
  value: string,
  given: Partial<Extract<Credential, { kind: 'opaque' }>> = {},
): Identity => ({
  ...ANONYMOUS,
  credential: {
    kind: 'opaque',
    header: null,
    scheme: null,
    value: new Secret(value),
    because: 'The value is no JWT.',
    ...given,
  },
});

export const signedBy = (principalArn: string): Identity => ({
  ...ANONYMOUS,
  credential: { kind: 'signed', principalArn, scope: null, sentIn: 'header' },
});

type Expected = Partial<
  Pick<
    Decision,
    'outcome' | 'status' | 'responseType' | 'errorType' | 'body' | 'gate' | 'cause' | 'refusedEitherWay'
  >
>;

export interface FactRow {
  /** Id of the fact that the row shows. */
  readonly fact: string;
  /** Reads on from the id: "a token of another pool". */
  readonly when: string;
  readonly account: Account;
  readonly request: Request;
  /** Nobody, when left out. */
  readonly identity?: Identity;
  readonly expect: Expected & Pick<Decision, 'outcome'>;
}

const saidBy = ({ gates }: Decision): readonly string[] =>
  gates
    .filter(({ outcome }) => outcome !== 'not-reached')
    .map(({ gate, outcome, fact, because }) => `${gate}, ${outcome} [${fact}]: ${because}`);

/** Rows of facts that speak of a request's fate, as tests. What gates say in them is pinned in `test/golden/facts`, under the table's name. */
export const factTable = (name: string, rows: readonly FactRow[]): readonly FactRow[] => {
  test.each(rows.map((row) => [row.fact, row.when, row] as const))('%s: %s', (_, _when, row) => {
    const decision = decide(row.request, row.account, row.identity ?? ANONYMOUS);
    const seen = Object.fromEntries(
      Object.keys(row.expect).map((name) => [name, decision[name as keyof Expected]]),
    );
    expect(seen).toEqual(row.expect);
    expect(decision.gates).toHaveLength(9);
    for (const { outcome, because, fact } of decision.gates) {
      expect(because).not.toBe('');
      expect(fact).toMatch(outcome === 'not-reached' ? /^$/ : /^[A-Z]{3}-\d+[a-z]?$/);
    }
  });
  test('what gates say', () => {
    const said = rows.flatMap(({ request: asked, account, identity = ANONYMOUS }) => {
      const decision = decide(asked, account, identity);
      return [
        ...saidBy(decision),
        `${decision.outcome}, ${decision.cause ?? 'no cause'}: ${decision.because}`,
      ];
    });
    expectGolden(`facts/${name}.txt`, `${[...new Set(said)].sort().join('\n')}\n`);
  });
  return rows;
};

export const admitted = { outcome: 'admitted', status: null, body: null, gate: null } as const;

export const refused = (
  status: number | null,
  gate: Decision['gate'],
  message: string | null,
  responseType: string | null = null,
): FactRow['expect'] => ({
  outcome: 'refused',
  status,
  gate,
  body: message === null ? null : JSON.stringify({ message }),
  responseType,
});

export const cannotTell = (gate: Decision['gate']): FactRow['expect'] => ({ outcome: 'cannot-tell', gate });
