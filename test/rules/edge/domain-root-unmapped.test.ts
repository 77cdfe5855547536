import rule from '../../../lambda/rules/edge/domain-root-unmapped';
import { account, denied, domainName, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const mapping = (basePath: string) => ({ basePath, restApiId: 'idshop', stage: 'prod' });
const routingRule = (basePaths: readonly string[]) => ({
  id: 'r1',
  priority: 1,
  basePaths,
  headers: [],
  restApiId: 'idshop',
  stage: 'prod',
  stripBasePath: false,
});
const only = (domain: ReturnType<typeof domainName>) => account({ domains: [domain] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'mappings below base paths only',
      account: only(domainName('api.example.com', { mappings: [mapping('v1'), mapping('v2')] })),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com serves only "/v1" and "/v2": a call to its root or to any other path gets 403.',
          affects: [],
        },
      ],
    },
    {
      when: 'a root mapping that the routing mode leaves out of force',
      account: only(
        domainName('api.example.com', {
          routingMode: 'ROUTING_RULE_ONLY',
          mappings: [mapping('')],
          routingRules: [routingRule(['v1'])],
        }),
      ),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com serves only "/v1": a call to its root or to any other path gets 403.',
        },
      ],
    },
    {
      when: 'mappings to two APIs and stages, of which none can be told as meant',
      account: account({
        domains: [
          domainName('api.example.com', {
            mappings: [mapping('v1'), { basePath: 'pets', restApiId: 'idpets', stage: 'test' }],
          }),
        ],
        restApis: [restApi('shop')],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com serves only "/v1" and "/pets": a call to its root or to any other path gets 403.',
        },
      ],
    },
    {
      when: 'a mapping that leaves the stage to callers, to the second API, which has one stage',
      account: account({
        domains: [
          domainName('api.example.com', { mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: null }] }),
        ],
        restApis: [restApi('pets', { stages: ['other'] }), restApi('shop')],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com serves only "/v1": a call to its root or to any other path gets 403.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a mapping of the root beside others',
      account: only(domainName('api.example.com', { mappings: [mapping('v1'), mapping('')] })),
    },
    {
      when: 'a rule for every path',
      account: only(
        domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY', routingRules: [routingRule([])] }),
      ),
    },
    {
      when: 'a domain without any mapping: another rule says that',
      account: only(domainName('api.example.com')),
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
          routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
          mappings: [mapping('v1')],
          routingRules: denied('ListRoutingRules'),
        }),
      ),
      missing: ['ListRoutingRules'],
    },
  ],
  standsWithout: { 'restApis.stages': 'only which stage the fix names' },
});
