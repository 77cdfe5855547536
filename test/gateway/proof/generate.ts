import fc from 'fast-check';
import type { Account } from '../../../lambda/model/account';
import type { BasePathMapping, DomainName, RoutingRule, VpcEndpoint } from '../../../lambda/model/edge';
import type { Method } from '../../../lambda/model/method';
import type { Authorizer, RestApi } from '../../../lambda/model/rest-api';
import type { UserPoolEntry } from '../../../lambda/model/user-pool';
import {
  account,
  allow,
  apiKey,
  appClient,
  BEFORE_USAGE_PLANS,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  deny,
  domainName,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  machineClient,
  method,
  policy,
  poolArn,
  restApi,
  stage,
  usagePlan,
  userPool,
  vpcEndpoint,
  webClient,
} from '../../support/build';

/** Mostly the first; now and then one of the others, so that several faults rarely hide one another. */
const mostly = <T>(first: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(first), weight: 7 * others.length },
    ...others.map((other) => ({ arbitrary: fc.constant(other), weight: 1 })),
  );

const POOLS = ['eu-west-1_A', 'eu-west-1_B'] as const;

const clients = (name: string) =>
  fc.subarray([
    appClient(`${name}-sdk`),
    appClient(`${name}-default`, { explicitAuthFlows: null }),
    webClient(`${name}-web`, ['openid', 'email', 'shop/read']),
    webClient(`${name}-narrow`, ['shop/write', 'shop/gone']),
    machineClient(`${name}-machine`, ['shop/read', 'shop/write']),
    appClient(`${name}-off`, {
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      oauthFlows: ['code'],
      oauthScopes: ['openid', 'shop/read'],
    }),
    appClient(`${name}-unread`, denied('DescribeUserPoolClient', name)),
  ]);

const poolEntry = (id: string): fc.Arbitrary<UserPoolEntry> =>
  fc
    .record({
      kind: mostly('there', 'gone', 'unread'),
      clients: clients(id.slice(-1).toLowerCase()),
      issuerType: mostly('ORIGINAL', 'UPDATED'),
      trigger: mostly(null, 'V1_0', 'V2_0', 'V3_0'),
      servers: mostly<readonly string[] | null>(['read', 'write'], ['read'], [], null),
    })
    .map((given) => {
      if (given.kind === 'gone') return deletedPool(id);
      if (given.kind === 'unread') return { arn: poolArn(id), pool: denied('DescribeUserPool', id) };
      return userPool(id, {
        clients: given.clients,
        issuerType: given.issuerType,
        preTokenGeneration: given.trigger,
        resourceServers:
          given.servers === null
            ? denied('ListResourceServers', id)
            : given.servers.length === 0
              ? []
              : [{ identifier: 'shop', scopeNames: given.servers }],
      });
    });

const PROVIDERS = [
  poolArn(POOLS[0]),
  poolArn(POOLS[1]),
  poolArn('us-east-1_C'),
  poolArn('eu-west-1_X', 'eu-west-1', '999988887777'),
  'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
];

const cognito: fc.Arbitrary<Authorizer> = fc
  .record({
    providers: fc.oneof(
      { arbitrary: fc.constant([poolArn(POOLS[0])]), weight: 5 },
      { arbitrary: fc.subarray(PROVIDERS, { minLength: 1, maxLength: 2 }), weight: 3 },
    ),
    source: mostly(
      'method.request.header.Authorization',
      'method.request.header.X-Auth',
      'method.request.header.',
    ),
    expression: mostly<string | null>(null, '.*', 'client-a-.*', '^client-b-web$', '(?=x)y'),
  })
  .map(({ providers, source, expression }) =>
    cognitoAuthorizer('pool', providers, { identitySources: [source], validationExpression: expression }),
  );

