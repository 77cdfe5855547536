import rule from '../../../lambda/rules/resource-policy/vpc-condition-on-public-api';
import {
  account,
  allow,
  custom,
  denied,
  deny,
  lambdaAuthorizer,
  method,
  policy,
  restApi,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/pets');
const shop = (text: string, given: object = {}) =>
  account({ restApis: [restApi('shop', { methods: [get], policy: text, ...given })] });
const on = (operator: string, key = 'aws:SourceVpce', value = 'vpce-1a2b3c') => ({
  Condition: { [operator]: { [key]: value } },
});

export default ruleTable(rule, {
  flags: [
    {
      when: 'the policy of an API that was private once, whatever the authorization',
      account: shop(policy(allow(), deny(on('StringNotEquals'))), {
        methods: [get, custom('GET', '/orders', 'gate')],
        authorizers: [lambdaAuthorizer('gate')],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 2 of the policy of a public API tests aws:SourceVpce, which no call to it carries, so nobody can call GET /pets and GET /orders.',
          affects: ['prod GET /pets', 'prod GET /orders'],
        },
      ],
    },
    {
      when: 'an Allow for a VPC',
      account: shop(policy(allow(on('StringEquals', 'aws:sourceVpc', 'vpc-1')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 of the policy of a public API tests aws:sourceVpc, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'an Allow for addresses inside a VPC',
      account: shop(policy(allow(on('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 of the policy of a public API tests aws:VpcSourceIp, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'two Allows for VPC endpoints with other conditions beside',
      account: shop(
        policy(
          allow({
            Condition: {
              StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c' },
              IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
              StringLikeIfExists: { 'aws:SourceVpc': 'vpc-*' },
            },
          }),
          allow(on('StringEquals', 'aws:SourceVpce', 'vpce-9f')),
        ),
        { endpointTypes: ['EDGE', 'REGIONAL'] },
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 and statement 2 of the policy of a public API test aws:SourceVpce, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny for all but one VPC, beside an Allow that never holds and one that does',
      account: shop(
        policy(
          allow(on('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
          allow(on('StringEquals')),
          deny(on('StringNotEquals', 'aws:SourceVpc', 'vpc-1')),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 3 of the policy of a public API tests aws:SourceVpc, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a Deny of calls that come through no endpoint',
      account: shop(policy(allow(), deny(on('Null', 'aws:SourceVpce', 'true')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 2 of the policy of a public API tests aws:SourceVpce, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'an Allow and a Deny that both want the VPC',
      account: shop(policy(allow(on('StringEquals', 'aws:SourceVpc', 'vpc-1')), deny(on('StringNotEquals')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 and statement 2 of the policy of a public API test aws:SourceVpc and aws:SourceVpce, which no call to it carries, so nobody can call GET /pets.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a private API',
      account: shop(policy(allow(), deny(on('StringNotEquals'))), { endpointTypes: ['PRIVATE'] }),
    },
    {
      when: 'a Deny with IfExists, which holds as well: another rule says that, and an Allow that never holds is not at fault',
      account: shop(
        policy(
          allow(on('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
          allow(on('StringEquals')),
          deny(on('StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-1')),
        ),
      ),
    },
    { when: 'an Allow if the key is there', account: shop(policy(allow(on('StringEqualsIfExists')))) },
    { when: 'a Deny of one endpoint', account: shop(policy(allow(), deny(on('StringEquals')))) },
    {
      when: 'an Allow for a VPC beside one for everybody',
      account: shop(policy(allow(on('StringEquals')), allow())),
    },
    {
      when: 'an unconditional Deny beside it: another rule says that',
      account: shop(policy(allow(on('StringEquals')), deny())),
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
      account: shop(policy(allow(on('StringEquals'))), { methods: denied('GetResources') }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(allow(on('StringEquals'))), {
        methods: [method('GET', '/pets', { authorizationType: denied('GetDeployment') })],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
