import rule from '../../../lambda/rules/resource-policy/resource-matches-nothing';
import {
  account,
  allow,
  custom,
  denied,
  lambdaAuthorizer,
  method,
  policy,
  restApi,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { beside } from './beside';

const get = method('GET', '/pets');
const one = method('GET', '/pets/{id}');
const arn = (rest: string, place = 'eu-west-1:222233334444') => `arn:aws:execute-api:${place}:${rest}`;
const shop = (resource: unknown, given: object = {}) =>
  account({
    restApis: [restApi('shop', { methods: [get], policy: policy(allow({ Resource: resource })), ...given })],
  });
const says = (resource: string, fault: string, methods = 'GET /pets') =>
  [
    {
      at: 'shop (idshop)',
      saying: `Resource "${resource}" in the Allow of statement 1 matches no call of this API: ${fault}. Nothing else allows ${methods}.`,
    },
  ] as const;

export default ruleTable(rule, {
  flags: [
    {
      when: 'a policy copied from another API',
      account: shop(arn('other/*')),
      expect: says(arn('other/*'), 'another API id (other)'),
    },
    {
      when: 'another Region and account',
      account: shop(arn('idshop/*', 'us-east-1:999999999999')),
      expect: says(
        arn('idshop/*', 'us-east-1:999999999999'),
        'another region (us-east-1), another account (999999999999)',
      ),
    },
    {
      when: 'another partition',
      account: shop('arn:aws-cn:execute-api:eu-west-1:222233334444:idshop/*'),
      expect: says('arn:aws-cn:execute-api:eu-west-1:222233334444:idshop/*', 'another partition (aws-cn)'),
    },
    {
      when: 'a stage in other letters',
      account: shop(arn('idshop/Prod/GET/pets')),
      expect: says(arn('idshop/Prod/GET/pets'), 'a stage that the API does not have (Prod)'),
    },
    {
      when: 'a verb that the path does not have',
      account: shop('execute-api:/prod/POST/pets'),
      expect: says('execute-api:/prod/POST/pets', 'a verb that the API does not have (POST)'),
    },
    {
      when: 'no stage',
      account: shop('execute-api:/GET/pets'),
      expect: says('execute-api:/GET/pets', 'no stage before the verb'),
    },
    {
      when: 'a path template',
      account: shop('execute-api:/prod/GET/pets/{id}/toys', {
        methods: [method('GET', '/pets/{id}/toys/x')],
      }),
      expect: says(
        'execute-api:/prod/GET/pets/{id}/toys',
        'a path template (pets/{id}/toys) where real paths stand, a path that the API does not have (/pets/*/toys)',
        'GET /pets/{id}/toys/x',
      ),
    },
    {
      when: 'the path of the resource itself, braces and all',
      account: shop('execute-api:/prod/GET/pets/{id}', { methods: [one] }),
      expect: says(
        'execute-api:/prod/GET/pets/{id}',
        'a path template (pets/{id}) where real paths stand',
        'GET /pets/{id}',
      ),
    },
    {
      when: 'a greedy one, for every verb',
      account: shop('execute-api:/prod/*/{proxy+}', { methods: [method('ANY', '/{proxy+}')] }),
      expect: says(
        'execute-api:/prod/*/{proxy+}',
        'a path template ({proxy+}) where real paths stand',
        'ANY /{proxy+}',
      ),
    },
    {
      when: 'ANY in place of a verb',
      account: shop('execute-api:/prod/ANY/pets', { methods: [method('ANY', '/pets')] }),
      expect: says('execute-api:/prod/ANY/pets', 'a verb that no call has (ANY)', 'ANY /pets'),
    },
    {
      when: 'a path that is misspelt',
      account: shop('execute-api:/prod/GET/pet'),
      expect: says('execute-api:/prod/GET/pet', 'a path that the API does not have (/pet)'),
    },
    {
      when: 'the bare ARN of the API',
      account: shop(arn('idshop')),
      expect: says(arn('idshop'), 'no stage, verb and path after the API id'),
    },
    {
      when: 'an ARN that ends after the API id, as in samples of AWS: whether it matches is not certain',
      account: shop(arn('idshop/')),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `Resource "${arn('idshop/')}" in the Allow of statement 1 likely matches no call of this API: no stage, verb and path after the API id. Those whom it is meant for cannot call GET /pets.`,
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'another API for callers whom nothing else admits',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get],
            policy: policy(
              allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.1/32' } } }),
              allow({
                Resource: arn('other/*'),
                Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.2/32' } },
              }),
            ),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `Resource "${arn('other/*')}" in the Allow of statement 2 matches no call of this API: another API id (other). Those whom it is meant for cannot call GET /pets.`,
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'two patterns of other APIs and one of a stage that there is not, among statements about something else',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, one],
            policy: policy(
              ...beside,
              allow({ Resource: [arn('other/*'), arn('another/*'), 'execute-api:/prod/PUT/pets'] }),
            ),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `Resource "${arn('other/*')}" and 2 more in the Allow of statement 7 match no call of this API: another API id (other). Nothing else allows GET /pets and GET /pets/{id}.`,
        },
      ],
    },
    {
      when: 'another API beside a misspelt path, for callers whom nothing else admits',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get],
            policy: policy(
              allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.1/32' } } }),
              allow({
                Resource: [arn('other/*'), 'execute-api:/prod/GET/pet'],
                Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.2/32' } },
              }),
            ),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `Resource "${arn('other/*')}" and 1 more in the Allow of statement 2 match no call of this API: another API id (other). Those whom it is meant for cannot call GET /pets.`,
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a misspelt path, beside a misspelt stage on a method that another Allow covers',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, method('GET', '/stock')],
            policy: policy(
              allow({ Resource: 'execute-api:/prod/GET/pet' }),
              allow({ Resource: 'execute-api:/Prod/GET/stock' }),
              allow({ Resource: 'execute-api:/prod/GET/stock' }),
            ),
          }),
        ],
      }),
      expect: says('execute-api:/prod/GET/pet', 'a path that the API does not have (/pet)'),
    },
  ],
  staysSilent: [
    { when: 'everything', account: shop('*') },
    { when: 'the short form', account: shop('execute-api:/prod/GET/pets') },
    { when: 'the full ARN', account: shop(arn('idshop/prod/GET/pets')) },
    {
      when: 'particular values of a path parameter',
      account: shop('execute-api:/prod/GET/pets/7', { methods: [one] }),
    },
    {
      when: 'a method that is not named while another is: another rule says that',
      account: shop('execute-api:/prod/GET/pets/7', { methods: [one, method('GET', '/pets/{id}/toys')] }),
    },
    {
      when: 'a stage that is yet to come, in a statement that adds to others',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get],
            policy: policy(
              allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.1/32' } } }),
              allow({
                Resource: 'execute-api:/next/*',
                Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.2/32' } },
              }),
            ),
          }),
        ],
      }),
    },
    { when: 'several APIs that share a policy', account: shop([arn('idshop/*'), arn('other/*')]) },
    {
      when: 'another stage of the API, which has one',
      account: shop(['execute-api:/dev/*', 'execute-api:/prod/*'], { stages: ['prod', 'dev'] }),
    },
    {
      when: 'a Lambda authorizer, where silence is no refusal',
      account: shop(arn('other/*'), {
        methods: [custom('GET', '/orders', 'gate')],
        authorizers: [lambdaAuthorizer('gate')],
      }),
    },
    {
      when: 'a short form that AWS leaves as written: nobody knows what it matches',
      account: shop('execute-api:*/*/*'),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({ restApis: [restApi('shop', { methods: [get], policy: denied('GetExport') })] }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: shop(arn('other/*'), { methods: denied('GetResources') }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(arn('other/*'), {
        methods: [method('GET', '/pets', { authorizationType: denied('GetDeployment') })],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
