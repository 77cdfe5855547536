import rule from '../../../lambda/rules/private/private-api-not-addressable';
import {
  account,
  allow,
  denied,
  domainName,
  method,
  policy,
  restApi,
  vpcEndpoint,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const api = (given: object = {}) =>
  restApi('shop', {
    endpointTypes: ['PRIVATE'],
    methods: [method('GET', '/pets')],
    policy: policy(allow()),
    ...given,
  });
const dark = vpcEndpoint('vpce-0dark', { privateDnsEnabled: false });
const mapping = { basePath: '', restApiId: 'idshop', stage: 'prod' };

export default ruleTable(rule, {
  flags: [
    {
      when: 'endpoints without private DNS only',
      account: account({ restApis: [api()], vpcEndpoints: [dark] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The private API has no associated VPC endpoint, no private custom domain, and no execute-api endpoint of this account has private DNS: callers must address it by a Host or x-apigw-api-id header, or come through another account's endpoint.",
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'no endpoint at all, and a public domain that cannot lead to it',
      account: account({
        restApis: [api()],
        domains: [domainName('api.example.com', { mappings: [mapping] })],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The private API has no associated VPC endpoint, no private custom domain, and this account has no execute-api endpoint: callers must address it by a Host or x-apigw-api-id header, or come through another account's endpoint.",
        },
      ],
    },
    {
      when: 'an endpoint with private DNS that is listed as deleted',
      account: account({ restApis: [api()], vpcEndpoints: [vpcEndpoint('vpce-0lit', { state: 'deleted' })] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The private API has no associated VPC endpoint, no private custom domain, and this account has no execute-api endpoint: callers must address it by a Host or x-apigw-api-id header, or come through another account's endpoint.",
        },
      ],
    },
    {
      when: 'two endpoints without private DNS, and a private domain that leads to another API',
      account: account({
        restApis: [api()],
        vpcEndpoints: [dark, vpcEndpoint('vpce-0black', { privateDnsEnabled: false })],
        domains: [
          domainName('api.internal', {
            id: 'abc',
            endpointTypes: ['PRIVATE'],
            mappings: [{ ...mapping, restApiId: 'idother' }],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The private API has no associated VPC endpoint, no private custom domain, and no execute-api endpoint of this account has private DNS: callers must address it by a Host or x-apigw-api-id header, or come through another account's endpoint.",
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an endpoint with private DNS',
      account: account({ restApis: [api()], vpcEndpoints: [dark, vpcEndpoint('vpce-0lit')] }),
    },
    {
      when: 'an association',
      account: account({ restApis: [api({ vpcEndpointIds: ['vpce-0dark'] })], vpcEndpoints: [dark] }),
    },
    {
      when: 'a private custom domain',
      account: account({
        restApis: [api()],
        vpcEndpoints: [dark],
        domains: [domainName('api.internal', { id: 'abc', endpointTypes: ['PRIVATE'], mappings: [mapping] })],
      }),
    },
    {
      when: 'a public API',
      account: account({ restApis: [api({ endpointTypes: ['REGIONAL'] })], vpcEndpoints: [dark] }),
    },
    {
      when: 'an API without methods',
      account: account({ restApis: [api({ methods: [] })], vpcEndpoints: [dark] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the endpoints were denied',
      account: account({ restApis: [api()], vpcEndpoints: denied('DescribeVpcEndpoints') }),
      missing: ['DescribeVpcEndpoints'],
    },
    {
      when: 'when the domains were denied',
      account: account({ restApis: [api()], vpcEndpoints: [dark], domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when the mappings of a private domain were denied',
      account: account({
        restApis: [api()],
        vpcEndpoints: [dark],
        domains: [
          domainName('api.internal', {
            id: 'abc',
            endpointTypes: ['PRIVATE'],
            mappings: denied('GetBasePathMappings'),
          }),
        ],
      }),
      missing: ['GetBasePathMappings'],
    },
    {
      when: 'when the rules of a private domain were denied',
      account: account({
        restApis: [api()],
        vpcEndpoints: [dark],
        domains: [
          domainName('api.internal', {
            id: 'abc',
            endpointTypes: ['PRIVATE'],
            routingMode: 'ROUTING_RULE_ONLY',
            routingRules: denied('ListRoutingRules'),
          }),
        ],
      }),
      missing: ['ListRoutingRules'],
    },
    {
      when: 'when the methods were denied',
      account: account({ restApis: [api({ methods: denied('GetResources') })], vpcEndpoints: [dark] }),
      missing: ['GetResources'],
    },
  ],
});
