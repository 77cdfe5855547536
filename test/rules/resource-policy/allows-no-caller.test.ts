import rule from '../../../lambda/rules/resource-policy/allows-no-caller';
import {
  account,
  allow,
  cognitoAuthorizer,
  custom,
  denied,
  deny,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  policy,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { beside } from './beside';

const get = method('GET', '/pets');
const authorizers = [lambdaAuthorizer('gate'), cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])];
const shop = (text: string, methods = [get]) =>
  account({ restApis: [restApi('shop', { methods, authorizers, policy: text })] });
const blockList = deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a block-list alone, on the methods that need an Allow',
      account: shop(policy(blockList), [
        get,
        guarded('GET', '/bills', 'pool'),
        custom('GET', '/orders', 'gate'),
        method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
      ]),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy has only Deny statements: what they do not deny is still not allowed, so nobody can call GET /pets and GET /bills.',
          affects: ['prod GET /pets', 'prod GET /bills'],
        },
      ],
    },
    {
      when: 'a policy without statements',
      account: shop(policy()),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The policy has no statement, so nothing allows anyone to call GET /pets.',
        },
      ],
    },
    {
      when: 'an Allow of another action',
      account: shop(policy(allow({ Action: 'execute-api:InvalidateCache' }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'No Allow covers GET /pets; statement 1 allows something else than execute-api:Invoke.',
        },
      ],
    },
    {
      when: 'methods that no Allow names',
      account: shop(policy(allow({ Resource: ['execute-api:/*/POST/*'] })), [get, method('POST', '/pets')]),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The resource policy is default deny, and no Allow covers GET /pets.',
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'a time that has passed',
      account: shop(
        policy(allow({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 would allow GET /pets, but no caller who could exist meets its principal and conditions.',
        },
      ],
    },
    {
      when: 'Allows for other actions only, among statements about something else',
      account: shop(policy(...beside)),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'No Allow covers GET /pets; statement 3, statement 4 and 2 more allow something else than execute-api:Invoke.',
        },
      ],
    },
    {
      when: 'four Allows for other paths, after Deny statements',
      account: shop(
        policy(
          blockList,
          ...['a', 'b', 'c', 'd'].map((path) => allow({ Resource: `execute-api:/prod/GET/${path}` })),
        ),
        [get, ...['a', 'b', 'c', 'd'].map((path) => method('GET', `/${path}`))],
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The resource policy is default deny, and no Allow covers GET /pets.',
        },
      ],
    },
    {
      when: 'two Allows whose conditions no caller meets, beside a Deny',
      account: shop(
        policy(
          blockList,
          allow({ Condition: { StringEquals: { 'aws:SourceIp': 'nowhere' } } }),
          allow({ Condition: { StringEquals: { 'aws:SourceIp': 'neither' } } }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 2 and statement 3 would allow GET /pets, but no caller who could exist meets their principal and conditions.',
        },
      ],
    },
    {
      when: 'an ANY of which an Allow names one verb, for callers that cannot be',
      account: shop(
        policy(
          allow({
            Resource: 'execute-api:/prod/GET/pets',
            Condition: { StringEquals: { 'aws:SourceIp': 'nowhere' } },
          }),
        ),
        [method('ANY', '/pets')],
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 would allow ANY /pets, but no caller who could exist meets its principal and conditions.',
        },
      ],
    },
    {
      when: 'an Allow of all but the action that calls need, beside a Deny of another action',
      account: shop(
        policy(
          deny({ Action: 'execute-api:InvalidateCache' }),
          allow({ Action: undefined, NotAction: 'execute-api:Invoke' }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'No Allow covers GET /pets; statement 2 allows something else than execute-api:Invoke.',
        },
      ],
    },
    {
      when: 'more Deny statements than are shown',
      account: shop(
        policy(
          ...[1, 2, 3, 4].map((n) =>
            deny({ Condition: { IpAddress: { 'aws:SourceIp': `198.51.100.${n}/32` } } }),
          ),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy has only Deny statements: what they do not deny is still not allowed, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'what is served, where the draft allows it by now',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get],
            policy: policy(allow()),
            stages: [stage('prod', { methods: [get], policy: policy(blockList) })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy has only Deny statements: what they do not deny is still not allowed, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'two methods that are served, one of which the draft allows by now',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, method('POST', '/pets')],
            policy: policy(allow({ Resource: 'execute-api:/*/GET/*' })),
            stages: [stage('prod', { methods: [get, method('POST', '/pets')], policy: policy(blockList) })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The resource policy is default deny, and no Allow covers POST /pets.',
          when: 'after-next-deployment',
        },
        {
          at: 'shop (idshop)',
          saying:
            'The policy has only Deny statements: what they do not deny is still not allowed, so nobody can call GET /pets and POST /pets.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a block-list beside an Allow', account: shop(policy(allow(), blockList)) },
    {
      when: 'a block-list alone over Lambda authorizers and signed callers, where silence is no refusal',
      account: shop(policy(blockList), [
        custom('GET', '/orders', 'gate'),
        method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
      ]),
    },
    {
      when: 'an Allow for one address',
      account: shop(policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } } }))),
    },
    {
      when: 'a preflight that alone is not allowed: another rule says that',
      account: shop(policy(allow({ Resource: 'execute-api:/*/GET/*' })), [get, preflight('/pets')]),
    },
    {
      when: 'an Allow of particular values of a path parameter',
      account: shop(policy(allow({ Resource: 'execute-api:/prod/GET/pets/7' })), [
        method('GET', '/pets/{id}'),
      ]),
    },
    {
      when: 'no policy',
      account: account({ restApis: [restApi('shop', { methods: [get] })] }),
    },
    {
      when: 'a time that is yet to pass',
      account: shop(
        policy(allow({ Condition: { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } } })),
      ),
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
      account: account({
        restApis: [restApi('shop', { methods: denied('GetResources'), policy: policy(blockList) })],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(blockList), [
        method('GET', '/pets', { authorizationType: denied('GetDeployment') }),
      ]),
      missing: ['GetDeployment'],
    },
    {
      when: 'a short form that AWS leaves as written',
      account: shop(policy(allow({ Resource: 'execute-api:*/*/*' }))),
      missing: ['GetExport', 'GetRestApis'],
    },
    {
      when: 'an operator that AWS does not have',
      account: shop(policy(allow({ Condition: { StringContains: { 'aws:UserAgent': 'curl' } } }))),
      missing: ['GetExport', 'GetRestApis'],
    },
  ],
  standsWithout: {
    'deployment.methods.authorizationType':
      'a preflight that nothing allows stays refused, whatever the other verbs of its path ask for',
  },
});
