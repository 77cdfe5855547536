import type { Account } from '../../lambda/model/account';
import type { Method } from '../../lambda/model/method';
import type { AppClient, ResourceServer, UserPool, UserPoolEntry } from '../../lambda/model/user-pool';
import { account, appClient, cognitoAuthorizer, denied, guarded, poolArn, restApi, userPool } from './build';
import type { UntoldRow } from './rule-table';

export const ORDERS: ResourceServer = { identifier: 'orders', scopeNames: ['read', 'write'] };

/** The pool behind the shop: its resource server defines `orders/read` and `orders/write`. */
export const shopPool = (clients: readonly AppClient[], given: Parameters<typeof userPool>[1] = {}) =>
  userPool('eu-west-1_Shop', { clients, resourceServers: [ORDERS], ...given });

/** One API, whose methods (by default a scoped one and one without scopes) are behind one pool. */
export const shop = (
  pool: UserPoolEntry,
  methods: readonly Method[] = [
    guarded('GET', '/orders', 'pool', ['orders/read']),
    guarded('GET', '/me', 'pool'),
  ],
  given: Parameters<typeof account>[0] = {},
): Account =>
  account({
    restApis: [restApi('shop', { methods, authorizers: [cognitoAuthorizer('pool', [pool.arn])] })],
    userPools: [pool],
    ...given,
  });

/** What every rule about app clients has to open: methods, pools, clients. */
export const unreadClients = (given: Partial<UserPool> = {}): readonly UntoldRow[] => {
  const plain = shopPool([appClient('web')]);
  return [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the user pools were denied',
      account: shop(plain, undefined, { userPools: denied('ListUserPools') }),
      missing: ['ListUserPools'],
    },
    {
      when: 'when the pool was denied',
      account: shop({ arn: poolArn('eu-west-1_Shop'), pool: denied('DescribeUserPool') }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the app clients were denied',
      account: shop(
        userPool('eu-west-1_Shop', { ...plainOf(given), clients: denied('ListUserPoolClients') }),
      ),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when an app client was denied',
      account: shop(
        userPool('eu-west-1_Shop', {
          ...plainOf(given),
          clients: [appClient('web', denied('DescribeUserPoolClient'))],
        }),
      ),
      missing: ['DescribeUserPoolClient'],
    },
  ];
};

const plainOf = ({ estimatedUsers }: Partial<UserPool>) =>
  estimatedUsers === undefined ? {} : { estimatedUsers };
