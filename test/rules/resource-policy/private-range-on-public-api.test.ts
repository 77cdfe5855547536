import rule from '../../../lambda/rules/resource-policy/private-range-on-public-api';
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
import { beside } from './beside';

const get = method('GET', '/pets');
const from = (effect: 'IpAddress' | 'NotIpAddress', ...blocks: readonly string[]) => ({
  Condition: { [effect]: { 'aws:SourceIp': blocks } },
});
const shop = (text: string, given: object = {}) =>
  account({ restApis: [restApi('shop', { methods: [get], policy: text, ...given })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow for a private network alone',
      account: shop(policy(allow(from('IpAddress', '10.0.0.0/8', '192.168.7.0/24')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 admits only 10.0.0.0/8 and 192.168.7.0/24, which no caller of a public API has, so nobody can call GET /pets.',
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'a Deny for all but a private network, which Lambda authorizers do not survive either',
      account: shop(policy(allow(), deny(from('NotIpAddress', '100.64.0.0/10'))), {
        methods: [custom('GET', '/orders', 'gate')],
        authorizers: [lambdaAuthorizer('gate')],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 2 admits only 100.64.0.0/10, which no caller of a public API has, so nobody can call GET /orders.',
        },
      ],
    },
    {
      when: 'the placeholder address 0.0.0.0 of a sample',
      account: shop(policy(allow(), deny(from('NotIpAddress', '0.0.0.0')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 2 admits only 0.0.0.0, which no caller of a public API has, so nobody can call GET /pets.',
        },
      ],
    },
    {
      when: 'a private network among public ones, with the entry that is dead',
      account: shop(policy(allow(from('IpAddress', '203.0.113.0/24', '172.16.0.0/12')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            '172.16.0.0/12 in statement 1 never matches: callers of a public API come from public addresses. Those whom it is meant for cannot call GET /pets.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'two Allows for private networks, among statements about something else, on the one method that nothing else allows',
      account: shop(
        policy(
          ...beside,
          allow({ Resource: 'execute-api:/prod/GET/open' }),
          allow({ ...from('IpAddress', '10.0.0.0/8'), Resource: 'execute-api:/prod/GET/pets' }),
          allow({
            Condition: {
              IpAddress: { 'aws:SourceIp': ['172.16.0.0/12'] },
              StringLike: { 'aws:UserAgent': 'shop-*' },
            },
            Resource: 'execute-api:/prod/GET/pets',
          }),
        ),
        { methods: [get, method('GET', '/open'), method('GET', '/lost')] },
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 8 and statement 9 admit only 10.0.0.0/8 and 172.16.0.0/12, which no caller of a public API has, so nobody can call GET /pets.',
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'two private networks in a list with a public one, on the one method that it is for',
      account: shop(
        policy(
          ...beside,
          allow({ Resource: 'execute-api:/prod/GET/open' }),
          allow({
            ...from('IpAddress', '10.0.0.0/8', '192.168.0.0/16', '203.0.113.0/24'),
            Resource: 'execute-api:/prod/GET/pets',
          }),
        ),
        { methods: [get, method('GET', '/open'), method('GET', '/lost')] },
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            '10.0.0.0/8 and 192.168.0.0/16 in statement 8 never match: callers of a public API come from public addresses. Those whom they are meant for cannot call GET /pets.',
          reach: 'some-calls',
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'a Deny for all but a public network and a private one',
      account: shop(policy(allow(), deny(from('NotIpAddress', '203.0.113.0/24', '172.16.0.0/12')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            '172.16.0.0/12 in statement 2 never matches: callers of a public API come from public addresses. Those whom it is meant for cannot call GET /pets.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'the same lists in an Allow, beside one for everybody, and in a Deny',
      account: shop(
        policy(
          allow(from('IpAddress', '203.0.113.0/24', '172.16.0.0/12')),
          allow(),
          deny(from('NotIpAddress', '203.0.113.0/24', '172.16.0.0/12')),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            '172.16.0.0/12 in statement 1 and statement 3 never matches: callers of a public API come from public addresses. Those whom it is meant for cannot call GET /pets.',
          reach: 'some-calls',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a private network in a list beside a Deny of everybody: another rule says that',
      account: shop(policy(allow(from('IpAddress', '203.0.113.0/24', '172.16.0.0/12')), deny())),
    },
    { when: 'a public network', account: shop(policy(allow(from('IpAddress', '11.0.0.0/8')))) },
    {
      when: 'a documentation network, which stands for a public one',
      account: shop(policy(allow(from('IpAddress', '192.0.2.0/24')))),
    },
    { when: 'a network that is half private', account: shop(policy(allow(from('IpAddress', '10.0.0.0/7')))) },
    {
      when: 'a Deny of a private network',
      account: shop(policy(allow(), deny(from('IpAddress', '10.0.0.0/8')))),
    },
    {
      when: 'a private network beside an Allow for everybody',
      account: shop(policy(allow(from('IpAddress', '203.0.113.0/24', '172.16.0.0/12')), allow())),
    },
    {
      when: 'a private API: another rule says that',
      account: shop(policy(allow(from('IpAddress', '10.0.0.0/8'))), { endpointTypes: ['PRIVATE'] }),
    },
    {
      when: 'private addresses that an Allow leaves out, that another key holds, and that a Deny is for',
      account: shop(
        policy(
          allow({
            Condition: {
              NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
              IpAddressIfExists: { 'aws:VpcSourceIp': '10.0.0.0/8' },
            },
          }),
          deny({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } } }),
        ),
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
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            policy: policy(allow(from('IpAddress', '10.0.0.0/8'))),
          }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(allow(from('IpAddress', '10.0.0.0/8'))), {
        methods: [method('GET', '/pets', { authorizationType: denied('GetDeployment') })],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
