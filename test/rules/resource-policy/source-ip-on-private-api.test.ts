import rule from '../../../lambda/rules/resource-policy/source-ip-on-private-api';
import { account, allow, denied, deny, method, policy, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/pets');
const shop = (text: string, given: object = {}) =>
  account({
    restApis: [restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], policy: text, ...given })],
  });
const from = (operator: string, key: string) => ({ Condition: { [operator]: { [key]: '10.2.0.0/16' } } });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow for addresses of the VPC in aws:SourceIp',
      account: shop(policy(allow(from('IpAddress', 'aws:SourceIp')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "Statement 1 tests aws:SourceIp, which never holds a client's address on a private API, so nobody can call GET /pets.",
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'a Deny of all others, the key in other letters',
      account: shop(policy(allow(), deny(from('NotIpAddress', 'AWS:sourceip')))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "Statement 2 tests aws:SourceIp, which never holds a client's address on a private API, so nobody can call GET /pets.",
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'aws:VpcSourceIp', account: shop(policy(allow(from('IpAddress', 'aws:VpcSourceIp')))) },
    {
      when: 'a public API',
      account: shop(policy(allow(from('IpAddress', 'aws:SourceIp'))), { endpointTypes: ['REGIONAL'] }),
    },
    {
      when: 'a block-list, which spares everybody',
      account: shop(policy(allow(), deny(from('IpAddress', 'aws:SourceIp')))),
    },
    {
      when: 'another Allow that admits',
      account: shop(policy(allow(from('IpAddress', 'aws:SourceIp')), allow())),
    },
    {
      when: 'an Allow for all addresses',
      account: shop(policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }))),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({
        restApis: [
          restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], policy: denied('GetExport') }),
        ],
      }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: shop(policy(allow(from('IpAddress', 'aws:SourceIp'))), { methods: denied('GetResources') }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(allow(from('IpAddress', 'aws:SourceIp'))), {
        methods: [method('GET', '/pets', { authorizationType: denied('GetDeployment') })],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
