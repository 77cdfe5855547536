import rule from '../../../lambda/rules/lambda-authorizer/function-missing';
import type { FunctionEntry } from '../../../lambda/model/account';
import { known } from '../../../lambda/model/known';
import type { Authorizer } from '../../../lambda/model/rest-api';
import {
  account,
  custom,
  denied,
  functionArn,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  restApi,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const api = (name: string, given: Partial<Authorizer> = {}) =>
  restApi(name, {
    methods: [custom('GET', `/${name}`, 'check')],
    authorizers: [lambdaAuthorizer('check', given)],
  });
const uriOf = (arn: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
const shop = (entry: FunctionEntry, given: Partial<Authorizer> = {}) =>
  account({ restApis: [api('orders', given)], functions: [entry] });
const inState = (state: string) =>
  lambdaFunction('check', { configuration: { state, lastUpdateStatus: null, runtime: 'nodejs24.x' } });
const alias = `${functionArn('check')}:live`;
const foreign = 'arn:aws:lambda:eu-west-1:999900001111:function:check';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a deleted function behind two APIs, as one cause',
      account: account({
        restApis: [api('orders'), api('stock')],
        functions: [lambdaFunction('check', { configuration: null })],
      }),
      expect: [
        {
          at: 'function check',
          saying: 'Function check, which authorizer "check" asks, does not exist.',
          affects: ['prod GET /orders', 'prod GET /stock'],
        },
      ],
    },
    {
      when: 'an alias that is gone, by a path of another version',
      account: shop(
        { ...lambdaFunction('check', { configuration: null }), arn: alias },
        { uri: uriOf(alias).replace('2015-03-31', '2018-05-29') },
      ),
      expect: [
        {
          at: 'function check:live',
          saying:
            'Function check:live, which authorizer "check" asks, does not exist, or has no such version or alias.',
        },
      ],
    },
    {
      when: 'a function in state Failed',
      account: shop(inState('Failed')),
      expect: [
        {
          at: 'function check',
          saying: 'Function check, which authorizer "check" asks, is in state Failed.',
        },
      ],
    },
    {
      when: 'a function that is still being made',
      account: shop(inState('Pending')),
      expect: [
        {
          at: 'function check',
          saying: 'Function check, which authorizer "check" asks, is in state Pending.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a function that fell asleep, which the call that fails wakes',
      account: shop(inState('Inactive')),
      expect: [
        {
          at: 'function check',
          saying: 'Function check, which authorizer "check" asks, is in state Inactive.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a function that no concurrency is left to',
      account: shop(lambdaFunction('check', { reservedConcurrency: 0 })),
      expect: [
        {
          at: 'function check',
          saying:
            'Function check, which authorizer "check" asks, has a reserved concurrency of 0, which stops every invocation.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a function that is Active', account: shop(lambdaFunction('check')) },
    {
      when: 'a small reserved concurrency',
      account: shop(lambdaFunction('check', { reservedConcurrency: 1 })),
    },
    {
      when: 'a function of an authorizer that no method uses',
      account: account({
        restApis: [
          restApi('orders', {
            methods: [method('GET', '/orders')],
            authorizers: [lambdaAuthorizer('check')],
          }),
        ],
        functions: [lambdaFunction('check', { configuration: null })],
      }),
    },
    {
      when: 'a stage variable that the stage does not define: another rule says that',
      account: shop(lambdaFunction('check'), { uri: uriOf(functionArn('${stageVariables.fn}')) }),
    },
  ],
  cannotTell: [
    {
      when: 'when the functions were denied',
      account: account({ restApis: [api('orders')], functions: denied('GetFunctionConfiguration') }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the configuration was denied',
      account: shop(lambdaFunction('check', { configuration: denied('GetFunctionConfiguration', 'check') })),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the concurrency was denied',
      account: shop(lambdaFunction('check', { reservedConcurrency: denied('GetFunctionConcurrency') })),
      missing: ['GetFunctionConcurrency'],
    },
    {
      when: 'when the function belongs to another account, though it was not found here',
      account: shop(
        { ...lambdaFunction('check'), arn: foreign, configuration: known(null) },
        { uri: uriOf(foreign) },
      ),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the function was not among those read',
      account: account({ restApis: [api('orders')] }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the URI names no function',
      account: shop(lambdaFunction('check'), { uri: 'arn:aws:apigateway:eu-west-1:s3:path/bucket' }),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('orders', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});

test('concurrency is given back to the function, not to its alias', () => {
  const entry = { ...lambdaFunction('check', { reservedConcurrency: 0 }), arn: alias };
  expect(judge(rule, shop(entry, { uri: uriOf(alias) })).raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws lambda delete-function-concurrency --region eu-west-1 --function-name ${functionArn('check')}`,
  ]);
});
