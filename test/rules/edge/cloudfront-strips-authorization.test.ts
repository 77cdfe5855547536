import rule from '../../../lambda/rules/edge/cloudfront-strips-authorization';
import type { CloudFrontBehavior, Distribution } from '../../../lambda/model/edge';
import type { Method } from '../../../lambda/model/method';
import {
  account,
  canary,
  cognitoAuthorizer,
  custom,
  denied,
  domainName,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
  snapshot,
  stage,
} from '../../support/build';
import { apiOrigin, behavior, distribution, forwarding } from '../../support/distribution';
import { ruleTable } from '../../support/rule-table';

const pool = [poolArn('eu-west-1_Shop')];
const authorizers = [
  cognitoAuthorizer('people', pool),
  cognitoAuthorizer('devices', pool, { identitySources: ['method.request.header.X-Device'] }),
];
const shop = restApi('shop', {
  methods: [
    guarded('GET', '/orders', 'people'),
    guarded('POST', '/orders', 'people'),
    guarded('GET', '/devices', 'devices'),
    method('GET', '/keyed', { apiKeyRequired: true }),
    method('GET', '/open'),
  ],
  authorizers,
});
const nothing = forwarding({ mode: 'none', headers: [] });
const at = (...distributions: readonly Distribution[]) =>
  account({
    restApis: [shop],
    distributions,
    domains: [
      domainName('api.example.com', {
        mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: 'prod' }],
      }),
    ],
  });
const one = (forwards = nothing, origin = apiOrigin('idshop')) =>
  distribution([origin], [behavior('*', 'idshop', forwards)]);

const toShop = {
  id: 'r1',
  priority: 1,
  basePaths: ['shop'],
  headers: [],
  restApiId: 'idshop',
  stage: 'prod',
  stripBasePath: true,
};
/** A custom domain as origin, in front of which nothing is forwarded. */
const byDomain = (given: Parameters<typeof domainName>[1]) =>
  account({
    restApis: [shop],
    distributions: [one(nothing, apiOrigin('idshop', '', { domainName: 'api.example.com' }))],
    domains: [domainName('api.example.com', given)],
  });
/** Behaviours in front of an API with some methods, by one origin; what none of them takes goes elsewhere. */
const before = (
  methods: readonly Method[],
  behaviors: readonly CloudFrontBehavior[],
  origin = apiOrigin('idshop'),
  given: Parameters<typeof account>[0] = {},
) =>
  account({
    restApis: [restApi('shop', { methods, authorizers: [cognitoAuthorizer('people', pool)] })],
    distributions: [distribution([origin], [...behaviors, behavior('*', 'elsewhere')])],
    ...given,
  });
const getOrders = guarded('GET', '/orders', 'people');
const strip = (pattern: string) => behavior(pattern, 'idshop', nothing);
const customDomain = (originPath: string) =>
  apiOrigin('idshop', originPath, { domainName: 'API.example.com' });
const mapped = (basePath: string, restApiId: string) => ({ basePath, restApiId, stage: 'prod' });
const ofTwo = [
  domainName('api.example.com', { mappings: [mapped('v1', 'idother'), mapped('v2', 'idshop')] }),
];
const losing = (subject: string, header = 'Authorization') => ({
  at: 'CloudFront distribution E1 (www.example.com)',
  saying: `Distribution E1 leads to shop and does not forward ${header}, which ${subject}.`,
});

