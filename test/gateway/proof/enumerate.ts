import { decideIn } from '../../../lambda/gateway/decide';
import { ANONYMOUS, type Address, type Identity, type Request } from '../../../lambda/gateway/request';
import { Secret } from '../../../lambda/gateway/secret';
import type { Account } from '../../../lambda/model/account';
import type { Deployment } from '../../../lambda/model/deployment';
import type { Method } from '../../../lambda/model/method';
import type { AppClientSettings, UserPool } from '../../../lambda/model/user-pool';
import { REGION } from '../../support/build';
import { NOW } from '../facts/fact-table';

/** What trying every request came to. */
export type Tried = 'some-admitted' | 'all-refused' | 'not-certain';

interface Token {
  readonly kind: 'id' | 'access';
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly issuer: string;
}

const SDK_FLOWS = ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH'];
const RESERVED = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** Table 10.1 of the facts, written a second time: the product's own working out of tokens is under test. */
const tokensOf = (
  settings: AppClientSettings,
  defined: readonly string[],
): readonly Omit<Token, 'clientId' | 'issuer'>[] => {
  const tokens: Omit<Token, 'clientId' | 'issuer'>[] = [];
  const flows = settings.explicitAuthFlows ?? ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];
  if (flows.some((flow) => SDK_FLOWS.includes(flow))) {
    tokens.push({ kind: 'id', scopes: [] });
    tokens.push({ kind: 'access', scopes: ['aws.cognito.signin.user.admin'] });
  }
  if (!settings.oauthEnabled) return tokens;
  const custom = settings.oauthScopes.filter((scope) => !RESERVED.includes(scope) && defined.includes(scope));
  if (settings.oauthFlows.includes('code')) {
    const reserved = settings.oauthScopes.filter((scope) => RESERVED.includes(scope));
    if (reserved.includes('openid')) tokens.push({ kind: 'id', scopes: [] });
    tokens.push({ kind: 'access', scopes: [...reserved, ...custom] });
  }
  if (settings.oauthFlows.includes('client_credentials') && settings.hasSecret) {
    tokens.push({ kind: 'access', scopes: custom });
  }
  return tokens;
};

const tokensOfPool = (pool: UserPool): readonly Token[] => {
  const servers = pool.resourceServers.state === 'known' ? pool.resourceServers.value : [];
  const defined = servers.flatMap(({ identifier, scopeNames }) =>
    scopeNames.map((name) => `${identifier}/${name}`),
  );
  const issuer = `https://${pool.issuerType === 'UPDATED' ? 'issuer-' : ''}cognito-idp.${REGION}.amazonaws.com/${pool.id}`;
  const clients = pool.clients.state === 'known' ? pool.clients.value : [];
  return clients.flatMap(({ id, settings }) =>
    settings.state === 'known'
      ? tokensOf(settings.value, defined).map((token) => ({ ...token, clientId: id, issuer }))
      : [],
  );
};

const carrying = ({ kind, scopes, clientId, issuer }: Token): Identity => ({
  ...ANONYMOUS,
  credential: {
    kind: 'token',
    claims: {
      kind,
      issuer,
      clientId,
      audience: kind === 'id' ? [clientId] : null,
      scopes,
      expiresAt: NOW.getTime() / 1000 + 600,
      notBefore: null,
      issuedAt: null,
    },
    header: null,
    scheme: 'Bearer',
    signature: 'assumed',
    value: null,
  },
});

const opaque: Identity = {
  ...ANONYMOUS,
  credential: {
    kind: 'opaque',
    header: null,
    scheme: 'Bearer',
    value: new Secret('Bearer abc.def'),
    because: 'no JWT',
  },
  lambdaAuthorizer: 'allows',
};

const signed = (principalArn: string): Identity => ({
  ...ANONYMOUS,
  credential: { kind: 'signed', principalArn, scope: null, sentIn: 'header' },
  ownPolicies: 'allow',
});

const callersOf = (account: Account): readonly Identity[] => {
  const { userPools } = account.slices;
  const entries = userPools.state === 'known' ? userPools.value : [];
  const pools = entries.flatMap(({ pool }) =>
    pool.state === 'known' && pool.value !== null ? [pool.value] : [],
  );
  return [
    ANONYMOUS,
    ...pools.flatMap(tokensOfPool).map(carrying),
    opaque,
    signed('arn:aws:iam::222233334444:role/app'),
    signed('arn:aws:iam::222233334444:role/apply'),
    signed('arn:aws:iam::222233334444:role/other'),
    signed('arn:aws:iam::222233334444:user/ana'),
    signed('arn:aws:iam::999988887777:role/app'),
  ];
};

