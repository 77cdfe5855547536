import { explain, type Explanation } from '../../lambda/explain/explain';
import type { ExplainInput } from '../../lambda/explain/input';
import type { Account } from '../../lambda/model/account';
import {
  account,
  appClient,
  cognitoAuthorizer,
  domainName,
  guarded,
  method,
  poolArn,
  preflight,
  restApi,
  userPool,
} from '../support/build';

export const NOW = new Date('2026-11-23T10:00:00.000Z');
export const POOL = 'eu-west-1_Pets';
export const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
export const HOST = 'https://idshop.execute-api.eu-west-1.amazonaws.com';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT of the right shape; its signature is a stand-in. */
export const jwt = (payload: object, header: object = { alg: 'RS256', kid: 'key-1' }): string =>
  `${part(header)}.${part(payload)}.${Buffer.from('signature-of-a-test-token').toString('base64url')}`;

export const idClaims = {
  token_use: 'id',
  iss: ISSUER,
  aud: 'client-web',
  exp: NOW.getTime() / 1000 + 3600,
  iat: NOW.getTime() / 1000,
};
export const accessClaims = {
  token_use: 'access',
  iss: ISSUER,
  client_id: 'client-web',
  scope: 'shop/read openid',
  exp: NOW.getTime() / 1000 + 3600,
};

/** An API with an open, an ID-token, an access-token, an IAM and a keyed method, on its own name and on a domain. */
export const shop: Account = account({
  restApis: [
    restApi('shop', {
      methods: [
        method('GET', '/open'),
        guarded('GET', '/pets', 'auth'),
        guarded('GET', '/pets/{id}', 'auth'),
        guarded('POST', '/orders', 'auth', ['shop/read']),
        method('GET', '/admin', { authorizationType: 'AWS_IAM' }),
        method('GET', '/keyed', { apiKeyRequired: true }),
        preflight('/orders'),
      ],
      authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)])],
    }),
  ],
  userPools: [
    userPool(POOL, {
      clients: [
        appClient('web', {
          oauthEnabled: true,
          oauthFlows: ['code'],
          oauthScopes: ['openid', 'shop/read'],
          callbackUrls: ['https://shop.example.com/'],
        }),
      ],
      resourceServers: [{ identifier: 'shop', scopeNames: ['read'] }],
    }),
  ],
  domains: [
    domainName('api.example.com', { mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: 'prod' }] }),
  ],
});

export const ask = (input: ExplainInput, of: Account = shop): Explanation => explain(input, of, () => NOW);
