import rule from '../../../lambda/rules/cognito/user-pool-issuer-unsupported';
import {
  account,
  appClient,
  cognitoAuthorizer,
  denied,
  guarded,
  method,
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
const updated = userPool('eu-west-1_New', { clients: [appClient('web')], issuerType: 'UPDATED' });
const original = userPool('eu-west-1_Old', { clients: [appClient('app')] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a pool whose issuer was updated',
      account: account({ restApis: [api('eu-west-1_New')], userPools: [updated] }),
      expect: [
        {
          at: 'user pool pool-eu-west-1_New (eu-west-1_New)',
          saying:
            'User pool "pool-eu-west-1_New" (eu-west-1_New) issues tokens in the updated form, which authorizer "pool" refuses.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a pool whose issuer was updated, beside one with the original issuer',
      account: account({
        restApis: [api('eu-west-1_New', 'eu-west-1_Old')],
        userPools: [updated, original],
      }),
      expect: [
        {
          at: 'user pool pool-eu-west-1_New (eu-west-1_New)',
          saying:
            'User pool "pool-eu-west-1_New" (eu-west-1_New) issues tokens in the updated form, which authorizer "pool" refuses.',
          reach: 'some-calls',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the original issuer',
      account: account({ restApis: [api('eu-west-1_Old')], userPools: [original] }),
    },
    {
      when: 'an updated pool behind an authorizer that no method uses',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders')],
            authorizers: [cognitoAuthorizer('pool', [updated.arn])],
          }),
        ],
        userPools: [updated],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the pool was denied',
      account: account({
        restApis: [api('eu-west-1_New')],
        userPools: [{ arn: updated.arn, pool: denied('DescribeUserPool') }],
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
