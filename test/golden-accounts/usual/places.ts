import {
  allow,
  apiKey,
  canary,
  cognitoAuthorizer,
  deny,
  domainName,
  guarded,
  method,
  policy,
  preflight,
  snapshot,
  usagePlan,
  vpcEndpoint,
} from '../../support/build';
import { apiOrigin, behavior, distribution, forwarding } from '../../support/distribution';
import { loggedApi, loggedStage, ordersPool, READABLE_REFUSALS, type Area } from '../area';

const pool = ordersPool('eu-west-1_Site');
const authorizers = [cognitoAuthorizer('pool', [pool.arn])];
const open = method('GET', '/orders');
const signed = (verb: string, path: string) => method(verb, path, { authorizationType: 'AWS_IAM' });
const when = (operator: string, key: string, ...values: readonly string[]) => ({
  Condition: { [operator]: { [key]: values } },
});
const under = (name: string, text: string, methods = [open], given: Parameters<typeof loggedApi>[2] = {}) =>
  loggedApi(name, { methods, policy: text }, given);

/** APIs as frameworks make them. */
export const frameworks: Area = {
  restApis: [
    loggedApi('amplify', {
      methods: [
        signed('ANY', '/items'),
        preflight('/items'),
        signed('ANY', '/items/{proxy+}'),
        preflight('/items/{proxy+}'),
      ],
      gatewayResponses: READABLE_REFUSALS,
    }),
    loggedApi('cdk', {
      methods: [
        guarded('ANY', '/', 'pool'),
        preflight('/'),
        guarded('ANY', '/{proxy+}', 'pool'),
        preflight('/{proxy+}'),
      ],
      authorizers,
      gatewayResponses: READABLE_REFUSALS,
    }),
    loggedApi('serverless', {
      methods: [
        guarded('GET', '/me', 'pool'),
        method('OPTIONS', '/me'),
        method('POST', '/hook', { apiKeyRequired: true }),
        method('GET', '/health'),
      ],
      authorizers,
      gatewayResponses: READABLE_REFUSALS,
    }),
    loggedApi(
      'canary',
      { methods: [open] },
      {
        stages: [
          loggedStage(
            'prod',
            { methods: [open] },
            { canary: canary({ snapshot: snapshot({ methods: [open] }) }) },
          ),
        ],
      },
    ),
  ],
  userPools: [pool],
  usagePlans: [
    usagePlan('gold', [['idserverless', 'prod']], ['key-hook']),
    usagePlan('old', [['gone', 'v1']]),
  ],
  apiKeys: [apiKey('hook')],
};

/** Resource policies as people write them. */
export const policies: Area = {
  restApis: [
    under(
      'networks',
      policy(allow(), deny(when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '2001:db8::/32'))),
      [method('ANY', '/'), method('ANY', '/{proxy+}')],
      { endpointTypes: ['EDGE'] },
    ),
    under('dual-stack', policy(allow(when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))), [open], {
      ipAddressType: 'dualstack',
    }),
    under('read-only', policy(allow(), deny({ Resource: 'execute-api:/prod/POST/*' })), [
      open,
      preflight('/orders'),
    ]),
    under('tls', policy(allow(when('Bool', 'aws:SecureTransport', 'true')))),
    under('browsers', policy(allow(when('StringLike', 'aws:UserAgent', 'Mozilla*')))),
    under('site', policy(allow(when('StringLike', 'aws:Referer', 'https://shop.example.com/*')))),
    under('organization', policy(allow(when('StringEquals', 'aws:PrincipalOrgID', 'o-shop'))), [
      signed('GET', '/orders'),
    ]),
    under(
      'partners',
      policy(
        allow({
          Principal: {
            AWS: ['arn:aws:iam::555566667777:role/partner', 'arn:aws:iam::222233334444:root'],
          },
        }),
      ),
      [signed('POST', '/orders')],
    ),
    under('paths', policy(allow({ Resource: 'execute-api:/prod/GET/users/*' })), [
      method('GET', '/users/{id}'),
      method('GET', '/users/{id}/files'),
    ]),
    under(
      'each-stage',
      policy(allow({ Resource: 'execute-api:/prod/*' }), allow({ Resource: 'execute-api:/dev/*' })),
      [open],
      { stages: ['prod', 'dev'] },
    ),
  ],
};

/** Ways to an API: private endpoints, domains, CloudFront. */
export const addresses: Area = {
  restApis: [
    under(
      'private',
      policy(allow(when('StringEquals', 'aws:SourceVpc', 'vpc-1'))),
      [open, signed('PUT', '/orders')],
      {
        endpointTypes: ['PRIVATE'],
        vpcEndpointIds: ['vpce-0own'],
      },
    ),
    under('private-domain', policy(allow()), [open], { endpointTypes: ['PRIVATE'] }),
    loggedApi('domain-only', { methods: [open] }, { disableExecuteApiEndpoint: true }),
    loggedApi('fronted', { methods: [guarded('GET', '/me', 'pool'), open], authorizers }),
    loggedApi('by-rule', { methods: [open] }),
  ],
  domains: [
    domainName('api.example.com', {
      mappings: [
        { basePath: '', restApiId: 'iddomain-only', stage: 'prod' },
        { basePath: 'http', restApiId: 'http123', stage: '$default', otherKind: true },
      ],
    }),
    domainName('*.tenants.example.com', {
      endpointTypes: ['EDGE'],
      mappings: [{ basePath: 'v1', restApiId: 'idfronted', stage: null }],
    }),
    domainName('inner.example.com', {
      id: 'inner1',
      endpointTypes: ['PRIVATE'],
      mappings: [{ basePath: '', restApiId: 'idprivate-domain', stage: 'prod' }],
    }),
    domainName('rules.example.com', {
      routingMode: 'ROUTING_RULE_ONLY',
      routingRules: [
        {
          id: 'rule1',
          priority: 1,
          basePaths: [],
          headers: [{ name: 'x-version', glob: '2*' }],
          restApiId: 'idby-rule',
          stage: 'prod',
          stripBasePath: false,
        },
      ],
    }),
  ],
  vpcEndpoints: [
    vpcEndpoint('vpce-0own', { privateDnsEnabled: false }),
    vpcEndpoint('vpce-0partner', {
      privateDnsEnabled: false,
      policy: policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:555566667777:*' })),
    }),
  ],
  distributions: [
    distribution(
      [apiOrigin('idfronted')],
      [
        behavior('/orders', 'idfronted', forwarding({ mode: 'none', headers: [] })),
        behavior('*', 'idfronted'),
      ],
    ),
  ],
};
