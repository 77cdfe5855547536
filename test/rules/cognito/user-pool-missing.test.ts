import rule from '../../../lambda/rules/cognito/user-pool-missing';
import { known } from '../../../lambda/model/known';
import {
  account,
  appClient,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
  stage,
  userPool,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const api = (name: string, ...arns: string[]) =>
  restApi(name, {
    methods: [guarded('GET', `/${name}`, 'pool')],
    authorizers: [cognitoAuthorizer('pool', arns)],
  });
const gone = poolArn('eu-west-1_Gone');
const shop = userPool('eu-west-1_Shop', { clients: [appClient('web')] });
const foreign = poolArn('eu-west-1_Far', 'eu-west-1', '999900001111');
const elsewhere = poolArn('us-east-1_Far', 'us-east-1');

export default ruleTable(rule, {
  flags: [
    {
      when: 'a deleted pool behind two APIs, as one cause',
      account: account({
        restApis: [api('orders', gone), api('stock', gone)],
        userPools: [deletedPool('eu-west-1_Gone')],
      }),
      expect: [
        {
          at: 'user pool eu-west-1_Gone',
          saying:
            'User pool eu-west-1_Gone, which authorizer "pool" trusts, does not exist: no token can pass.',
          affects: ['prod GET /orders', 'prod GET /stock'],
        },
      ],
    },
    {
      when: 'a deleted pool beside one that exists',
      account: account({
        restApis: [api('orders', gone, shop.arn)],
        userPools: [deletedPool('eu-west-1_Gone'), shop],
      }),
      expect: [
        {
          at: 'user pool eu-west-1_Gone',
          saying:
            'User pool eu-west-1_Gone, which authorizer "pool" trusts, does not exist; only tokens of eu-west-1_Shop can pass.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a deleted pool in another region that this run reads',
      account: account({
        restApis: [api('orders', elsewhere)],
        userPools: [{ arn: elsewhere, pool: known(null) }],
        scannedRegions: ['eu-west-1', 'us-east-1'],
      }),
      expect: [
        {
          at: 'user pool us-east-1_Far',
          saying:
            'User pool us-east-1_Far, which authorizer "pool" trusts, does not exist: no token can pass.',
        },
      ],
    },
    {
      when: 'a pool that a stage variable names',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers: [cognitoAuthorizer('pool', [poolArn('${stageVariables.pool}')])],
            stages: [
              stage(
                'prod',
                {
                  methods: [guarded('GET', '/orders', 'pool')],
                  authorizers: [cognitoAuthorizer('pool', [poolArn('${stageVariables.pool}')])],
                },
                { variables: { pool: 'eu-west-1_Gone' } },
              ),
            ],
          }),
        ],
        userPools: [deletedPool('eu-west-1_Gone')],
      }),
      expect: [
        {
          at: 'user pool eu-west-1_Gone',
          saying:
            'User pool eu-west-1_Gone, which authorizer "pool" trusts, does not exist: no token can pass.',
        },
      ],
    },
    {
      when: 'an id that differs in a letter from the id of a pool that another API trusts',
      account: account({
        restApis: [api('orders', poolArn('eu-west-1_shup')), api('stock', shop.arn)],
        userPools: [deletedPool('eu-west-1_shup'), shop],
      }),
      expect: [
        {
          at: 'user pool eu-west-1_shup',
          saying:
            'User pool eu-west-1_shup, which authorizer "pool" trusts, does not exist: no token can pass; eu-west-1_Shop, which does, was likely meant.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'an id that has only the Region in common with a pool that another API trusts',
      account: account({
        restApis: [api('orders', gone), api('stock', shop.arn)],
        userPools: [deletedPool('eu-west-1_Gone'), shop],
      }),
      expect: [
        {
          at: 'user pool eu-west-1_Gone',
          saying:
            'User pool eu-west-1_Gone, which authorizer "pool" trusts, does not exist: no token can pass.',
          affects: ['prod GET /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a pool that exists',
      account: account({ restApis: [api('orders', shop.arn)], userPools: [shop] }),
    },
    {
      when: 'an authorizer on a deleted pool that no method uses',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [method('GET', '/orders')],
            authorizers: [cognitoAuthorizer('pool', [gone])],
          }),
        ],
        userPools: [deletedPool('eu-west-1_Gone')],
      }),
    },
    {
      when: 'a method of type CUSTOM with that authorizer: the types are crossed, another rule says',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [custom('GET', '/orders', 'pool')],
            authorizers: [cognitoAuthorizer('pool', [gone]), lambdaAuthorizer('check')],
          }),
        ],
        userPools: [deletedPool('eu-west-1_Gone')],
      }),
    },
    {
      when: 'an ARN whose region is not that of the pool: another rule says that',
      account: account({
        restApis: [api('orders', poolArn('us-east-1_Shop'))],
        userPools: [{ arn: poolArn('us-east-1_Shop'), pool: known(null) }],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'whether a pool of another account exists, though Cognito does not find it here',
      account: account({
        restApis: [api('orders', foreign)],
        userPools: [{ arn: foreign, pool: known(null) }],
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'whether a pool exists in a region that this run does not read',
      account: account({ restApis: [api('orders', elsewhere)] }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the pool was denied',
      account: account({
        restApis: [api('orders', gone)],
        userPools: [{ arn: gone, pool: denied('DescribeUserPool', 'the pool') }],
      }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the pools were denied',
      account: account({ restApis: [api('orders', gone)], userPools: denied('ListUserPools') }),
      missing: ['ListUserPools'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('orders', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});

test('the fix takes the dead pool off and puts the other one, or a placeholder, in its place', () => {
  const patchesOf = (...arns: string[]) =>
    judge(
      rule,
      account({ restApis: [api('orders', ...arns)], userPools: [deletedPool('eu-west-1_Gone'), shop] }),
    ).raised[0]?.flag.fix[0]?.commands[0];
  expect(patchesOf(gone)).toContain(
    `'[{"op":"add","path":"/providerARNs","value":"<USER_POOL_ARN>"},{"op":"remove","path":"/providerARNs","value":"${gone}"}]'`,
  );
  expect(patchesOf(gone, shop.arn)).toContain(`'[{"op":"remove","path":"/providerARNs","value":"${gone}"}]'`);
});
