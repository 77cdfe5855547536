import { reachOf, type Reachability } from '../../../lambda/gateway/reach';
import { deploymentsOf } from '../../../lambda/model/deployment';
import { known, valueOr } from '../../../lambda/model/known';
import type { AppClient, UserPool } from '../../../lambda/model/user-pool';
import {
  account,
  appClient,
  cognitoAuthorizer,
  guarded,
  machineClient,
  poolArn,
  REGION,
  restApi,
  userPool,
  webClient,
} from '../../support/build';

const POOL = 'eu-west-1_Shop';
const ADMIN = 'aws.cognito.signin.user.admin';

interface BestRow {
  readonly fact: string;
  /** Reads on from the id: "an SDK client and a custom scope". */
  readonly when: string;
  readonly client: AppClient;
  /** Of the method. */
  readonly scopes: readonly string[];
  readonly pool?: Partial<Pick<UserPool, 'preTokenGeneration' | 'issuerType'>>;
  /** Region of the authorizer's provider ARN, in which no such pool exists. */
  readonly providerRegion?: string;
  /** It is not read. */
  readonly isUnread?: true;
  readonly expect: Reachability;
}

/** Rows of facts that say which token an app client can obtain: does the best one get in? */
const bestTable = (rows: readonly BestRow[]): readonly BestRow[] => {
  test.each(rows.map((row) => [row.fact, row.when, row] as const))('%s: %s', (_, _when, row) => {
    const methods = [guarded('GET', '/pets', 'auth', row.scopes)];
    const provider = poolArn(POOL, row.providerRegion);
    const { restApis, ...shared } = account({
      restApis: [restApi('shop', { methods, authorizers: [cognitoAuthorizer('auth', [provider])] })],
      scannedRegions: [REGION, ...(row.isUnread === true ? [] : [row.providerRegion ?? REGION])],
      userPools: [
        ...(row.providerRegion === undefined ? [] : [{ arn: provider, pool: known(null) }]),
        userPool(POOL, {
          clients: [row.client],
          resourceServers: [{ identifier: 'shop', scopeNames: ['read'] }],
          ...row.pool,
        }),
      ],
    });
    const [api] = valueOr(restApis, []);
    const [stage] = api === undefined ? [] : valueOr(api.stages, []);
    const [deployment] = api === undefined || stage === undefined ? [] : deploymentsOf(api, stage);
    const [method] = methods;
    if (deployment === undefined || method === undefined) throw new Error('one API, one stage, one method');
    expect(reachOf(deployment, method, shared)).toBe(row.expect);
  });
  return rows;
};

const sdk = appClient('sdk');
const web = (...scopes: readonly string[]) => webClient('web', scopes);
const machine = machineClient('machine', ['shop/read']);

export default bestTable([
  {
    fact: 'CLI-1',
    when: 'SDK sign-in and a custom scope',
    client: sdk,
    scopes: ['shop/read'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-1',
    when: 'SDK sign-in and the scope of sign-in',
    client: sdk,
    scopes: [ADMIN],
    expect: 'reachable',
  },
  ...(['V1_0', 'V2_0', 'V3_0'] as const).map((version): BestRow => ({
    fact: 'CLI-2',
    when: `SDK sign-in, a custom scope and a ${version} trigger`,
    client: sdk,
    scopes: ['shop/read'],
    pool: { preTokenGeneration: version },
    expect: version === 'V1_0' ? 'unreachable' : 'cannot-tell',
  })),
  ...(['V2_0', 'V3_0'] as const).map((version): BestRow => ({
    fact: 'CLI-2',
    when: `client credentials, a scope that the client may not have and a ${version} trigger`,
    client: machineClient('machine', []),
    scopes: ['shop/read'],
    pool: { preTokenGeneration: version },
    expect: version === 'V2_0' ? 'unreachable' : 'cannot-tell',
  })),
  {
    fact: 'CLI-4',
    when: 'a trigger that may take away or add scopes',
    client: web('openid'),
    scopes: ['shop/read'],
    pool: { preTokenGeneration: 'V2_0' },
    expect: 'cannot-tell',
  },
  {
    fact: 'CLI-6',
    when: 'OAuth flows that are listed and not switched on',
    client: appClient('off', {
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      oauthFlows: ['code'],
      oauthScopes: ['shop/read'],
    }),
    scopes: ['shop/read'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-7',
    when: 'client credentials without a secret',
    client: appClient('machine', {
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      oauthEnabled: true,
      oauthFlows: ['client_credentials'],
      oauthScopes: ['shop/read'],
    }),
    scopes: ['shop/read'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-8',
    when: 'profile without openid',
    client: web('profile'),
    scopes: ['profile'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-8',
    when: 'profile beside openid',
    client: web('openid', 'profile'),
    scopes: ['profile'],
    expect: 'reachable',
  },
  {
    fact: 'CLI-9',
    when: 'a client that asks for no scope in particular gets all that it may have',
    client: web('openid', 'shop/read'),
    scopes: ['shop/read'],
    expect: 'reachable',
  },
  {
    fact: 'CLI-11',
    when: 'a scope whose resource server is gone, though the client lists it',
    client: web('openid', 'stock/read'),
    scopes: ['stock/read'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-12',
    when: 'a scope that no client may ask for',
    client: web('openid'),
    scopes: ['shop/read'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-12',
    when: 'a scope that one client may ask for',
    client: machine,
    scopes: ['shop/read'],
    expect: 'reachable',
  },
  {
    fact: 'CLI-16',
    when: 'sign-in flows that are not set: SRP is among the defaults',
    client: appClient('default', { explicitAuthFlows: null }),
    scopes: [],
    expect: 'reachable',
  },
  {
    fact: 'CLI-24',
    when: "a provider ARN whose Region is not the pool's",
    client: sdk,
    scopes: [],
    providerRegion: 'eu-west-2',
    expect: 'unreachable',
  },
  {
    fact: 'COG-25',
    when: 'a provider ARN of a Region that is not read: the pool may have a replica there',
    client: sdk,
    scopes: [],
    providerRegion: 'eu-west-2',
    isUnread: true,
    expect: 'cannot-tell',
  },
  {
    fact: 'CLI-25',
    when: 'a machine client, which has no ID token',
    client: machine,
    scopes: [],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-25',
    when: 'a client that looks like a machine and may sign in by default',
    client: appClient('both', {
      explicitAuthFlows: null,
      oauthEnabled: true,
      oauthFlows: ['client_credentials'],
      hasSecret: true,
    }),
    scopes: [],
    expect: 'reachable',
  },
  {
    fact: 'CLI-26',
    when: 'openid, which SDK sign-in does not put into access tokens',
    client: sdk,
    scopes: ['openid'],
    expect: 'unreachable',
  },
  {
    fact: 'CLI-26',
    when: 'openid by the code flow',
    client: web('openid'),
    scopes: ['openid'],
    expect: 'reachable',
  },
  {
    fact: 'COG-24',
    when: 'a pool with the updated issuer',
    client: sdk,
    scopes: [],
    pool: { issuerType: 'UPDATED' },
    expect: 'unreachable',
  },
]);
