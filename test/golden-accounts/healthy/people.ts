import {
  allow,
  appClient,
  cognitoAuthorizer,
  deny,
  gatewayResponse,
  guarded,
  method,
  policy,
  preflight,
} from '../../support/build';
import { apiOrigin, behavior, distribution } from '../../support/distribution';
import { loggedApi, ordersPool, type Area } from '../area';

const people = ordersPool('eu-west-1_People', {
  clients: [appClient('app')],
  resourceServers: [],
  domain: null,
  domainStatus: null,
});
const orders = ordersPool('eu-west-1_Orders');
const cors = { 'access-control-allow-origin': "'*'" };

/** What browsers and services call with tokens of Cognito: one API takes ID tokens, one takes access tokens. */
export const cognitoApis: Area = {
  restApis: [
    loggedApi('profile', {
      methods: [guarded('GET', '/me', 'people'), preflight('/me')],
      authorizers: [cognitoAuthorizer('people', [people.arn])],
      gatewayResponses: [
        gatewayResponse('DEFAULT_4XX', { status: null, headers: cors }),
        ...['ACCESS_DENIED', 'UNAUTHORIZED', 'EXPIRED_TOKEN', 'MISSING_AUTHENTICATION_TOKEN'].map((type) =>
          gatewayResponse(type, { headers: cors, customised: false }),
        ),
      ],
    }),
    loggedApi('orders', {
      methods: [
        guarded('GET', '/orders', 'orders', ['orders/read']),
        guarded('GET', '/orders/{id}', 'orders', ['orders/read']),
      ],
      authorizers: [cognitoAuthorizer('orders', [orders.arn])],
      policy: policy(
        allow({ Resource: 'execute-api:/*' }),
        deny({ Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24'] } } }),
      ),
    }),
    loggedApi('catalog', { methods: [method('GET', '/'), method('GET', '/{proxy+}')] }),
  ],
  userPools: [people, orders],
  distributions: [distribution([apiOrigin('idorders')], [behavior('*', 'idorders')])],
};