const lambda: fc.Arbitrary<Authorizer> = fc
  .record({
    kind: fc.constantFrom('TOKEN', 'REQUEST'),
    sources: mostly<readonly string[]>(
      ['method.request.header.Authorization'],
      ['method.request.header.X-Auth', 'method.request.querystring.tenant'],
      ['stageVariables.pool'],
      ['context.identity.sourceIp'],
      ['method.request.path.id'],
      [],
    ),
    expression: mostly<string | null>(null, '^Bearer .+$', '^never-[0-9]{40}$'),
    uri: mostly('ok', 'gone', 'variable', 'unread'),
    credentials: mostly<string | null>(null, 'arn:aws:iam::222233334444:role/invoke'),
  })
  .map(({ kind, sources, expression, uri, credentials }) =>
    lambdaAuthorizer('fn', {
      kind,
      identitySources: kind === 'TOKEN' ? [sources[0] ?? 'method.request.header.Authorization'] : sources,
      validationExpression: kind === 'TOKEN' ? expression : null,
      credentials,
      uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${
        uri === 'variable' ? functionArn('${stageVariables.fn}') : functionArn(uri)
      }/invocations`,
    }),
  );

const functions = mostly(0, 1, 2, 3, 4).map((fault) => [
  lambdaFunction('ok', {
    configuration:
      fault === 1
        ? null
        : { state: fault === 2 ? 'Failed' : 'Active', lastUpdateStatus: null, runtime: null },
    reservedConcurrency: fault === 3 ? 0 : null,
    policy: policy({
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: functionArn('ok'),
      Condition: {
        ArnLike: {
          'AWS:SourceArn': `arn:aws:execute-api:eu-west-1:222233334444:${fault === 4 ? 'other' : '*'}/authorizers/*`,
        },
      },
    }),
  }),
  lambdaFunction('gone', { configuration: null }),
]);

const SCOPES = [
  [],
  [],
  ['shop/read'],
  ['shop/write', 'openid'],
  ['read'],
  ['shop/gone'],
  ['aws.cognito.signin.user.admin'],
  ['email'],
];

const guardedMethod = (verb: string, path: string): fc.Arbitrary<Method> =>
  fc
    .record({
      type: fc.oneof(
        { arbitrary: fc.constantFrom('NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'), weight: 12 },
        { arbitrary: fc.constantFrom('wrong-kind', 'dangling', 'unread'), weight: 1 },
      ),
      scopes: fc.constantFrom(...SCOPES),
      key: mostly(false, true),
    })
    .map(({ type, scopes, key }): Method => {
      const apiKeyRequired = { state: 'known', value: key } as const;
      switch (type) {
        case 'CUSTOM':
          return { ...custom(verb, path, 'fn'), apiKeyRequired };
        case 'COGNITO_USER_POOLS':
          return { ...guarded(verb, path, 'pool', scopes), apiKeyRequired };
        case 'wrong-kind':
          return { ...custom(verb, path, 'pool'), apiKeyRequired };
        case 'dangling':
          return { ...guarded(verb, path, 'nothing', scopes), apiKeyRequired };
        case 'unread':
          return { ...guarded(verb, path, 'pool'), scopes: denied('GetExport'), apiKeyRequired };
        case 'NONE':
        case 'AWS_IAM':
          return method(verb, path, { authorizationType: type, apiKeyRequired: key });
      }
    });

type Place = readonly [verb: string, path: string];

const PLACES: readonly Place[] = [
  ['GET', '/'],
  ['GET', '/pets'],
  ['POST', '/pets'],
  ['ANY', '/pets/{id}'],
  ['GET', '/pets/{id}'],
  ['GET', '/pets/7'],
  ['GET', '/v1/pets'],
  ['ANY', '/files/{proxy+}'],
];

/** An ANY beside methods of their own for most verbs, or for all, so that no call is left to it. */
const CROWD = ['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((verb): Place => [verb, '/crowd']);

const methods = fc
  .oneof(
    { arbitrary: fc.subarray<Place>([...PLACES], { minLength: 1, maxLength: 4 }), weight: 20 },
    { arbitrary: fc.constantFrom<Place[]>(CROWD, [...CROWD, ['OPTIONS', '/crowd']]), weight: 1 },
  )
  .chain((places) => fc.tuple(...places.map(([verb, path]) => guardedMethod(verb, path))));

const STATEMENTS: readonly object[] = [
  allow(),
  allow(),
  allow({ Resource: 'execute-api:/prod/GET/*' }),
  allow({ Resource: 'execute-api:/prod/*/pets/7' }),
  allow({ Resource: 'execute-api:/prod/GET/pets/7*' }),
  allow({ Resource: 'execute-api:/Prod/*' }),
  allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' }),
  allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
  allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
  allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
  allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
  allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } }),
  allow({ Principal: { AWS: 'arn:aws:iam::999988887777:role/app' } }),
  allow({ Action: 'execute-api:InvalidateCache' }),
  deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
  deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
  deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
  deny({ Resource: 'execute-api:/prod/POST/*' }),
  deny({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } }),
  deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ap*' } } }),
  deny({ Condition: { StringNotEquals: { 'aws:username': 'ana' } } }),
  deny(),
];

const policies = fc.oneof(
  { arbitrary: fc.constant(null), weight: 12 },
  {
    arbitrary: fc.subarray([...STATEMENTS], { minLength: 1, maxLength: 2 }).map((all) => policy(...all)),
    weight: 9,
  },
  { arbitrary: fc.constant(denied('GetExport')), weight: 1 },
);

const theApi: fc.Arbitrary<RestApi> = fc
  .record({
    methods,
    pool: cognito,
    fn: lambda,
    policy: policies,
    type: mostly('REGIONAL', 'PRIVATE'),
    disabled: mostly(false, true),
    keySource: mostly('HEADER', 'AUTHORIZER'),
    variables: mostly<Readonly<Record<string, string>>>({ pool: POOLS[0] }, {}, { pool: 'eu-west-1_Gone' }),
    webAclArn: mostly<string | null>(null, 'arn:waf:closed', 'arn:waf:open', 'arn:waf:some'),
  })
  .map((given) => {
    const served = { methods: given.methods, authorizers: [given.pool, given.fn], policy: given.policy };
    return restApi('shop', {
      ...served,
      endpointTypes: [given.type],
      disableExecuteApiEndpoint: given.disabled,
      apiKeySource: given.keySource,
      stages: [stage('prod', served, { variables: given.variables, webAclArn: given.webAclArn })],
    });
  });

