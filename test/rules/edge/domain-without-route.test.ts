import rule from '../../../lambda/rules/edge/domain-without-route';
import { account, denied, domainName, restApi } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const mappings = [{ basePath: '', restApiId: 'idshop', stage: 'prod' }];
const routingRules = [
  {
    id: 'r1',
    priority: 1,
    basePaths: [],
    headers: [{ name: 'x-version', glob: 'beta*' }],
    restApiId: 'idshop',
    stage: 'prod',
    stripBasePath: false,
  },
];
const only = (domain: ReturnType<typeof domainName>) => account({ domains: [domain] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a domain without mappings',
      account: only(domainName('api.example.com')),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying: 'The domain api.example.com has no base path mapping: every call to it is refused.',
          affects: [],
        },
      ],
    },
    {
      when: 'mappings that the routing mode leaves out of force',
      account: only(domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY', mappings })),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com has no routing rule, and its base path mappings serve nothing in the mode ROUTING_RULE_ONLY: every call to it is refused.',
        },
      ],
    },
    {
      when: 'neither rule nor mapping where both would count',
      account: only(domainName('api.example.com', { routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING' })),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com has no base path mapping and no routing rule: every call to it is refused.',
        },
      ],
    },
    {
      when: 'a domain for rules without any, where one API of its kind and one stage could be meant',
      account: account({
        domains: [domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY' })],
        restApis: [restApi('shop'), restApi('inner', { endpointTypes: ['PRIVATE'] })],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying: 'The domain api.example.com has no routing rule: every call to it is refused.',
        },
      ],
    },
    {
      when: 'a domain for rules without any, where two APIs could be meant',
      account: account({
        domains: [domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY' })],
        restApis: [restApi('shop'), restApi('pets')],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying: 'The domain api.example.com has no routing rule: every call to it is refused.',
        },
      ],
    },
    {
      when: 'a private domain beside a private API with two stages',
      account: account({
        domains: [domainName('api.example.com', { endpointTypes: ['PRIVATE'] })],
        restApis: [
          restApi('shop'),
          restApi('inner', { endpointTypes: ['PRIVATE'], stages: ['prod', 'test'] }),
        ],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying: 'The domain api.example.com has no base path mapping: every call to it is refused.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a mapped domain', account: only(domainName('api.example.com', { mappings })) },
    {
      when: 'a rule in the mode for rules',
      account: only(domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY', routingRules })),
    },
    {
      when: 'a mapping behind rules that could not be read',
      account: only(
        domainName('api.example.com', {
          routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
          routingRules: denied('ListRoutingRules'),
          mappings,
        }),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the domains were denied',
      account: account({ domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when the mappings were denied',
      account: only(domainName('api.example.com', { mappings: denied('GetBasePathMappings') })),
      missing: ['GetBasePathMappings'],
    },
    {
      when: 'when the rules were denied',
      account: only(
        domainName('api.example.com', {
          routingMode: 'ROUTING_RULE_ONLY',
          routingRules: denied('ListRoutingRules'),
        }),
      ),
      missing: ['ListRoutingRules'],
    },
  ],
  standsWithout: { 'restApis.stages': 'only which stage the fix names' },
});

test('the fix names the only API and its only stage', () => {
  const { raised } = judge(
    rule,
    account({ restApis: [restApi('shop')], domains: [domainName('api.example.com')] }),
  );
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    'aws apigateway create-base-path-mapping --region eu-west-1 --domain-name api.example.com --rest-api-id idshop --stage prod',
  ]);
});
