import type { AppClientSettings } from '../../../lambda/model/user-pool';
import {
  appClient,
  cognitoAuthorizer,
  functionArn,
  guarded,
  lambdaFunction,
  machineClient,
  userPool,
  webClient,
} from '../../support/build';
import { loggedApi, type Area } from '../area';

const ORDERS = [{ identifier: 'orders', scopeNames: ['read'] }];
const POOL = 'eu-west-1_Clients';
const client = (name: string, given: Partial<AppClientSettings>) =>
  appClient(name, {
    updateInput: {
      UserPoolId: POOL,
      ClientId: `client-${name}`,
      ClientName: name,
      AllowedOAuthFlows: given.oauthFlows ?? [],
      AllowedOAuthScopes: given.oauthScopes ?? [],
      CallbackURLs: given.callbackUrls ?? [],
    },
    ...given,
  });
const code = {
  explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  oauthEnabled: true,
  oauthFlows: ['code'],
  oauthScopes: ['openid'],
  callbackUrls: ['https://site.example.com/callback'],
};
const credentials = {
  ...code,
  oauthFlows: ['client_credentials'],
  oauthScopes: ['orders/read'],
  callbackUrls: [],
};
const pool = userPool(POOL, {
  clients: [
    machineClient('sound', ['orders/read']),
    client('off', { ...credentials, hasSecret: true, oauthEnabled: false }),
    client('bare', credentials),
    client('homeless', { ...code, callbackUrls: [] }),
    client('strange', { ...code, identityProviders: ['Google'] }),
    client('stale', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }),
    client('riddle', { explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }),
    client('brief', { ...code, accessTokenValidity: { value: 300, unit: 'seconds' } }),
    client('slip', { ...credentials, hasSecret: true, oauthScopes: ['orders/reed'] }),
  ],
  resourceServers: ORDERS,
  domain: null,
  triggers: { PreTokenGeneration: functionArn('greet') },
});
const deserted = userPool('eu-west-1_Deserted', {
  clients: [webClient('shop', ['openid', 'orders/read']), webClient('kiosk', ['orders/read'])],
  resourceServers: ORDERS,
  estimatedUsers: 0,
});

/** App clients that get no token, or not the right one. */
export const appClients: Area = {
  restApis: [
    loggedApi('signing-in', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read'])],
      authorizers: [cognitoAuthorizer('pool', [pool.arn])],
    }),
    loggedApi('deserted', {
      methods: [guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [deserted.arn])],
    }),
  ],
  userPools: [pool, deserted],
  functions: [lambdaFunction('greet', { configuration: null })],
};
