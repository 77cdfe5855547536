import rule from '../../../lambda/rules/cognito/user-pool-without-clients';
import {
  account,
  appClient,
  cognitoAuthorizer,
  deletedPool,
  denied,
  guarded,
  poolArn,
  restApi,
  userPool,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const api = (...ids: string[]) =>
  restApi('shop', {
    methods: [guarded('GET', '/orders', 'pool')],
    authorizers: [
      cognitoAuthorizer(
        'pool',
        ids.map((id) => poolArn(id)),
      ),
    ],
  });
const empty = userPool('eu-west-1_Empty');
const bare = userPool('eu-west-1_Bare');
const shop = userPool('eu-west-1_Shop', { clients: [appClient('web')] });
const unread = userPool('eu-west-1_Shut', { clients: denied('ListUserPoolClients') });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a pool without clients',
      account: account({ restApis: [api('eu-west-1_Empty')], userPools: [empty] }),
      expect: [
        {
          at: 'user pool pool-eu-west-1_Empty (eu-west-1_Empty)',
          saying:
            'User pool "pool-eu-west-1_Empty" (eu-west-1_Empty) behind authorizer "pool" has no app client.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'two pools without clients, a deleted one aside',
      account: account({
        restApis: [api('eu-west-1_Empty', 'eu-west-1_Bare', 'eu-west-1_Gone')],
        userPools: [empty, bare, deletedPool('eu-west-1_Gone')],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'User pools "pool-eu-west-1_Empty" (eu-west-1_Empty) and "pool-eu-west-1_Bare" (eu-west-1_Bare) behind authorizer "pool" have no app client.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a pool without clients beside one that has some',
      account: account({ restApis: [api('eu-west-1_Empty', 'eu-west-1_Shop')], userPools: [empty, shop] }),
    },
    {
      when: 'a readable client beside a pool that could not be read',
      account: account({ restApis: [api('eu-west-1_Shut', 'eu-west-1_Shop')], userPools: [unread, shop] }),
    },
    {
      when: 'a deleted pool alone: another rule says that',
      account: account({ restApis: [api('eu-west-1_Gone')], userPools: [deletedPool('eu-west-1_Gone')] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the clients were denied, though another pool has none',
      account: account({ restApis: [api('eu-west-1_Shut', 'eu-west-1_Empty')], userPools: [unread, empty] }),
      missing: ['ListUserPoolClients'],
    },
    {
      when: 'when a pool was denied',
      account: account({
        restApis: [api('eu-west-1_Empty')],
        userPools: [{ arn: empty.arn, pool: denied('DescribeUserPool') }],
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});
