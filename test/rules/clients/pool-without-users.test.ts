import rule from '../../../lambda/rules/clients/pool-without-users';
import { appClient, denied, functionArn, machineClient } from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { shop, shopPool, unreadClients } from '../../support/shop';

const empty = { estimatedUsers: 0 };

export default ruleTable(rule, {
  flags: [
    {
      when: 'a pool without users whose clients serve people',
      account: shop(shopPool([appClient('web')], empty)),
      expect: [
        {
          at: 'user pool pool-eu-west-1_Shop (eu-west-1_Shop)',
          saying:
            'User pool "pool-eu-west-1_Shop" (eu-west-1_Shop) has an estimated 0 users, and its app clients serve people who sign in.',
          affects: ['prod GET /orders', 'prod GET /me'],
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a pool with users', account: shop(shopPool([appClient('web')])) },
    {
      when: 'a pool whose estimate is not there',
      account: shop(shopPool([appClient('web')], { estimatedUsers: null })),
    },
    {
      when: 'a pool that machines use',
      account: shop(shopPool([appClient('web'), machineClient('batch', ['orders/read'])], empty)),
    },
    {
      when: 'machines beside a client that was not read',
      account: shop(
        shopPool(
          [machineClient('batch', ['orders/read']), appClient('web', denied('DescribeUserPoolClient'))],
          empty,
        ),
      ),
    },
    {
      when: 'federated users, who appear when they first sign in',
      account: shop(shopPool([appClient('web', { identityProviders: ['COGNITO', 'Google'] })], empty)),
    },
    {
      when: 'users who are migrated when they sign in',
      account: shop(
        shopPool([appClient('web')], { ...empty, triggers: { UserMigration: functionArn('move') } }),
      ),
    },
    {
      when: 'a client that nobody can sign in with: another rule says that',
      account: shop(shopPool([appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })], empty)),
    },
  ],
  cannotTell: unreadClients(empty),
  standsWithout: {
    'slices.userPools.pool.resourceServers': 'which scopes tokens carry says nothing of who signs in',
  },
});
