import rule from '../../../lambda/rules/clients/trigger-function-missing';
import type { FunctionEntry } from '../../../lambda/model/account';
import { known } from '../../../lambda/model/known';
import {
  account,
  appClient,
  denied,
  functionArn,
  lambdaFunction,
  policy,
  poolArn,
  restApi,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { shop, shopPool } from '../../support/shop';

const arn = functionArn('greet');
const pool = shopPool([appClient('web')], { triggers: { PreTokenGeneration: arn } });
const permission = (given: object = {}) =>
  policy({
    Effect: 'Allow',
    Principal: { Service: 'cognito-idp.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { ArnLike: { 'AWS:SourceArn': pool.arn } },
    ...given,
  });
const withFunctions = (...functions: FunctionEntry[]) => shop(pool, undefined, { functions });
const at = 'user pool pool-eu-west-1_Shop (eu-west-1_Shop)';
const notAllowed =
  'Cognito may not invoke function greet, which the PreTokenGeneration trigger of user pool "pool-eu-west-1_Shop" (eu-west-1_Shop) calls.';
const foreign = 'arn:aws:lambda:eu-west-1:999900001111:function:greet';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a function that is gone',
      account: withFunctions(lambdaFunction('greet', { configuration: null })),
      expect: [
        {
          at,
          saying:
            'The PreTokenGeneration trigger of user pool "pool-eu-west-1_Shop" (eu-west-1_Shop) calls function greet, which does not exist.',
          affects: ['prod GET /orders', 'prod GET /me'],
        },
      ],
    },
    {
      when: 'a function without a policy',
      account: withFunctions(lambdaFunction('greet')),
      expect: [{ at, saying: notAllowed }],
    },
    {
      when: 'a policy for another pool',
      account: withFunctions(
        lambdaFunction('greet', {
          policy: permission({ Condition: { ArnLike: { 'AWS:SourceArn': poolArn('eu-west-1_Other') } } }),
        }),
      ),
      expect: [{ at, saying: notAllowed }],
    },
    {
      when: 'a trigger of sign-up: who is registered signs in without it',
      account: shop(shopPool([appClient('web')], { triggers: { PreSignUp: arn } }), undefined, {
        functions: [lambdaFunction('greet', { configuration: null })],
      }),
      expect: [
        {
          at,
          saying:
            'The PreSignUp trigger of user pool "pool-eu-west-1_Shop" (eu-west-1_Shop) calls function greet, which does not exist. Who is registered may sign in without it.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a function that the pool may invoke',
      account: withFunctions(lambdaFunction('greet', { policy: permission() })),
    },
    {
      when: 'a permission without a source',
      account: withFunctions(lambdaFunction('greet', { policy: permission({ Condition: {} }) })),
    },
    { when: 'a pool without triggers', account: shop(shopPool([appClient('web')])) },
  ],
  cannotTell: [
    {
      when: 'when the functions were denied',
      account: shop(pool, undefined, { functions: denied('GetFunctionConfiguration') }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the user pools were denied',
      account: shop(pool, undefined, { userPools: denied('ListUserPools') }),
      missing: ['ListUserPools'],
    },
    {
      when: 'when the pool was denied',
      account: shop({ arn: pool.arn, pool: denied('DescribeUserPool') }),
      missing: ['DescribeUserPool'],
    },
    {
      when: 'when the function was denied',
      account: withFunctions(
        lambdaFunction('greet', { configuration: denied('GetFunctionConfiguration', 'greet') }),
      ),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: "when the function's policy was denied",
      account: withFunctions(lambdaFunction('greet', { policy: denied('GetPolicy') })),
      missing: ['GetPolicy'],
    },
    {
      when: 'when the policy has a condition that is not worked out',
      account: withFunctions(
        lambdaFunction('greet', {
          policy: permission({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
        }),
      ),
      missing: ['GetPolicy'],
    },
    {
      when: 'when the function belongs to another account, though it was not found here',
      account: shop(shopPool([appClient('web')], { triggers: { PreTokenGeneration: foreign } }), undefined, {
        functions: [{ ...lambdaFunction('greet'), arn: foreign, configuration: known(null) }],
      }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});

test('the fix lets this pool invoke the function', () => {
  const [raised] = judge(rule, withFunctions(lambdaFunction('greet'))).raised;
  expect(raised?.flag.fix[0]?.commands).toEqual([
    `aws lambda add-permission --region eu-west-1 --function-name ${arn} --statement-id cognito-eu-west-1_Shop --action lambda:InvokeFunction --principal cognito-idp.amazonaws.com --source-arn ${pool.arn}`,
  ]);
});
