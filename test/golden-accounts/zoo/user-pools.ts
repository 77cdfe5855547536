import {
  appClient,
  cognitoAuthorizer,
  deletedPool,
  guarded,
  machineClient,
  poolArn,
  userPool,
  webClient,
} from '../../support/build';
import { known } from '../../../lambda/model/known';
import { loggedApi, ordersApi, ordersPool, type Area } from '../area';

const gone = deletedPool('eu-west-1_Gone');
const elsewhere = { arn: poolArn('us-east-1_Far'), pool: known(null) };
const updated = ordersPool('eu-west-1_Updated', { issuerType: 'UPDATED' });
const empty = ordersPool('eu-west-1_Empty', { clients: [] });
const mixed = ordersPool('eu-west-1_Mixed', {
  clients: [appClient('app'), webClient('site', ['openid', 'orders/read'])],
});
const machines = ordersPool('eu-west-1_Machines', { clients: [machineClient('batch', ['orders/read'])] });

/** Pools that issue no token, or none that the methods take. */
export const userPools: Area = {
  restApis: [
    ordersApi('poolless', gone),
    ordersApi('faraway', elsewhere),
    ordersApi('renewed', updated),
    ordersApi('clientless', empty),
    loggedApi('scoped', {
      methods: [
        guarded('GET', '/orders', 'pool', ['orders/raed']),
        guarded('PUT', '/orders', 'pool', ['orders/write']),
        guarded('GET', '/me', 'pool'),
      ],
      authorizers: [cognitoAuthorizer('pool', [machines.arn])],
    }),
    loggedApi('mixed', {
      methods: [guarded('GET', '/orders', 'pool', ['orders/read']), guarded('GET', '/me', 'pool')],
      authorizers: [cognitoAuthorizer('pool', [mixed.arn])],
    }),
  ],
  userPools: [
    gone,
    elsewhere,
    updated,
    empty,
    userPool('eu-west-1_Machines', {
      clients: [machineClient('batch', ['orders/read'])],
      resourceServers: [{ identifier: 'orders', scopeNames: ['read', 'write'] }],
    }),
    mixed,
  ],
};
