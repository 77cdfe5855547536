import rule from '../../../lambda/rules/cognito/user-pool-missing';
import { known } from '../../../lambda/model/known';
import {
  account,
  appClient,
  canary,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
  snapshot,
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

const afar = poolArn('us-east-1_Gona', 'us-east-1');
const missing = (id: string, hint = '') => ({
  at: `user pool ${id}`,
  saying: `User pool ${id}, which authorizer "pool" trusts, does not exist: no token can pass${hint}.`,
});
const likely = '; eu-west-1_Shop, which does, was likely meant';
const slip = poolArn('eu-west-1_Shup');
const byVariable = (stored: string) => ({
  methods: [guarded('GET', '/orders', 'pool')],
  authorizers: [cognitoAuthorizer('pool', [stored])],
});

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
    {
      when: 'a pool whose whole ARN a stage variable holds',
      account: account({
        restApis: [
          restApi('orders', {
            ...byVariable('${stageVariables.poolArn}'),
            stages: [
              stage('prod', byVariable('${stageVariables.poolArn}'), { variables: { poolArn: slip } }),
            ],
          }),
          api('stock', shop.arn),
        ],
        userPools: [deletedPool('eu-west-1_Shup'), shop],
      }),
      expect: [missing('eu-west-1_Shup', likely)],
    },
    {
      when: 'pools that the variables of two stages name, one of them for a canary, one in spite of a canary',
      account: account({
        restApis: [
          restApi('orders', {
            ...byVariable(poolArn('${stageVariables.pool}')),
            stages: [
              stage('prod', byVariable(poolArn('${stageVariables.pool}')), {
                variables: { pool: 'eu-west-1_Shop' },
                canary: canary({
                  variableOverrides: { pool: 'eu-west-1_Gone' },
                  snapshot: snapshot(byVariable(poolArn('${stageVariables.pool}'))),
                }),
              }),
              stage('test', byVariable(poolArn('${stageVariables.pool}')), {
                variables: { pool: 'eu-west-1_Lost' },
                canary: canary({
                  variableOverrides: { pool: 'eu-west-1_Shop' },
                  snapshot: snapshot(byVariable(poolArn('${stageVariables.pool}'))),
                }),
              }),
              stage('dev', byVariable(poolArn('${stageVariables.pool}')), {
                variables: { pool: 'eu-west-1_Shop', other: 'x' },
                canary: canary({
                  variableOverrides: { other: 'y' },
                  snapshot: snapshot(byVariable(poolArn('${stageVariables.pool}'))),
                }),
              }),
            ],
          }),
        ],
        userPools: [deletedPool('eu-west-1_Gone'), deletedPool('eu-west-1_Lost'), shop],
      }),
      expect: [
        { ...missing('eu-west-1_Gone'), reach: 'some-calls' },
        { ...missing('eu-west-1_Lost'), reach: 'some-calls' },
      ],
    },
    {
      when: 'a pool that the second authorizer of the draft has exchanged for the right one already',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers: [cognitoAuthorizer('spare', [slip]), cognitoAuthorizer('pool', [shop.arn])],
            stages: [stage('prod', byVariable(slip))],
          }),
        ],
        userPools: [deletedPool('eu-west-1_Shup'), shop],
      }),
      expect: [missing('eu-west-1_Shup', likely)],
    },
    {
      when: 'a pool beside which the draft trusts the right one',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [guarded('GET', '/orders', 'pool')],
            authorizers: [cognitoAuthorizer('pool', [shop.arn, slip])],
            stages: [stage('prod', byVariable(slip))],
          }),
        ],
        userPools: [shop, deletedPool('eu-west-1_Shup')],
      }),
      expect: [missing('eu-west-1_Shup', likely)],
    },
    {
      when: 'ids like those of another deleted pool and of a pool in another Region',
      account: account({
        restApis: [api('orders', gone), api('stock', poolArn('eu-west-1_Gond'), afar)],
        userPools: [
          deletedPool('eu-west-1_Gone'),
          deletedPool('eu-west-1_Gond'),
          userPool('us-east-1_Gona', { arn: afar }),
        ],
        scannedRegions: ['eu-west-1', 'us-east-1'],
      }),
      expect: [
        missing('eu-west-1_Gone'),
        {
          at: 'user pool eu-west-1_Gond',
          saying:
            'User pool eu-west-1_Gond, which authorizer "pool" trusts, does not exist; only tokens of us-east-1_Gona can pass.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'an id like that of the second pool',
      account: account({
        restApis: [api('orders', slip), api('stock', shop.arn, poolArn('eu-west-1_Books'))],
        userPools: [userPool('eu-west-1_Books'), deletedPool('eu-west-1_Shup'), shop],
      }),
      expect: [missing('eu-west-1_Shup', likely)],
    },
  ],
  staysSilent: [
    {
      when: 'a pool whose stage variable is not defined: another rule says that',
      account: account({ restApis: [api('orders', poolArn('${stageVariables.pool}'))] }),
    },
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
