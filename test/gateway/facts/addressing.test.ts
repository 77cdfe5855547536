import type { DomainName } from '../../../lambda/model/edge';
import {
  account,
  allow,
  canary,
  custom,
  denied,
  deny,
  domainName,
  gatewayResponse,
  guarded,
  method,
  policy,
  restApi,
  snapshot,
  stage,
  vpcEndpoint,
} from '../../support/build';
import {
  admitted,
  at,
  cannotTell,
  factTable,
  onHost,
  opaque,
  refused,
  request,
  sent,
  signedBy,
  type FactRow,
} from './fact-table';

const pets = method('GET', '/pets');
const api = restApi('shop', { methods: [pets, method('ANY', '/{proxy+}'), method('GET', '/orders/{id}')] });
const shop = account({ restApis: [restApi('shop', { methods: [pets, method('GET', '/orders/{id}')] })] });
const forbidden = (gate: 'endpoint' | 'stage') => refused(403, gate, 'Forbidden');
const noRoute = refused(403, 'route', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN');

const onDomain = (given: Partial<Parameters<typeof domainName>[1]>, apis = [api]) =>
  account({ restApis: apis, domains: [domainName('api.example.com', given)] });
const mapped = (...mappings: readonly [basePath: string, stage: string | null][]) =>
  onDomain({
    mappings: mappings.map(([basePath, name]) => ({ basePath, restApiId: 'idshop', stage: name })),
  });
const rule = (given: object) => ({
  id: 'r1',
  priority: 1,
  basePaths: [],
  headers: [],
  restApiId: 'idshop',
  stage: 'prod',
  stripBasePath: false,
  ...given,
});

const privateApi = (given: Parameters<typeof restApi>[1] = {}) =>
  restApi('inner', { endpointTypes: ['PRIVATE'], methods: [pets], policy: policy(allow()), ...given });
const fromVpc = (vpceId: string) => ({ source: { ip: null, vpceId, vpcId: null } });
const inner = at('idinner', '/prod/pets');
const alias = {
  by: 'execute-api',
  restApiId: 'idinner',
  region: 'eu-west-1',
  through: { form: 'alias', vpcEndpointId: 'vpce-1' },
  path: '/prod/pets',
} as const;
const privateDomain: DomainName = {
  ...domainName('in.example.com', {
    endpointTypes: ['PRIVATE'],
    mappings: [{ basePath: '', restApiId: 'idinner', stage: 'prod' }],
  }),
  id: 'abcd',
  policy: policy(allow()),
};

const signed = method('ANY', '/pets', { authorizationType: 'AWS_IAM' });
const keyed = method('ANY', '/pets', { apiKeyRequired: true });
const teapot = gatewayResponse('MISSING_AUTHENTICATION_TOKEN', { status: 418, customised: false });
const withCanary = (served: Parameters<typeof stage>[1], overlaid: Parameters<typeof snapshot>[0]) =>
  account({
    restApis: [
      restApi('shop', {
        stages: [
          stage('prod', served, { canary: canary({ percentTraffic: 25, snapshot: snapshot(overlaid) }) }),
        ],
      }),
    ],
  });

const wildcard = account({
  restApis: [api],
  domains: [
    domainName('API.example.com'),
    domainName('*.Example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
  ],
});

const throughDomain = (text: string) =>
  account({
    restApis: [privateApi()],
    domains: [{ ...privateDomain, policy: text }],
    vpcEndpoints: [vpcEndpoint('vpce-1')],
    domainAccessAssociations: [
      { arn: 'arn:association', domainArn: privateDomain.arn, vpcEndpointId: 'vpce-1' } as never,
    ],
  });

export default factTable('addressing', [
  {
    fact: 'ORD-4',
    when: 'a call by the default endpoint',
    account: shop,
    request: request('GET', at('idshop', '/prod/pets')),
    expect: admitted,
  },
  {
    fact: 'ORD-4',
    when: 'an API that was not read',
    account: shop,
    request: request('GET', at('idother', '/prod/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'MSG-6',
    when: 'the default endpoint, disabled',
    account: account({ restApis: [{ ...api, disableExecuteApiEndpoint: true }] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { ...forbidden('endpoint'), errorType: 'ForbiddenException' },
  },
  {
    fact: 'DOM-10',
    when: 'a custom domain while the default endpoint is disabled',
    account: onDomain({ mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }, [
      { ...api, disableExecuteApiEndpoint: true },
    ]),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'MSG-7',
    when: 'a stage that is not there',
    account: shop,
    request: request('GET', at('idshop', '/Prod/pets')),
    expect: forbidden('stage'),
  },
  {
    fact: 'MSG-7',
    when: 'no stage in the path',
    account: shop,
    request: request('GET', at('idshop', '/pets')),
    expect: forbidden('stage'),
  },
  {
    fact: 'RTE-3',
    when: 'the root of the host',
    account: shop,
    request: request('GET', at('idshop', '/')),
    expect: forbidden('stage'),
  },
  {
    fact: 'MSG-7',
    when: 'an API that was never deployed',
    account: account({ restApis: [restApi('shop', { methods: [pets], stages: [] })] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { ...forbidden('stage'), cause: 'never-deployed' },
  },
  {
    fact: 'MSG-8',
    when: 'a path that no method serves',
    account: shop,
    request: request('GET', at('idshop', '/prod/nothing')),
    expect: { ...noRoute, errorType: 'MissingAuthenticationTokenException' },
  },
  {
    fact: 'MSG-8',
    when: 'a verb that no method serves',
    account: shop,
    request: request('POST', at('idshop', '/prod/pets')),
    expect: noRoute,
  },
  {
    fact: 'MIS-5',
    when: 'a path in another case',
    account: shop,
    request: request('GET', at('idshop', '/prod/Pets')),
    expect: noRoute,
  },
  {
    fact: 'MIS-8',
    when: 'HEAD where only GET is served',
    account: shop,
    request: request('HEAD', at('idshop', '/prod/pets')),
    expect: { ...noRoute, body: '' },
  },
  {
    fact: 'MIS-6',
    when: 'a slash at the end',
    account: shop,
    request: request('GET', at('idshop', '/prod/pets/')),
    expect: admitted,
  },
  {
    fact: 'MIS-7',
    when: 'the parent of a greedy path',
    account: account({ restApis: [api] }),
    request: request('GET', at('idshop', '/prod')),
    expect: noRoute,
  },
  {
    fact: 'MIS-10',
    when: 'a verb that a header overrides',
    account: shop,
    request: request('POST', at('idshop', '/prod/pets'), { headers: { 'x-http-method-override': 'GET' } }),
    expect: admitted,
  },
  {
    fact: 'MSG-9',
    when: 'an unknown path and a bearer token',
    account: shop,
    request: request('GET', at('idshop', '/prod/nothing')),
    identity: sent(opaque('Bearer abc'), { header: 'authorization' }),
    expect: {
      outcome: 'refused',
      status: 403,
      responseType: null,
      errorType: 'IncompleteSignatureException',
      body: `{"message":"Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '…'."}`,
    },
  },
  {
    fact: 'MSG-10',
    when: 'an unknown path and a value with an equal sign',
    account: shop,
    request: request('GET', at('idshop', '/prod/nothing')),
    identity: sent(opaque('Basic dXNlcjpwYXNz='), { header: 'authorization' }),
    expect: { outcome: 'refused', status: 403, errorType: 'IncompleteSignatureException' },
  },
  {
    fact: 'RTE-1',
    when: 'a literal path before a greedy one',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' }), method('ANY', '/{proxy+}')],
        }),
      ],
    }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { outcome: 'refused', status: 403, gate: 'authentication' },
  },
  {
    fact: 'RTE-2',
    when: 'a verb that the literal path lacks and a greedy one serves',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [method('POST', '/admin', { authorizationType: 'AWS_IAM' }), method('ANY', '/{proxy+}')],
        }),
      ],
    }),
    request: request('GET', at('idshop', '/prod/admin')),
    expect: admitted,
  },
  {
    fact: 'DEP-21',
    when: 'a canary that decides differently',
    account: withCanary({ methods: [pets] }, { methods: [signed] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { outcome: 'cannot-tell', status: null, refusedEitherWay: false },
  },
  {
    fact: 'DEP-21',
    when: 'a canary that decides alike',
    account: withCanary({ methods: [pets] }, { methods: [pets, method('GET', '/new')] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: admitted,
  },
  {
    fact: 'DEP-21',
    when: 'a canary that refuses alike',
    account: withCanary({ methods: [signed] }, { methods: [signed, method('GET', '/new')] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { outcome: 'refused', status: 403, refusedEitherWay: true },
  },
  {
    fact: 'DEP-21',
    when: 'a canary of which it cannot be told, beside a stage that lets the call pass',
    account: withCanary({ methods: [pets] }, { methods: [pets], policy: denied('GetExport') }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: { outcome: 'cannot-tell', status: null, gate: 'resource-policy', refusedEitherWay: false },
  },
  {
    fact: 'DEP-21',
    when: 'a canary that refuses with another status',
    account: withCanary({ methods: [signed] }, { methods: [signed], gatewayResponses: [teapot] }),
    request: request('HEAD', at('idshop', '/prod/pets')),
    expect: { outcome: 'cannot-tell', status: null, body: null, refusedEitherWay: true },
  },
  {
    fact: 'DEP-21',
    when: 'a canary that refuses with another body',
    account: withCanary({ methods: [signed] }, { methods: [keyed] }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: {
      outcome: 'cannot-tell',
      status: null,
      body: null,
      gate: 'authentication',
      refusedEitherWay: true,
    },
  },
  {
    fact: 'DEP-23',
    when: 'a canary without traffic',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [pets],
          stages: [stage('prod', { methods: [pets] }, { canary: canary({ percentTraffic: 0 }) })],
        }),
      ],
    }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: admitted,
  },
  {
    fact: 'DEP-2',
    when: 'a method that only the draft has',
    account: account({
      restApis: [restApi('shop', { methods: [pets], stages: [stage('prod', { methods: [] })] })],
    }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: noRoute,
  },

  {
    fact: 'DOM-1',
    when: 'a mapped path, which is taken off',
    account: mapped(['shop', 'prod']),
    request: request('GET', onHost('api.example.com', '/shop/pets')),
    expect: admitted,
  },
  {
    fact: 'MSG-5',
    when: 'the stage left in the path of a mapped domain',
    account: onDomain(
      { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] },
      shop.restApis.state === 'known' ? [...shop.restApis.value] : [],
    ),
    request: request('GET', onHost('api.example.com', '/prod/pets')),
    expect: noRoute,
  },
  {
    fact: 'DOM-2',
    when: 'a mapping without a stage: the first segment is the stage',
    account: mapped(['shop', null]),
    request: request('GET', onHost('api.example.com', '/shop/prod/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-3',
    when: 'a path under no mapping',
    account: mapped(['shop', 'prod']),
    request: request('GET', onHost('api.example.com', '/other/pets')),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'MSG-4',
    when: 'a domain without any mapping',
    account: onDomain({}),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'DOM-3',
    when: 'the longest of two mappings',
    account: mapped(['', 'gone'], ['shop', 'prod']),
    request: request('GET', onHost('api.example.com', '/shop/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-5',
    when: 'a name that only begins like a single-level mapping',
    account: mapped(['', 'prod'], ['pet', 'gone']),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-5',
    when: 'the same beside a multi-level mapping: prefixes match as strings',
    account: mapped(['', 'prod'], ['pet', 'gone'], ['a/b', 'prod']),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('stage'),
  },
  {
    fact: 'DOM-4',
    when: 'a multi-level mapping',
    account: mapped(['orders/v1', 'prod']),
    request: request('GET', onHost('api.example.com', '/orders/v1/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-6',
    when: 'a mapping to a stage that is gone',
    account: mapped(['', 'gone']),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('stage'),
  },
  {
    fact: 'DOM-7',
    when: 'mappings of a domain that uses rules only',
    account: onDomain({
      routingMode: 'ROUTING_RULE_ONLY',
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'DOM-8',
    when: 'a rule that keeps the base path',
    account: onDomain({ routingMode: 'ROUTING_RULE_ONLY', routingRules: [rule({ basePaths: ['pets'] })] }, [
      restApi('shop', { methods: [pets] }),
    ]),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-8',
    when: 'a rule that takes the base path off',
    account: onDomain(
      {
        routingMode: 'ROUTING_RULE_ONLY',
        routingRules: [rule({ basePaths: ['pets'], stripBasePath: true })],
      },
      [restApi('shop', { methods: [pets] })],
    ),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: noRoute,
  },
  {
    fact: 'DOM-8',
    when: 'a rule whose header the call lacks, before the mappings',
    account: onDomain({
      routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      routingRules: [rule({ stage: 'beta', headers: [{ name: 'X-Beta', glob: 'yes*' }] })],
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-8',
    when: 'a rule whose header the call has',
    account: onDomain({
      routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      routingRules: [rule({ stage: 'beta', headers: [{ name: 'X-Beta', glob: 'yes*' }] })],
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets'), { headers: { 'x-beta': 'yes!' } }),
    expect: forbidden('stage'),
  },
  {
    fact: 'DOM-8',
    when: 'a rule that one of several base paths leads to',
    account: onDomain(
      { routingMode: 'ROUTING_RULE_ONLY', routingRules: [rule({ basePaths: ['orders', 'pets'] })] },
      [restApi('shop', { methods: [pets] })],
    ),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-8',
    when: 'a path that only begins like one of several base paths',
    account: onDomain({
      routingMode: 'ROUTING_RULE_ONLY',
      routingRules: [rule({ basePaths: ['orders', 'pet'] })],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-1',
    when: 'a wildcard domain, for a host below its parent',
    account: wildcard,
    request: request('GET', onHost('shop.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-1',
    when: 'a domain of its own beside a wildcard',
    account: wildcard,
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'DOM-1',
    when: 'a wildcard domain, for a host two labels below',
    account: wildcard,
    request: request('GET', onHost('eu.shop.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-6',
    when: 'a mapping while the APIs could not be read',
    account: account({
      restApis: denied('GetRestApis'),
      domains: [
        domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
      ],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'MSG-7',
    when: 'none of the stages that are there',
    account: account({ restApis: [restApi('shop', { stages: ['prod', 'beta'] })] }),
    request: request('GET', at('idshop', '/live/pets')),
    expect: forbidden('stage'),
  },
  {
    fact: 'DOM-8',
    when: 'the rule of the lowest priority number',
    account: onDomain({
      routingMode: 'ROUTING_RULE_ONLY',
      routingRules: [rule({ id: 'late', priority: 20, stage: 'gone' }), rule({ id: 'early', priority: 10 })],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-9',
    when: 'no rule and no mapping',
    account: onDomain({
      routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      routingRules: [rule({ basePaths: ['a'] })],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'DOM-1',
    when: 'mappings that could not be read',
    account: onDomain({ mappings: denied('GetBasePathMappings') }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'MSG-2',
    when: 'a domain with mutual TLS and a caller of whose certificate nothing is known',
    account: onDomain({
      mutualTls: { truststoreUri: 's3://b/t.pem', truststoreVersion: null, warnings: [] },
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-11',
    when: 'the same with a trusted certificate',
    account: onDomain({
      mutualTls: { truststoreUri: 's3://b/t.pem', truststoreVersion: null, warnings: [] },
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets'), { clientCertificate: 'trusted' }),
    expect: admitted,
  },
  {
    fact: 'DOM-14',
    when: 'a domain that waits for ownership verification',
    account: onDomain({
      status: 'PENDING_OWNERSHIP_VERIFICATION',
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  ...['/prod/cats', '/live/pets'].map((path): FactRow => ({
    fact: 'MIS-4',
    when: `${path} on a custom domain: not a stage before a path of the API`,
    account: account({
      restApis: [restApi('shop', { methods: [pets], stages: ['prod', 'beta'] })],
      domains: [
        domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
      ],
    }),
    request: request('GET', onHost('api.example.com', path)),
    expect: noRoute,
  })),
  {
    fact: 'MIS-4',
    when: 'the stage twice at the default endpoint',
    account: shop,
    request: request('GET', at('idshop', '/prod/prod/pets')),
    expect: noRoute,
  },
  {
    fact: 'MSG-8',
    when: 'a path that other verbs have',
    account: account({ restApis: [restApi('shop', { methods: [pets, method('PUT', '/pets')] })] }),
    request: request('POST', at('idshop', '/prod/pets')),
    expect: noRoute,
  },
  {
    fact: 'DOM-18',
    when: 'the health check of a custom domain',
    account: mapped(['', 'prod']),
    request: request('GET', onHost('api.example.com', '/ping')),
    expect: cannotTell('endpoint'),
  },

  {
    fact: 'PRV-7',
    when: 'a private API through an endpoint with private DNS',
    account: account({ restApis: [privateApi()], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'PRV-1',
    when: 'a private API without a policy',
    account: account({
      restApis: [privateApi({ policy: null as never })],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy' },
  },
  {
    fact: 'PRV-15',
    when: 'a private API from the internet',
    account: account({ restApis: [privateApi()] }),
    request: request('GET', inner),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'PRV-7',
    when: 'a private API from an address that is not known',
    account: account({ restApis: [privateApi()] }),
    request: request('GET', inner, { source: { ip: null, vpceId: null, vpcId: null } }),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'PRV-7',
    when: 'the plain name through an endpoint without private DNS',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'PRV-6',
    when: 'the name of API and endpoint, associated',
    account: account({
      restApis: [privateApi({ vpcEndpointIds: ['vpce-1'] })],
      vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })],
    }),
    request: request('GET', alias),
    expect: admitted,
  },
  {
    fact: 'PRV-6',
    when: 'the name of API and endpoint, not associated',
    account: account({ restApis: [privateApi()], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    request: request('GET', alias),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'PRV-9',
    when: "an endpoint that is not this account's",
    account: account({ restApis: [privateApi()] }),
    request: request('GET', inner, fromVpc('vpce-far')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'PRV-4',
    when: 'an endpoint policy for signed callers and an anonymous call',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', {
          policy: policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } })),
        }),
      ],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: { outcome: 'refused', status: 403, gate: 'endpoint' },
  },
  {
    fact: 'PRV-3',
    when: 'the same and that signed caller',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', {
          policy: policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } })),
        }),
      ],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    identity: signedBy('arn:aws:iam::222233334444:role/app'),
    expect: admitted,
  },
  {
    fact: 'PRV-5',
    when: 'an endpoint policy that names another API',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', {
          policy: policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' })),
        }),
      ],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: { outcome: 'refused', status: 403, gate: 'endpoint' },
  },
  {
    fact: 'PRV-8',
    when: 'a public API from a VPC whose endpoint has private DNS',
    account: account({ restApis: [api], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    request: request('GET', at('idshop', '/prod/pets'), {
      source: { ip: null, vpceId: null, vpcId: 'vpc-of-vpce-1' },
    }),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'PRV-8',
    when: 'the same without private DNS',
    account: account({
      restApis: [api],
      vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })],
    }),
    request: request('GET', at('idshop', '/prod/pets'), {
      source: { ip: null, vpceId: null, vpcId: 'vpc-of-vpce-1' },
    }),
    expect: admitted,
  },
  {
    fact: 'PRV-8',
    when: 'a public API from a VPC of two endpoints, of which the second has private DNS',
    account: account({
      restApis: [api],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', { vpcId: 'vpc-a', privateDnsEnabled: false }),
        vpcEndpoint('vpce-2', { vpcId: 'vpc-a' }),
      ],
    }),
    request: request('GET', at('idshop', '/prod/pets'), {
      source: { ip: null, vpceId: null, vpcId: 'vpc-a' },
    }),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'PRV-8',
    when: 'a public API from a VPC without endpoint, beside one that has one',
    account: account({ restApis: [api], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    request: request('GET', at('idshop', '/prod/pets'), {
      source: { ip: null, vpceId: null, vpcId: 'vpc-b' },
    }),
    expect: admitted,
  },
  {
    fact: 'PRV-8',
    when: 'a public API from the internet, whatever the VPC endpoints are that could not be read',
    account: account({ restApis: [api], vpcEndpoints: denied('DescribeVpcEndpoints') }),
    request: request('GET', at('idshop', '/prod/pets')),
    expect: admitted,
  },
  {
    fact: 'PRV-7',
    when: 'a private API from a VPC whose endpoint has no private DNS',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })],
    }),
    request: request('GET', inner, { source: { ip: null, vpceId: null, vpcId: 'vpc-of-vpce-1' } }),
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'private-dns-off' },
  },
  {
    fact: 'PRV-2',
    when: 'the endpoint of two that lets the call pass',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [vpcEndpoint('vpce-0', { policy: policy(deny()) }), vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'PRV-5',
    when: 'an endpoint whose policy is empty, which is the default one',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [vpcEndpoint('vpce-1', { policy: '' })],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'PRV-2',
    when: "an endpoint policy for the endpoint's own VPC",
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', {
          policy: policy(allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-of-vpce-1' } } })),
        }),
      ],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'PRV-3',
    when: 'an endpoint policy for another signed caller',
    account: account({
      restApis: [privateApi()],
      vpcEndpoints: [
        vpcEndpoint('vpce-1', {
          policy: policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } })),
        }),
      ],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    identity: signedBy('arn:aws:iam::222233334444:role/other'),
    expect: { outcome: 'refused', status: 403, gate: 'endpoint', cause: 'vpc-endpoint-policy-denies' },
  },
  {
    fact: 'PRV-8',
    when: 'a custom domain from such a VPC',
    account: account({
      restApis: [api],
      domains: [
        domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
      ],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', onHost('api.example.com', '/pets'), fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'MSG-32',
    when: "an endpoint's own name without Host or x-apigw-api-id",
    account: account({ restApis: [privateApi()] }),
    request: request('GET', {
      ...alias,
      restApiId: null,
      through: { form: 'endpoint-name', vpcEndpointId: 'vpce-1' },
    }),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'MSG-32',
    when: "a public API through an endpoint's own name",
    account: account({ restApis: [api], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    request: request('GET', {
      ...alias,
      restApiId: 'idshop',
      through: { form: 'endpoint-name', vpcEndpointId: 'vpce-1' },
    }),
    expect: forbidden('endpoint'),
  },
  {
    fact: 'DOM-15',
    when: 'a private API in STRICT mode by Host header',
    account: account({
      restApis: [privateApi({ endpointAccessMode: 'STRICT' })],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', { ...alias, through: { form: 'endpoint-name', vpcEndpointId: 'vpce-1' } }),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain through an associated endpoint',
    account: account({
      restApis: [privateApi()],
      domains: [privateDomain],
      domainAccessAssociations: [{ domainArn: privateDomain.arn, vpcEndpointId: 'vpce-1' }],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', onHost('in.example.com', '/pets'), fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'DOM-21',
    when: 'a private domain whose policy names a caller and an endpoint',
    account: throughDomain(
      policy(
        allow({
          Principal: { AWS: 'arn:aws:iam::222233334444:role/app' },
          Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
        }),
      ),
    ),
    request: request('GET', onHost('in.example.com', '/pets'), fromVpc('vpce-1')),
    identity: signedBy('arn:aws:iam::222233334444:role/app'),
    expect: admitted,
  },
  {
    fact: 'DOM-21',
    when: 'a private domain through an endpoint of another account, of whose associations nothing is read',
    account: account({ restApis: [privateApi()], domains: [privateDomain] }),
    request: request('GET', onHost('in.example.com', '/pets'), fromVpc('vpce-far')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-14',
    when: 'a domain of which no status is told',
    account: onDomain({ status: null, mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-15',
    when: 'a domain in STRICT access mode from the internet',
    account: onDomain({
      endpointAccessMode: 'STRICT',
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: admitted,
  },
  {
    fact: 'DOM-15',
    when: 'a private API in STRICT access mode by its own name',
    account: account({
      restApis: [privateApi({ endpointAccessMode: 'STRICT' })],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: admitted,
  },
  {
    fact: 'MSG-32',
    when: 'a public API by a name of API and endpoint, which does not exist',
    account: account({ restApis: [restApi('inner', { methods: [pets] })] }),
    request: request('GET', alias),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'PRV-1',
    when: 'a private API without a policy, before a Lambda authorizer',
    account: account({
      restApis: [privateApi({ methods: [custom('GET', '/pets', 'fn')], policy: null as never })],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-allows-not' },
  },
  {
    fact: 'POL-2',
    when: 'a private API whose policy denies something else, before a Lambda authorizer',
    account: account({
      restApis: [
        privateApi({
          methods: [custom('GET', '/pets', 'gone')],
          policy: policy(deny({ Resource: 'execute-api:/prod/GET/orders' })),
        }),
      ],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    expect: { outcome: 'refused', gate: 'authentication', cause: 'authorizer-missing' },
  },
  {
    fact: 'PRV-1',
    when: 'a private API of IAM methods whose policy denies everybody',
    account: account({
      restApis: [privateApi({ methods: [signed], policy: policy(allow(), deny()) })],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', inner, fromVpc('vpce-1')),
    identity: signedBy('arn:aws:iam::222233334444:role/app'),
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-denies' },
  },
  {
    fact: 'DOM-21',
    when: 'a private domain through an endpoint that is not associated',
    account: account({
      restApis: [privateApi()],
      domains: [privateDomain],
      vpcEndpoints: [vpcEndpoint('vpce-1')],
    }),
    request: request('GET', onHost('in.example.com', '/pets'), fromVpc('vpce-1')),
    expect: refused(null, 'endpoint', null),
  },
  {
    fact: 'CRS-14',
    when: 'a refusal before an API is known, whatever its gateway responses',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [guarded('GET', '/pets', 'none')],
          gatewayResponses: [
            { type: 'DEFAULT_4XX', status: 418, headers: {}, templates: {}, customised: true },
          ],
        }),
      ],
    }),
    request: request('GET', at('idshop', '/nowhere')),
    expect: forbidden('stage'),
  },
]);