export default ruleTable(rule, {
  flags: [
    {
      when: 'a behaviour that forwards no header: token headers of any name, and the key',
      account: at(one()),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, X-Device and X-Api-Key, which GET /orders, POST /orders and 2 more need (behaviour "*").',
          affects: ['prod GET /orders', 'prod POST /orders', 'prod GET /devices', 'prod GET /keyed'],
        },
      ],
    },
    {
      when: 'the older settings, which drop Authorization of GET only',
      account: at(one(forwarding({ mode: 'legacy', headers: [] }))),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, which GET /orders needs (behaviour "*").',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'the one of two behaviours that strips, found by its path',
      account: at(
        distribution(
          [apiOrigin('idshop')],
          [behavior('/devices*', 'idshop', nothing), behavior('*', 'idshop')],
        ),
      ),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward X-Device, which GET /devices needs (behaviour "/devices*").',
          affects: ['prod GET /devices'],
        },
      ],
    },
    {
      when: 'an origin without path, where the stage stands in the call',
      account: at(
        distribution(
          [apiOrigin('idshop', '')],
          [behavior('prod/orders', 'idshop', nothing), behavior('*', 'elsewhere')],
        ),
      ),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, which GET /orders and POST /orders need (behaviour "prod/orders").',
        },
      ],
    },
    {
      when: 'a custom domain of the API as origin',
      account: at(
        distribution(
          [apiOrigin('idshop', '/v1', { domainName: 'api.example.com' })],
          [behavior('/orders', 'idshop', nothing), behavior('*', 'elsewhere')],
        ),
      ),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, which GET /orders and POST /orders need (behaviour "/orders").',
        },
      ],
    },
    {
      when: 'a custom domain of the API as origin, where viewers name the base path',
      account: at(
        distribution(
          [apiOrigin('idshop', '', { domainName: 'api.example.com' })],
          [behavior('*', 'idshop', nothing)],
        ),
      ),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, X-Device and X-Api-Key, which GET /orders, POST /orders and 2 more need (behaviour "*").',
        },
      ],
    },
    {
      when: 'a custom domain as origin that leaves the stage to callers',
      account: byDomain({ mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: null }] }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, X-Device and X-Api-Key, which GET /orders, POST /orders and 2 more need (behaviour "*").',
        },
      ],
    },
    {
      when: 'a custom domain as origin whose routing rule takes the base path off',
      account: byDomain({ routingMode: 'ROUTING_RULE_ONLY', routingRules: [toShop] }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, X-Device and X-Api-Key, which GET /orders, POST /orders and 2 more need (behaviour "*").',
        },
      ],
    },
    {
      when: 'two behaviours that drop the signature and the key of signed methods',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              method('GET', '/signed', { authorizationType: 'AWS_IAM' }),
              method('GET', '/other', { authorizationType: 'AWS_IAM', apiKeyRequired: true }),
            ],
          }),
        ],
        distributions: [
          distribution(
            [apiOrigin('idshop')],
            [
              behavior('/signed', 'idshop', nothing),
              behavior(
                '*',
                'idshop',
                forwarding({ mode: 'none', headers: [], authorizationInCachePolicy: true }),
              ),
            ],
          ),
        ],
      }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization and X-Api-Key, which GET /signed and GET /other need (behaviours "/signed" and "*").',
        },
      ],
    },
    {
      when: 'a key alone that is dropped',
      account: account({
        restApis: [restApi('shop', { methods: [method('GET', '/keyed', { apiKeyRequired: true })] })],
        distributions: [one()],
      }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward X-Api-Key, which GET /keyed needs (behaviour "*").',
        },
      ],
    },
    {
      when: 'an origin without path, where all calls go',
      account: before([getOrders], [strip('*')], apiOrigin('idshop', '')),
      expect: [losing('GET /orders needs (behaviour "*")')],
    },
    {
      when: 'an origin with a path below the stage',
      account: before(
        [guarded('GET', '/shop/orders', 'people')],
        [strip('/orders')],
        apiOrigin('idshop', '/prod/shop'),
      ),
      expect: [losing('GET /shop/orders needs (behaviour "/orders")')],
    },
    {
      when: 'a pattern that leaves one letter open',
      account: before([getOrders], [strip('/order?')]),
      expect: [losing('GET /orders needs (behaviour "/order?")')],
    },
    {
      when: 'patterns for some of the paths that parameters stand for',
      account: before(
        [guarded('GET', '/{shop}/{page}', 'people'), guarded('POST', '/{proxy+}', 'people')],
        [strip('/*/summary'), strip('v?/status/open.json')],
      ),
      expect: [
        losing(
          'GET /{shop}/{page} and POST /{proxy+} need (behaviours "/*/summary" and "v?/status/open.json")',
        ),
      ],
    },
    {
      when: 'a custom domain of two APIs, by the base path that leads to this one',
      account: before([getOrders], [strip('*')], customDomain('/v2'), { domains: ofTwo }),
      expect: [losing('GET /orders needs (behaviour "*")')],
    },
    {
      when: 'the header of a Lambda authorizer',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [lambdaAuthorizer('lock', { identitySources: ['method.request.header.X-Token'] })],
          }),
        ],
        distributions: [one()],
      }),
      expect: [losing('GET /orders needs (behaviour "*")', 'X-Token')],
    },
    {
      when: 'a header that only an authorizer of the canary reads, and one that only the draft has, after the next deployment',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'people'), guarded('GET', '/devices', 'devices')],
            authorizers,
            stages: [
              stage(
                'prod',
                { methods: [method('GET', '/orders')] },
                {
                  canary: canary({
                    snapshot: snapshot({ methods: [guarded('GET', '/orders', 'people')], authorizers }),
                  }),
                },
              ),
              stage('test', { methods: [method('GET', '/orders')] }),
            ],
          }),
        ],
        distributions: [
          distribution(
            [apiOrigin('idshop'), apiOrigin('idshop', '/test', { id: 'test' })],
            [behavior('/devices', 'test', nothing), behavior('*', 'idshop', nothing)],
          ),
        ],
      }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward X-Device, which GET /devices needs (behaviour "/devices").',
          affects: ['test GET /devices'],
          when: 'after-next-deployment',
        },
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 leads to shop and does not forward Authorization, which GET /orders needs (behaviour "*").',
          reach: 'some-calls',
          affects: ['prod GET /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a method that takes the key from its authorizer, not from a header',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            methods: [method('GET', '/keyed', { apiKeyRequired: true })],
          }),
        ],
        distributions: [one()],
      }),
    },
    {
      when: 'a behaviour that an earlier one for all paths hides',
      account: before([getOrders], [behavior('*', 'idshop'), strip('/orders')]),
    },
    {
      when: 'an origin path that names no stage',
      account: before([getOrders], [strip('*')], apiOrigin('idshop', '/gone')),
    },
    {
      when: 'a custom domain of two APIs, by the base path that leads to the other',
      account: before([getOrders], [strip('/orders')], customDomain('/v1'), { domains: ofTwo }),
    },
    {
      when: 'a custom domain of two APIs, by a base path that leads nowhere',
      account: before([getOrders], [strip('/orders')], customDomain('/v3'), { domains: ofTwo }),
    },
    {
      when: 'a custom domain as origin whose mapping is asked after a routing rule that goes by headers',
      account: byDomain({
        routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
        mappings: [mapped('', 'idshop')],
        routingRules: [{ ...toShop, restApiId: 'idother', headers: [{ name: 'x-version', glob: '2*' }] }],
      }),
    },
    {
      when: 'preflights, which carry no credentials',
      account: before([guarded('OPTIONS', '/orders', 'people')], [strip('*')]),
    },
    {
      when: 'an open method that still names an authorizer',
      account: before([method('GET', '/orders', { authorizer: 'people' })], [strip('*')]),
    },
    {
      when: 'an authorizer that reads what CloudFront itself tells of the viewer',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'address')],
            authorizers: [
              lambdaAuthorizer('address', {
                kind: 'REQUEST',
                identitySources: ['method.request.header.X-Forwarded-For'],
              }),
            ],
          }),
        ],
        distributions: [one(nothing)],
      }),
    },
    { when: 'a behaviour that forwards all but Host', account: at(one(forwarding())) },
    {
      when: 'a list with every header, Authorization by the cache policy',
      account: at(
        one(
          forwarding({
            mode: 'listed',
            headers: ['x-device', 'x-api-key'],
            authorizationInCachePolicy: true,
          }),
        ),
      ),
    },
    {
      when: 'custom headers of the origin that supply what the viewer does not send',
      account: at(
        one(
          nothing,
          apiOrigin('idshop', '/prod', { customHeaders: ['authorization', 'x-device', 'x-api-key'] }),
        ),
      ),
    },
    {
      when: 'the origin of another API',
      account: at(distribution([apiOrigin('idother')], [behavior('*', 'idother', nothing)])),
    },
    {
      when: 'a behaviour in front of an open method only',
      account: at(
        distribution(
          [apiOrigin('idshop')],
          [behavior('/open', 'idshop', nothing), behavior('*', 'elsewhere', nothing)],
        ),
      ),
    },
    {
      when: 'a custom domain as origin whose routing rules go by headers: which calls reach the API is not known',
      account: byDomain({
        routingMode: 'ROUTING_RULE_ONLY',
        routingRules: [{ ...toShop, headers: [{ name: 'x-version', glob: '2*' }] }],
      }),
    },
    {
      when: 'a custom domain as origin whose mapping is not in force',
      account: byDomain({
        routingMode: 'ROUTING_RULE_ONLY',
        mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
        routingRules: [{ ...toShop, restApiId: 'idother' }],
      }),
    },
    { when: 'a distribution that is switched off', account: at({ ...one(), enabled: false }) },
    {
      when: 'the older settings with every header listed, and all headers',
      account: at(
        one(forwarding({ mode: 'legacy', headers: ['*'] })),
        one(forwarding({ mode: 'all', headers: [] })),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'where the custom domain leads, when its routing rules were denied',
      account: byDomain({ routingMode: 'ROUTING_RULE_ONLY', routingRules: denied('ListRoutingRules') }),
      missing: ['ListRoutingRules'],
    },
    {
      when: 'where the custom domain leads, when its mappings were denied',
      account: byDomain({ mappings: denied('GetBasePathMappings') }),
      missing: ['GetBasePathMappings'],
    },
    {
      when: 'when the distributions were denied',
      account: account({ restApis: [shop], distributions: denied('ListDistributions') }),
      missing: ['ListDistributions'],
    },
    {
      when: 'when the domains were denied',
      account: account({ restApis: [shop], distributions: [one()], domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when the policy of the behaviour was denied',
      account: at(one(denied('GetOriginRequestPolicy'))),
      missing: ['GetOriginRequestPolicy'],
    },
    {
      when: 'when the stages were denied',
      account: account({
        restApis: [restApi('shop', { stages: denied('GetStages') })],
        distributions: [one()],
      }),
      missing: ['GetStages'],
    },
    {
      when: 'when the deployed methods were denied',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetDeployment') })],
        distributions: [one()],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the identity sources are unknown',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'people')],
            authorizers: denied('GetExport'),
          }),
        ],
        distributions: [one()],
      }),
      missing: ['GetExport'],
    },
  ],
});