const mapping: fc.Arbitrary<BasePathMapping> = fc.record({
  basePath: fc.constantFrom('', 'v1', 'shop', 'pets'),
  restApiId: mostly('idshop', 'idother'),
  stage: mostly<string | null>('prod', null, 'gone'),
});

const rule: fc.Arbitrary<RoutingRule> = fc.record({
  id: fc.constant('rule'),
  priority: fc.integer({ min: 1, max: 9 }),
  basePaths: fc.constantFrom([], ['v1'], ['shop']),
  headers: mostly<RoutingRule['headers']>([], [{ name: 'X-Beta', glob: 'yes*' }]),
  restApiId: mostly('idshop', 'idother'),
  stage: mostly('prod', 'gone'),
  stripBasePath: fc.boolean(),
});

const domain: fc.Arbitrary<DomainName> = fc
  .record({
    mode: mostly('BASE_PATH_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'),
    mappings: fc.uniqueArray(mapping, { maxLength: 2, selector: ({ basePath }) => basePath }),
    rules: fc.uniqueArray(rule, { maxLength: 2, selector: ({ priority }) => priority }),
    status: mostly('AVAILABLE', 'PENDING'),
  })
  .map(({ mode, mappings, rules, status }) =>
    domainName('api.example.com', {
      routingMode: mode,
      mappings,
      routingRules: mode === 'BASE_PATH_MAPPING_ONLY' ? [] : rules,
      status,
    }),
  );

const endpoint: fc.Arbitrary<VpcEndpoint> = fc
  .record({
    id: fc.constantFrom('vpce-1', 'vpce-2'),
    privateDnsEnabled: fc.boolean(),
    policy: mostly<string | null>(
      null,
      policy(allow()),
      policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:role/app' } })),
      policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' })),
    ),
    state: mostly('available', 'deleted'),
  })
  .map(({ id, ...given }) => vpcEndpoint(id, given));

const webAcl = (name: string, defaultAction: string, actions: readonly string[]) => ({
  arn: `arn:waf:${name}`,
  webAcl: {
    state: 'known' as const,
    value: {
      arn: `arn:waf:${name}`,
      name,
      defaultAction,
      defaultBlockStatus: null,
      rules: actions.map((action, priority) => ({
        name: action,
        priority,
        action,
        matches: 'something',
        managedGroup: null,
        ruleOverrides: {},
        blockStatus: null,
      })),
    },
  },
});

/** Whole accounts in model form: one API under test, what stands around it, and now and then a read that failed. */
export const accounts: fc.Arbitrary<Account> = fc
  .record({
    api: theApi,
    pools: fc.tuple(...POOLS.map(poolEntry)),
    domains: fc.oneof(
      fc.constant([]),
      domain.map((one) => [one]),
    ),
    functions,
    plans: mostly(
      [usagePlan('gold', [['idshop', 'prod']], ['key-a', 'key-off'])],
      [usagePlan('gold', [['idshop', 'prod']], ['key-off'])],
      [usagePlan('gold', [['idother', 'prod']], ['key-a'])],
      [],
      [usagePlan('gold', [['idshop', 'prod']], denied('GetUsagePlanKeys'))],
    ),
    stageKeys: fc.constantFrom([], ['idshop/prod'], ['idshop/beta']),
    settings: fc.constantFrom({}, { gatewayAccount: BEFORE_USAGE_PLANS }),
    endpoints: fc.uniqueArray(endpoint, { maxLength: 2, selector: ({ id }) => id }),
    missing: mostly<'nothing' | 'userPools' | 'usagePlans' | 'domains' | 'functions'>(
      'nothing',
      'userPools',
      'usagePlans',
      'domains',
      'functions',
    ),
  })
  .map((given) => {
    const { missing } = given;
    const unless = <T>(name: typeof missing, value: T) => (missing === name ? denied(name) : value);
    return account({
      restApis: [given.api],
      userPools: unless('userPools', given.pools),
      domains: unless('domains', given.domains),
      functions: unless('functions', given.functions),
      usagePlans: unless('usagePlans', given.plans),
      apiKeys: [apiKey('a', true, given.stageKeys), apiKey('off', false, ['idshop/prod'])],
      ...given.settings,
      vpcEndpoints: given.endpoints,
      webAcls: [
        webAcl('closed', 'Block', []),
        webAcl('open', 'Allow', ['Count']),
        webAcl('some', 'Block', ['Allow']),
      ],
    });
  });
