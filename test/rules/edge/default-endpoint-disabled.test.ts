import rule from '../../../lambda/rules/edge/default-endpoint-disabled';
import { account, denied, domainName, method, restApi } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const methods = [method('GET', '/orders')];
const closed = restApi('shop', { methods, disableExecuteApiEndpoint: true });
const mapping = (restApiId: string, basePath = 'v1', stage: string | null = 'prod') => ({
  basePath,
  restApiId,
  stage,
});
const ruleTo = (restApiId: string) => ({
  id: 'r1',
  priority: 1,
  basePaths: ['shop'],
  headers: [],
  restApiId,
  stage: 'prod',
  stripBasePath: true,
});

export default ruleTable(rule, {
  flags: [
    {
      when: 'an API that no domain names',
      account: account({
        restApis: [closed],
        domains: [domainName('api.example.com', { mappings: [mapping('idother')] })],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled and no custom domain leads to it: nobody can call it.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'an API whose mapping is not in force, because only rules route',
      account: account({
        restApis: [closed],
        domains: [
          domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY', mappings: [mapping('idshop')] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled and no custom domain leads to it: nobody can call it.',
        },
      ],
    },
    {
      when: 'a private API that no domain names: the ways through a VPC endpoint may stay open',
      account: account({ restApis: [{ ...closed, endpointTypes: ['PRIVATE'] }], domains: [] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled and no custom domain leads to it: likely nobody can call it.',
          reach: 'possible',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'the URLs that work, when domains lead there',
      account: account({
        restApis: [closed],
        domains: [
          domainName('api.example.com', { mappings: [mapping('idshop')] }),
          domainName('old.example.com', { mappings: [mapping('idshop', '', null)] }),
          domainName('new.example.com', {
            routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
            routingRules: [ruleTo('idshop')],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The execute-api host of this API refuses every call; it is served at https://api.example.com/v1, https://old.example.com/<STAGE_NAME> and https://new.example.com/shop. Clients that still use the execute-api host get 403.',
          reach: 'possible',
          affects: [],
        },
      ],
    },
    {
      when: 'the URL that works, when a private domain leads to a private API',
      account: account({
        restApis: [{ ...closed, endpointTypes: ['PRIVATE'] }],
        domains: [
          domainName('api.internal', {
            id: 'abc',
            endpointTypes: ['PRIVATE'],
            mappings: [mapping('idshop', '')],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The execute-api host of this API refuses every call; it is served at https://api.internal. Clients that still use the execute-api host get 403.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'an API with two stages, where a private and a public domain are free',
      account: account({
        restApis: [restApi('shop', { methods, disableExecuteApiEndpoint: true, stages: ['prod', 'test'] })],
        domains: [
          domainName('api.example.com'),
          domainName('inner.example.com', { endpointTypes: ['PRIVATE'] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled and no custom domain leads to it: nobody can call it.',
        },
      ],
    },
    {
      when: 'an API whose only mapping names a stage that it does not have',
      account: account({
        restApis: [closed],
        domains: [domainName('api.example.com', { mappings: [mapping('idshop', 'v1', 'Prod')] })],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled, and base path "v1" of api.example.com names the stage "Prod", which it does not have: nobody can call it.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'an API that a mapping of several levels and a routing rule lead past its stages',
      account: account({
        restApis: [closed],
        domains: [
          domainName('api.example.com', { mappings: [mapping('idshop', 'shop/v1', 'beta')] }),
          domainName('new.example.com', {
            routingMode: 'ROUTING_RULE_ONLY',
            routingRules: [{ ...ruleTo('idshop'), stage: 'gamma' }],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The default endpoint of this API is disabled, and base path "shop/v1" of api.example.com and routing rule "r1" of new.example.com name the stages "beta" and "gamma", which it does not have: nobody can call it.',
        },
      ],
    },
    {
      when: 'the one URL that works, beside a mapping to a stage that is gone',
      account: account({
        restApis: [closed],
        domains: [
          domainName('api.example.com', { mappings: [mapping('idshop'), mapping('idshop', 'v0', 'old')] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The execute-api host of this API refuses every call; it is served at https://api.example.com/v1. Clients that still use the execute-api host get 403.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an API whose default endpoint is open',
      account: account({ restApis: [restApi('shop', { methods })] }),
    },
    {
      when: 'an API without any stage: another rule says that',
      account: account({
        restApis: [restApi('shop', { methods, disableExecuteApiEndpoint: true, stages: [] })],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'whether a domain leads to a stage, when the stages were denied',
      account: account({
        restApis: [{ ...closed, stages: denied('GetStages') }],
        domains: [domainName('api.example.com', { mappings: [mapping('idshop')] })],
      }),
      missing: ['GetStages'],
    },
    {
      when: 'when the domains were denied',
      account: account({ restApis: [closed], domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when mappings that may name it were denied',
      account: account({
        restApis: [closed],
        domains: [domainName('api.example.com', { mappings: denied('GetBasePathMappings') })],
      }),
      missing: ['GetBasePathMappings'],
    },
    {
      when: 'when routing rules that may name it were denied',
      account: account({
        restApis: [closed],
        domains: [
          domainName('api.example.com', {
            routingMode: 'ROUTING_RULE_ONLY',
            routingRules: denied('ListRoutingRules'),
          }),
        ],
      }),
      missing: ['ListRoutingRules'],
    },
    {
      when: 'when the stages were denied',
      account: account({
        restApis: [
          restApi('shop', { methods, disableExecuteApiEndpoint: true, stages: denied('GetStages') }),
        ],
      }),
      missing: ['GetStages'],
    },
  ],
  standsWithout: {
    'restApis.stages.snapshot.methods': 'only which methods are listed',
  },
});

test('the fix maps the API to the one domain that serves nothing yet', () => {
  const { raised } = judge(rule, account({ restApis: [closed], domains: [domainName('api.example.com')] }));
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    'aws apigateway create-base-path-mapping --region eu-west-1 --domain-name api.example.com --rest-api-id idshop --stage prod',
  ]);
});
