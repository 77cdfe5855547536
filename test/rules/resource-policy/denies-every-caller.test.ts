import rule from '../../../lambda/rules/resource-policy/denies-every-caller';
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

const get = method('GET', '/pets');
const shop = (text: string, methods = [get]) =>
  account({ restApis: [restApi('shop', { methods, policy: text })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an unconditional Deny, whatever the authorization',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              get,
              custom('GET', '/orders', 'gate'),
              guarded('GET', '/bills', 'pool'),
              method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
            ],
            authorizers: [lambdaAuthorizer('gate'), cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])],
            policy: policy(allow(), deny()),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 has no condition, so nobody can call GET /pets, GET /orders and 2 more.',
          affects: ['prod GET /pets', 'prod GET /orders', 'prod GET /bills', 'prod GET /keys'],
        },
      ],
    },
    {
      when: 'a Deny for all networks, half of the internet each',
      account: shop(
        policy(
          allow(),
          deny({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1', '::/0'] } } }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (IpAddress aws:SourceIp 0.0.0.0/1, 128.0.0.0/1 and ::/0), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'only the method that the Deny names, and only after the next deployment where the draft has it',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, method('POST', '/pets')],
            policy: policy(allow(), deny({ Sid: 'NoWrites', Resource: 'execute-api:/*/POST/*' })),
            stages: [stage('prod', { methods: [get, method('POST', '/pets')], policy: policy(allow()) })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The Deny of statement 2 (NoWrites) has no condition, so nobody can call POST /pets.',
          affects: ['prod POST /pets'],
          when: 'after-next-deployment',
        },
      ],
    },
    {
      when: 'a Deny with …IfExists on a key that public APIs never have',
      account: shop(
        policy(allow(), deny({ Condition: { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } } })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (StringNotEqualsIfExists aws:SourceVpce vpce-1), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny alone, of a policy that allows nothing',
      account: shop(policy(deny())),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The Deny of statement 1 has no condition, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'two Denies that leave nobody between them, after an Allow',
      account: shop(
        policy(
          allow(),
          deny({ Condition: { StringNotEquals: { 'aws:UserAgent': 'shop' } } }),
          deny({
            Condition: { StringEquals: { 'aws:UserAgent': 'shop' }, Bool: { 'aws:SecureTransport': 'true' } },
          }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 and statement 3 holds for every caller who could exist (StringNotEquals aws:UserAgent shop; StringEquals aws:UserAgent shop; Bool aws:SecureTransport true), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny whose exception no caller of a public API can be, and that holds for all others',
      account: shop(
        policy(
          allow(),
          deny({
            Condition: {
              StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-1' },
              Bool: { 'aws:SecureTransport': 'true' },
              DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' },
            },
          }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (StringNotEqualsIfExists aws:SourceVpce vpce-1; StringNotEqualsIfExists aws:SourceVpc vpc-1; Bool aws:SecureTransport true), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny of all callers of a private API',
      account: account({
        restApis: [
          restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], policy: policy(allow(), deny()) }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The Deny of statement 2 has no condition, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny of two methods, one of which the draft spares already',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, method('POST', '/pets')],
            policy: policy(allow(), deny({ Resource: 'execute-api:/*/POST/*' })),
            stages: [
              stage('prod', { methods: [get, method('POST', '/pets')], policy: policy(allow(), deny()) }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The Deny of statement 2 has no condition, so nobody can call GET /pets and POST /pets.',
        },
        {
          at: 'shop (idshop)',
          saying: 'The Deny of statement 2 has no condition, so nobody can call POST /pets.',
          when: 'after-next-deployment',
        },
      ],
    },
    {
      when: 'a Deny of all but private addresses, in small letters',
      account: shop(
        policy(allow(), deny({ Condition: { NotIpAddressIfExists: { 'aws:sourceip': '10.0.0.0/8' } } })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (NotIpAddressIfExists aws:sourceip 10.0.0.0/8), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny of all but an organization, whose members do not sign these calls',
      account: shop(
        policy(
          allow(),
          deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc123' } } }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (StringNotEqualsIfExists aws:PrincipalOrgID o-abc123), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny with an exception that calls carry and one that they do not',
      account: shop(
        policy(
          allow(),
          deny({
            Condition: {
              NotIpAddressIfExists: { 'aws:sourceip': '10.0.0.0/8' },
              StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' },
            },
          }),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (NotIpAddressIfExists aws:sourceip 10.0.0.0/8; StringNotEqualsIfExists aws:SourceVpce vpce-1), so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny of all but an address, on a private API, whose calls carry none',
      account: account({
        restApis: [
          restApi('shop', {
            endpointTypes: ['PRIVATE'],
            methods: [get],
            policy: policy(
              allow(),
              deny({ Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '203.0.113.9/32' } } }),
            ),
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The Deny of statement 2 holds for every caller who could exist (NotIpAddressIfExists aws:SourceIp 203.0.113.9/32), so nobody can call GET /pets.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a Deny that spares one address',
      account: shop(
        policy(allow(), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.9/32' } } })),
      ),
    },
    {
      when: 'a Deny for most networks that leaves one out',
      account: shop(
        policy(
          allow(),
          deny({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/2', '::/0'] } } }),
        ),
      ),
    },
    {
      when: 'a Deny of calls without TLS, which no call is',
      account: shop(policy(allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))),
    },
    {
      when: 'a preflight alone: another rule says that',
      account: shop(policy(allow(), deny({ Resource: 'execute-api:/*/OPTIONS/*' })), [
        get,
        preflight('/pets'),
      ]),
    },
    {
      when: 'a Deny of another API',
      account: shop(
        policy(allow(), deny({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' })),
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
        restApis: [restApi('shop', { methods: denied('GetResources'), policy: policy(deny()) })],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(deny()), [method('GET', '/pets', { authorizationType: denied('GetDeployment') })]),
      missing: ['GetDeployment'],
    },
    {
      when: 'a Deny on a key that requests may or may not carry',
      account: shop(
        policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceOrgID': 'o-abc' } } })),
      ),
      missing: ['GetExport', 'GetRestApis'],
    },
  ],
  standsWithout: {
    'deployment.methods.authorizationType':
      'a preflight that is denied stays refused, whatever the other verbs of its path ask for',
  },
});
