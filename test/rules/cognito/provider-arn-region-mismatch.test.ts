import rule from '../../../lambda/rules/cognito/provider-arn-region-mismatch';
import { known } from '../../../lambda/model/known';
import {
  account,
  appClient,
  cognitoAuthorizer,
  denied,
  guarded,
  poolArn,
  restApi,
  userPool,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const api = (...arns: string[]) =>
  restApi('shop', {
    methods: [guarded('GET', '/orders', 'pool')],
    authorizers: [cognitoAuthorizer('pool', arns)],
  });
const wrong = poolArn('us-east-1_Shop', 'eu-west-1');
const local = userPool('eu-west-1_Shop', { clients: [appClient('web')] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a pool of one region looked for in another',
      account: account({ restApis: [api(wrong)], userPools: [{ arn: wrong, pool: known(null) }] }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" looks for user pool us-east-1_Shop in eu-west-1, but the id says us-east-1.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a pool looked for in another region, beside one that works',
      account: account({
        restApis: [api(wrong, local.arn)],
        userPools: [local, { arn: wrong, pool: known(null) }],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" looks for user pool us-east-1_Shop in eu-west-1, but the id says us-east-1.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a pool of another account, which may have a replica there',
      account: account({ restApis: [api(poolArn('us-east-1_Shop', 'eu-west-1', '999900001111'))] }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" looks for user pool us-east-1_Shop in eu-west-1, but the id says us-east-1: that is right only if the pool has a replica in eu-west-1.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a pool whose stage variable is not defined: another rule says that',
      account: account({ restApis: [api(poolArn('${stageVariables.pool}', 'eu-west-1'))] }),
    },
    {
      when: 'a pool of another region under its own ARN',
      account: account({ restApis: [api(poolArn('us-east-1_Shop', 'us-east-1'))] }),
    },
    {
      when: 'a replica that exists under the ARN of its region',
      account: account({
        restApis: [api(wrong)],
        userPools: [{ ...userPool('us-east-1_Shop', { clients: [appClient('web')] }), arn: wrong }],
      }),
    },
    {
      when: 'a pool id without a region in it',
      account: account({ restApis: [api(poolArn('legacy'))], userPools: [userPool('legacy')] }),
    },
  ],
  cannotTell: [
    {
      when: 'whether the pool has a replica there, when that was denied',
      account: account({
        restApis: [api(wrong)],
        userPools: [{ arn: wrong, pool: denied('DescribeUserPool') }],
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});

test('the fix names the pool in its own region', () => {
  const [raised] = judge(rule, account({ restApis: [api(wrong)] })).raised;
  expect(raised?.flag.fix[0]?.commands[0]).toContain(
    `"op":"add","path":"/providerARNs","value":"${poolArn('us-east-1_Shop', 'us-east-1')}"`,
  );
});