const pathsOf = (template: string): readonly string[] =>
  template.includes('{')
    ? [
        template.replace(/\{[^}]*\}/g, 'any'),
        ...['7', '70'].map((id) =>
          template.replace(/\{[^}]*\}/g, template.includes('+}') ? `pets/${id}` : id),
        ),
      ]
    : [template];

const addressesOf = (account: Account, deployment: Deployment, path: string): readonly Address[] => {
  const own = (through: Extract<Address, { by: 'execute-api' }>['through']): Address => ({
    by: 'execute-api',
    restApiId: deployment.api.id,
    region: REGION,
    through,
    path: `/${deployment.stage.name}${path}`,
  });
  const { domains, vpcEndpoints } = account.slices;
  const endpoints = vpcEndpoints.state === 'known' ? vpcEndpoints.value : [];
  const onDomains = (domains.state === 'known' ? domains.value : []).flatMap(({ name }) =>
    ['', '/v1', '/shop', '/pets'].flatMap((base) =>
      ['', `/${deployment.stage.name}`].map((inner): Address => ({
        by: 'host',
        host: name,
        path: `${base}${inner}${path}`,
      })),
    ),
  );
  const named = deployment.api.endpointTypes.includes('PRIVATE')
    ? endpoints.map(({ id }) => own({ form: 'endpoint-name', vpcEndpointId: id }))
    : [];
  return [own(null), ...named, ...onDomains];
};

const SOURCES: readonly Request['source'][] = [
  { ip: '203.0.113.7', vpceId: null, vpcId: null },
  { ip: '198.51.100.9', vpceId: null, vpcId: null },
];

/** Without a policy, nothing on the way of a public API looks at the address. */
const sourcesOf = (address: Address, deployment: Deployment): readonly Request['source'][] =>
  address.by === 'execute-api' && address.through !== null
    ? [
        {
          ip: null,
          vpceId: address.through.vpcEndpointId,
          vpcId: `vpc-of-${address.through.vpcEndpointId}`,
        },
      ]
    : SOURCES.slice(0, deployment.policy.state === 'known' && deployment.policy.value === null ? 1 : 2);

const KEYS: readonly Identity['apiKey'][] = ['none', { id: 'key-a' }, { id: 'key-off' }];
const AUTH = { 'x-auth': 'Bearer abc' };

/** The header that routing rules ask for is sent and left out; only they look at it. */
const headersOf = (address: Address): readonly Readonly<Record<string, string>>[] =>
  address.by === 'host' ? [AUTH, { ...AUTH, 'x-beta': 'yes!' }] : [AUTH];

/** Gates that look at address and source alone on public APIs: whom they refuse, they refuse whatever the caller shows. */
const BEFORE_CALLER = new Set(['endpoint', 'stage', 'route', 'waf']);

/**
 * Sends every request that the registered clients, and callers who sign, could send to a method, in every way that leads to its stage,
 * and looks whether one gets in. Knows nothing of how reach is worked out. Of two requests that differ only in what no gate came to
 * look at, one is sent.
 */
export const tryEverything = (account: Account, deployment: Deployment, method: Method): Tried => {
  let doubt = false;
  const isPublic = !deployment.api.endpointTypes.includes('PRIVATE');
  const isOpen = method.authorizationType.state === 'known' && method.authorizationType.value === 'NONE';
  // On an open method of a public API no gate looks at a credential.
  const identities = isOpen && isPublic ? [ANONYMOUS] : callersOf(account);
  const verbs = method.verb === 'ANY' ? ['GET', 'POST', 'PUT', 'OPTIONS'] : [method.verb];
  const ways = pathsOf(method.path).flatMap((path) =>
    addressesOf(account, deployment, path).flatMap((address) =>
      sourcesOf(address, deployment).flatMap((source) =>
        verbs.flatMap((verb) =>
          headersOf(address).map((headers): Request => ({
            address,
            verb,
            headers,
            query: { tenant: 't' },
            source,
            clientCertificate: 'trusted',
            at: NOW,
          })),
        ),
      ),
    ),
  );
  for (const request of ways) {
    callers: for (const identity of identities) {
      for (const apiKey of KEYS) {
        const decision = decideIn(deployment, request, account, { ...identity, apiKey });
        const { outcome, refusedEitherWay, gates, gate } = decision;
        const route = gates.find((one) => one.gate === 'route');
        const taken = route?.because.endsWith(`is taken by ${method.verb} ${method.path}.`) === true;
        if (outcome === 'admitted' && taken) return 'some-admitted';
        if (outcome === 'cannot-tell' && !refusedEitherWay) doubt = true;
        if (outcome === 'refused' && isPublic && gate !== null && BEFORE_CALLER.has(gate)) break callers;
        if (outcome === 'refused' && gate !== 'api-key') break;
      }
    }
  }
  return doubt ? 'not-certain' : 'all-refused';
};
