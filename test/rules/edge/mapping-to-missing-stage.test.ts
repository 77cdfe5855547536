import rule from '../../../lambda/rules/edge/mapping-to-missing-stage';
import { account, denied, domainName, restApi } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const restApis = [restApi('shop', { stages: ['prod', 'test'] })];
const mapped = (
  restApiId: string,
  stage: string | null,
  given: { readonly basePath?: string; readonly otherKind?: boolean } = {},
) => domainName('api.example.com', { mappings: [{ basePath: 'v1', restApiId, stage, ...given }] });
const routingRules = [
  {
    id: 'r1',
    priority: 1,
    basePaths: ['v2'],
    headers: [],
    restApiId: 'idgone',
    stage: 'prod',
    stripBasePath: true,
  },
];

export default ruleTable(rule, {
  flags: [
    {
      when: 'a stage whose name is written otherwise',
      account: account({ restApis, domains: [mapped('idshop', 'Prod')] }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "v1" of api.example.com names stage "Prod" of API shop, which has only "prod" and "test"; "prod" was likely meant.',
          affects: [],
        },
      ],
    },
    {
      when: 'an API that is neither a REST nor an HTTP API',
      account: account({ restApis, domains: [mapped('idgone', 'prod', { otherKind: false })] }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "v1" of api.example.com names API idgone, which does not exist in this account and region.',
        },
      ],
    },
    {
      when: 'an API that is no REST API, when HTTP APIs were not listed',
      account: account({ restApis, domains: [mapped('idgone', null, { basePath: '' })] }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "(none)" of api.example.com names API idgone, which is no REST API of this account and region: it is likely deleted, unless it is an HTTP API.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a routing rule to an API that is gone',
      account: account({
        restApis,
        domains: [domainName('api.example.com', { routingMode: 'ROUTING_RULE_ONLY', routingRules })],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The routing rule "r1" of api.example.com names API idgone, which does not exist in this account and region.',
        },
      ],
    },
    {
      when: 'a base path of several levels, to a stage of an API that has none',
      account: account({
        restApis: [restApi('shop', { stages: [] })],
        domains: [mapped('idshop', 'prod', { basePath: 'v1/orders' })],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "v1/orders" of api.example.com names stage "prod" of API shop, which has no stage.',
        },
      ],
    },
    {
      when: 'a base path of several levels, to an API that is gone',
      account: account({
        restApis,
        domains: [mapped('idgone', 'prod', { basePath: 'v1/orders', otherKind: false })],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "v1/orders" of api.example.com names API idgone, which does not exist in this account and region.',
        },
      ],
    },
    {
      when: 'a stage that is like none of several',
      account: account({ restApis, domains: [mapped('idshop', 'staging')] }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The base path "v1" of api.example.com names stage "staging" of API shop, which has only "prod" and "test".',
        },
      ],
    },
    {
      when: 'a routing rule to a stage that is gone',
      account: account({
        restApis,
        domains: [
          domainName('api.example.com', {
            routingMode: 'ROUTING_RULE_ONLY',
            routingRules: routingRules.map((one) => ({ ...one, restApiId: 'idshop', stage: 'live' })),
          }),
        ],
      }),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The routing rule "r1" of api.example.com names stage "live" of API shop, which has only "prod" and "test".',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a stage that exists', account: account({ restApis, domains: [mapped('idshop', 'prod')] }) },
    {
      when: 'a mapping that leaves the stage to the caller',
      account: account({ restApis, domains: [mapped('idshop', null)] }),
    },
    {
      when: 'a mapping to an HTTP API',
      account: account({ restApis, domains: [mapped('idhttp', '$default', { otherKind: true })] }),
    },
    {
      when: 'a mapping to a missing stage that is not in force',
      account: account({
        restApis,
        domains: [{ ...mapped('idshop', 'Prod'), routingMode: 'ROUTING_RULE_ONLY' }],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the domains were denied',
      account: account({ restApis, domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when the mappings and the rules were denied',
      account: account({
        restApis,
        domains: [
          domainName('api.example.com', {
            routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
            mappings: denied('GetBasePathMappings'),
            routingRules: denied('ListRoutingRules'),
          }),
        ],
      }),
      missing: ['GetBasePathMappings', 'ListRoutingRules'],
    },
    {
      when: 'when the stages of the API were denied',
      account: account({
        restApis: [restApi('shop', { stages: denied('GetStages') })],
        domains: [mapped('idshop', 'prod')],
      }),
      missing: ['GetStages'],
    },
    {
      when: 'whether an API exists, when the HTTP APIs were denied',
      account: account({
        restApis,
        domains: [
          domainName('api.example.com', {
            mappings: [{ basePath: 'v1', restApiId: 'idgone', stage: 'prod', kindUnread: denied('GetApis') }],
          }),
        ],
      }),
      missing: ['GetApis'],
    },
  ],
});

test('the fix names the stage that was likely meant', () => {
  const { raised } = judge(rule, account({ restApis, domains: [mapped('idshop', 'Prod')] }));
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws apigateway update-base-path-mapping --region eu-west-1 --domain-name api.example.com --base-path v1 --patch-operations '[{"op":"replace","path":"/stage","value":"prod"}]'`,
  ]);
});
