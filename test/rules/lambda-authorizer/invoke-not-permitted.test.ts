import rule from '../../../lambda/rules/lambda-authorizer/invoke-not-permitted';
import type { FunctionEntry } from '../../../lambda/model/account';
import type { Authorizer } from '../../../lambda/model/rest-api';
import {
  account,
  custom,
  denied,
  functionArn,
  lambdaAuthorizer,
  lambdaFunction,
  policy,
  restApi,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const execute = (rest: string) => `arn:aws:execute-api:eu-west-1:222233334444:${rest}`;
const permission = (given: object = {}) => ({
  Sid: 'gateway',
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('check'),
  ...given,
});
const from = (sourceArn: string, operator = 'ArnLike') => ({
  Condition: { [operator]: { 'AWS:SourceArn': sourceArn } },
});
const shop = (entry: FunctionEntry, given: Partial<Authorizer> = {}) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [custom('GET', '/orders', 'check')],
        authorizers: [lambdaAuthorizer('check', given)],
      }),
    ],
    functions: [entry],
  });
const allowed = (...statements: object[]) => shop(lambdaFunction('check', { policy: policy(...statements) }));
const at = 'shop (idshop) authorizer check';
const saying =
  'No statement in the policy of function check lets API Gateway invoke it for authorizer "check", which has no credentials role.';
const flagged = [{ at, saying }] as const;
const alias = `${functionArn('check')}:live`;
const uriOf = (arn: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

export default ruleTable(rule, {
  flags: [
    {
      when: 'a function without a policy',
      account: shop(lambdaFunction('check')),
      expect: [{ at, saying, affects: ['prod GET /orders'] }],
    },
    {
      when: 'a permission for a method of the API, which does not cover its authorizer',
      account: allowed(permission(from(execute('idshop/*/GET/orders')))),
      expect: flagged,
    },
    {
      when: 'a permission for another authorizer',
      account: allowed(permission(from(execute('idshop/authorizers/id-other')))),
      expect: flagged,
    },
    {
      when: 'a permission for another API',
      account: allowed(permission(from(execute('idother/*')))),
      expect: flagged,
    },
    {
      when: 'a permission for another service',
      account: allowed(permission({ Principal: { Service: 's3.amazonaws.com' } })),
      expect: flagged,
    },
    {
      when: 'a permission for another action',
      account: allowed(permission({ Action: 'lambda:GetFunction' })),
      expect: flagged,
    },
    {
      when: 'a permission for another account',
      account: allowed(permission({ Condition: { StringEquals: { 'aws:SourceAccount': '999900001111' } } })),
      expect: flagged,
    },
    {
      when: 'a permission that a denial takes back',
      account: allowed(permission(), permission({ Effect: 'Deny' })),
      expect: flagged,
    },
    {
      when: 'an alias, with statement ids that are taken',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check')],
            authorizers: [lambdaAuthorizer('check', { uri: uriOf(alias), id: 'a.b' })],
          }),
        ],
        functions: [
          {
            ...lambdaFunction('check', {
              policy: policy(
                ...['', '-2'].map((end) =>
                  permission({ Sid: `api-gateway-idshop-authorizer-a-b${end}`, Effect: 'Deny' }),
                ),
              ),
            }),
            arn: alias,
          },
        ],
      }),
      expect: [{ at, saying: saying.replace('function check', 'function check:live') }],
    },
  ],
  staysSilent: [
    {
      when: 'the permission that the console adds',
      account: allowed(permission(from(execute('idshop/authorizers/id-check')))),
    },
    { when: 'a permission for the whole API', account: allowed(permission(from(execute('idshop/*')))) },
    {
      when: 'a permission for any authorizer',
      account: allowed(permission(from(execute('idshop/authorizers/*')))),
    },
    {
      when: 'the same by StringLike, with the account as well',
      account: allowed(
        permission({
          Condition: {
            StringLike: { 'aws:SourceArn': [execute('idother/*'), execute('idshop/*')] },
            StringEquals: { 'aws:SourceAccount': '222233334444' },
          },
        }),
      ),
    },
    { when: 'a permission without a source', account: allowed(permission({ Action: 'lambda:*' })) },
    { when: 'a permission for everyone', account: allowed(permission({ Principal: '*' })) },
    {
      when: 'a credentials role instead, whose rights are not read',
      account: shop(lambdaFunction('check'), { credentials: 'arn:aws:iam::222233334444:role/invoke' }),
    },
    {
      when: 'a function that does not exist: another rule says that',
      account: shop(lambdaFunction('check', { configuration: null })),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: shop(lambdaFunction('check', { policy: denied('GetPolicy') })),
      missing: ['GetPolicy'],
    },
    {
      when: 'when a condition on something else decides',
      account: allowed(permission({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
      missing: ['GetPolicy'],
    },
    {
      when: 'when the permission is for an authorizer whose id the draft lost',
      account: shop(
        lambdaFunction('check', {
          policy: policy(permission(from(execute('idshop/authorizers/id-check')))),
        }),
        { id: null },
      ),
      missing: ['GetPolicy'],
    },
    {
      when: 'when the policy cannot be parsed',
      account: shop(lambdaFunction('check', { policy: '{' })),
      missing: ['GetPolicy'],
    },
    {
      when: 'when the functions were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check')],
            authorizers: [lambdaAuthorizer('check')],
          }),
        ],
        functions: denied('GetFunctionConfiguration'),
      }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the function belongs to another account',
      account: shop(lambdaFunction('check'), {
        uri: uriOf('arn:aws:lambda:eu-west-1:999900001111:function:check'),
      }),
      missing: ['GetFunctionConfiguration'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
  standsWithout: {
    'slices.functions.configuration': 'a function that is gone lets nobody invoke it either',
  },
});

test('the permission is added for this authorizer, on the alias it calls, under a free name', () => {
  const taken = permission({
    Sid: 'api-gateway-idshop-authorizer-id-check',
    Principal: { Service: 's3.amazonaws.com' },
  });
  const entry = { ...lambdaFunction('check', { policy: policy(taken) }), arn: alias };
  expect(judge(rule, shop(entry, { uri: uriOf(alias) })).raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws lambda add-permission --region eu-west-1 --function-name ${functionArn('check')} --qualifier live --statement-id api-gateway-idshop-authorizer-id-check-2 --action lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn ${execute('idshop/authorizers/id-check')}`,
  ]);
});
