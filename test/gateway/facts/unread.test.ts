import type { Decision } from '../../../lambda/gateway/decide';
import { ANONYMOUS } from '../../../lambda/gateway/request';
import type { Method } from '../../../lambda/model/method';
import {
  account,
  allow,
  apiKey,
  appClient,
  cognitoAuthorizer,
  custom,
  denied,
  deny,
  domainName,
  functionArn,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  policy,
  poolArn,
  restApi,
  stage,
  usagePlan,
  userPool,
  vpcEndpoint,
} from '../../support/build';
import {
  accessToken,
  admitted,
  at,
  cannotTell,
  factTable,
  idToken,
  NOW,
  onHost,
  opaque,
  refused,
  request,
  sent,
  signedBy,
  type FactRow,
} from './fact-table';

const POOL = 'eu-west-1_Pets';
const pool = userPool(POOL, { clients: [appClient('web')] });
const get = request('GET', at('idshop', '/prod/pets'));
const auth = cognitoAuthorizer('auth', [poolArn(POOL)]);
const shop = (given: Parameters<typeof restApi>[1], shared: Parameters<typeof account>[0] = {}) =>
  account({ restApis: [restApi('shop', given)], userPools: [pool], ...shared });
const behindPool = (given: Partial<Method> = {}, shared: Parameters<typeof account>[0] = {}) =>
  shop({ methods: [{ ...guarded('GET', '/pets', 'auth'), ...given }], authorizers: [auth] }, shared);
const scoped = guarded('GET', '/pets', 'auth', ['shop/read']);
const unauthorized = refused(401, 'authentication', 'Unauthorized', 'UNAUTHORIZED');

/** Refused by one gate or another, and which is not known: only what both would answer is said. */
const eitherWay = (
  gate: Decision['gate'],
  status: number | null,
  body: string | null = null,
): FactRow['expect'] => ({ outcome: 'cannot-tell', gate, refusedEitherWay: true, status, body });
const open = (gate: Decision['gate']): FactRow['expect'] => ({
  ...cannotTell(gate),
  refusedEitherWay: false,
  status: null,
  body: null,
});

const permission = policy({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('fn'),
});
const behindFunction = (
  fn: Parameters<typeof lambdaFunction>[1] = { policy: permission },
  authorizer: Parameters<typeof lambdaAuthorizer>[1] = {},
  given: Parameters<typeof restApi>[1] = {},
) =>
  shop(
    { methods: [custom('GET', '/pets', 'fn')], authorizers: [lambdaAuthorizer('fn', authorizer)], ...given },
    { functions: [lambdaFunction('fn', fn)] },
  );
const allowed = { ...opaque('token-1'), lambdaAuthorizer: 'allows' } as const;

/** An authorizer that reads a stage variable, and what the variable holds. */
const behindTenant = (tenant: string) => {
  const reading = { kind: 'REQUEST', identitySources: ['stageVariables.tenant'] } as const;
  const served = { methods: [custom('GET', '/pets', 'fn')], authorizers: [lambdaAuthorizer('fn', reading)] };
  return behindFunction({ policy: permission }, reading, {
    stages: [stage('prod', served, { variables: { tenant } })],
  });
};

const keyed = (shared: Parameters<typeof account>[0] = {}, given: Partial<Method> = {}) =>
  shop(
    { methods: [{ ...method('GET', '/pets', { apiKeyRequired: true }), ...given }] },
    { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])], ...shared },
  );
const withKey = { ...ANONYMOUS, apiKey: { id: 'key-a' } } as const;
const keyless = { ...refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY') };

const onDomain = (given: Parameters<typeof domainName>[1], shared: Parameters<typeof account>[0] = {}) =>
  shop(
    { methods: [method('GET', '/pets')] },
    {
      domains: [
        domainName('api.example.com', {
          mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
          ...given,
        }),
      ],
      ...shared,
    },
  );
const byName = request('GET', onHost('api.example.com', '/pets'));

const behindWaf = (webAcls: Parameters<typeof account>[0]) =>
  shop(
    {
      methods: [method('GET', '/pets')],
      stages: [stage('prod', { methods: [method('GET', '/pets')] }, { webAclArn: 'arn:waf' })],
    },
    webAcls,
  );

const inside = (given: Parameters<typeof vpcEndpoint>[1], one: Method = method('GET', '/pets')) =>
  shop(
    { methods: [one], endpointTypes: ['PRIVATE'], policy: policy(allow()) },
    { vpcEndpoints: [vpcEndpoint('vpce-1', given)] },
  );
const fromVpc = request('GET', at('idshop', '/prod/pets'), {
  source: { ip: null, vpceId: 'vpce-1', vpcId: null },
});

/** A private domain over a private API, both open, its endpoint associated. */
const onPrivateDomain = (
  given: Parameters<typeof domainName>[1] = {},
  shared: Parameters<typeof account>[0] = {},
  endpoint: Parameters<typeof vpcEndpoint>[1] = {},
) => {
  const domain = domainName('in.example.com', {
    endpointTypes: ['PRIVATE'],
    mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
    policy: policy(allow()),
    ...given,
  });
  return shop(
    { methods: [method('GET', '/pets')], endpointTypes: ['PRIVATE'], policy: policy(allow()) },
    {
      domains: [domain],
      domainAccessAssociations: [{ domainArn: domain.arn, vpcEndpointId: 'vpce-1' }],
      vpcEndpoints: [vpcEndpoint('vpce-1', endpoint)],
      ...shared,
    },
  );
};
const byPrivateName = request('GET', onHost('in.example.com', '/pets'), {
  source: { ip: null, vpceId: 'vpce-1', vpcId: null },
});

/** What cannot be read, or is not documented, is neither a pass nor a refusal; where all that may follow refuses, that is said. */
export default factTable('unread', [
  {
    fact: 'DEP-11',
    when: 'an authorization type that could not be read',
    account: shop({ methods: [method('GET', '/pets', { authorizationType: denied('GetExport') })] }),
    request: get,
    expect: open('resource-policy'),
  },
  {
    fact: 'DEP-11',
    when: 'an authorizer that could not be read, and no token',
    account: behindPool({ authorizer: denied('GetExport') }),
    request: get,
    expect: open('authentication'),
  },
  {
    fact: 'DEP-11',
    when: 'the same with a Lambda authorizer',
    account: shop({
      methods: [custom('GET', '/pets', 'fn', { authorizer: denied('GetExport') })],
      authorizers: [lambdaAuthorizer('fn')],
    }),
    request: get,
    expect: open('authentication'),
  },
  {
    fact: 'COG-31',
    when: 'a Cognito method that names no authorizer',
    account: behindPool({ authorizer: { state: 'known', value: null } }),
    request: get,
    identity: idToken(POOL),
    expect: { outcome: 'refused', status: null, gate: 'authentication', cause: 'authorizer-missing' },
  },
  {
    fact: 'COG-1',
    when: 'scopes that could not be read, so which token is wanted is not known',
    account: behindPool({ scopes: denied('GetExport') }),
    request: get,
    identity: idToken(POOL),
    expect: open('authentication'),
  },
  {
    fact: 'COG-1',
    when: 'a token that does not say of which kind it is',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { kind: 'unknown' }),
    expect: open('authentication'),
  },
  {
    fact: 'MSG-27',
    when: 'a token of an unknown kind that lacks the scope: refused alike by either gate',
    account: behindPool(scoped),
    request: get,
    identity: accessToken(POOL, [], { kind: 'unknown' }),
    expect: { outcome: 'refused', status: 401, body: '{"message":"Unauthorized"}', cause: 'scope-missing' },
  },
  {
    fact: 'MSG-27',
    when: 'a token that is not valid before a second from now, by our clock',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { notBefore: NOW.getTime() / 1000 + 1 }),
    expect: open('authentication'),
  },
  {
    fact: 'MSG-27',
    when: 'a token that is valid from now on',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { notBefore: NOW.getTime() / 1000 }),
    expect: admitted,
  },
  {
    fact: 'MSG-28',
    when: 'a token that expires this very second',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { expiresAt: NOW.getTime() / 1000 }),
    expect: { ...refused(401, 'authentication', 'The incoming token has expired', 'UNAUTHORIZED') },
  },
  {
    fact: 'MSG-27',
    when: 'a token that names no issuer',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { issuer: null }),
    expect: { ...unauthorized, cause: 'issuer-missing' },
  },
  {
    fact: 'COG-24',
    when: 'a token with the updated issuer of a pool that has the original one',
    account: behindPool(),
    request: get,
    identity: idToken(POOL, { issuer: `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL}` }),
    expect: { ...unauthorized, cause: 'issuer-updated' },
  },
  {
    fact: 'COG-23',
    when: 'a listed pool beside one that an undefined stage variable names',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [
        cognitoAuthorizer('auth', [
          poolArn(POOL),
          'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
        ]),
      ],
    }),
    request: get,
    identity: idToken(POOL),
    expect: open('authentication'),
  },
  {
    fact: 'COG-23',
    when: 'a token of neither, beside an undefined stage variable',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [
        cognitoAuthorizer('auth', [
          poolArn(POOL),
          'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
        ]),
      ],
    }),
    request: get,
    identity: idToken('eu-west-1_Other'),
    expect: open('authentication'),
  },
  {
    fact: 'COG-18',
    when: 'an authorizer that lists no pool',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [cognitoAuthorizer('auth', [])],
    }),
    request: get,
    identity: idToken(POOL),
    expect: { outcome: 'refused', status: null, gate: 'authentication', cause: 'stage-variable-undefined' },
  },
  {
    fact: 'COG-19',
    when: 'pools that could not be read: the issuer alone is compared',
    account: behindPool({}, { userPools: denied('ListUserPools') }),
    request: get,
    identity: idToken(POOL),
    expect: admitted,
  },
  {
    fact: 'COG-13',
    when: 'an expression and a list of audiences',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-web' })],
    }),
    request: get,
    identity: idToken(POOL, { audience: ['client-web', 'client-app'] }),
    expect: open('authentication'),
  },
  {
    fact: 'COG-13',
    when: 'an expression that cannot be worked out here',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [
        cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: '(?=client)client-.*' }),
      ],
    }),
    request: get,
    identity: idToken(POOL),
    expect: open('authentication'),
  },
  {
    fact: 'COG-13',
    when: 'an empty expression, which asks for nothing',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: '' })],
    }),
    request: get,
    identity: idToken(POOL),
    expect: admitted,
  },
  {
    fact: 'COG-16',
    when: 'a token after another word than Bearer',
    account: behindPool(),
    request: get,
    identity: sent(idToken(POOL), { scheme: 'Token' }),
    expect: open('authentication'),
  },
  {
    fact: 'COG-16',
    when: 'the same and an issuer that no pool has: refused alike either way',
    account: behindPool(),
    request: get,
    identity: sent(idToken('eu-west-1_Other'), { scheme: 'Token' }),
    expect: { ...unauthorized, cause: 'issuer-unknown' },
  },
  {
    fact: 'MSG-27',
    when: 'a word in the header of the authorizer beside a credential elsewhere',
    account: behindPool(),
    request: { ...get, headers: { authorization: 'word' } },
    identity: sent(idToken(POOL), { header: 'x-auth' }),
    expect: { ...unauthorized, cause: 'token-malformed' },
  },
  {
    fact: 'COG-12',
    when: 'a token in the query',
    account: behindPool(),
    request: { ...get, query: { Authorization: 'x' } },
    expect: { ...unauthorized, cause: 'token-in-wrong-header' },
  },
  {
    fact: 'MSG-24',
    when: 'a function that could not be read',
    account: behindFunction({ configuration: denied('GetFunctionConfiguration'), policy: permission }),
    request: get,
    identity: allowed,
    expect: open('authorization'),
  },
  {
    fact: 'MSG-24',
    when: 'a function that is gone',
    account: behindFunction({ configuration: null, policy: permission }),
    request: get,
    identity: allowed,
    expect: { outcome: 'refused', status: 500, gate: 'authorization', cause: 'function-missing' },
  },
  {
    fact: 'MIS-22',
    when: 'a function in state Failed',
    account: behindFunction({
      configuration: { state: 'Failed', lastUpdateStatus: null, runtime: null },
      policy: permission,
    }),
    request: get,
    identity: allowed,
    expect: {
      outcome: 'refused',
      status: 500,
      gate: 'authorization',
      cause: 'function-missing',
      responseType: 'AUTHORIZER_CONFIGURATION_ERROR',
    },
  },
  ...['Pending', 'Inactive'].map((state) => ({
    fact: 'MIS-22',
    when: `a function in state ${state}, which may not last`,
    account: behindFunction({
      configuration: { state, lastUpdateStatus: null, runtime: null },
      policy: permission,
    }),
    request: get,
    identity: allowed,
    expect: open('authorization'),
  })),
  {
    fact: 'MIS-21',
    when: 'a function with a reserved concurrency of 0',
    account: behindFunction({ policy: permission, reservedConcurrency: 0 }),
    request: get,
    identity: allowed,
    expect: { outcome: 'refused', status: 500, gate: 'authorization', cause: 'function-missing' },
  },
  {
    fact: 'MIS-21',
    when: 'a function with a reserved concurrency of 1',
    account: behindFunction({ policy: permission, reservedConcurrency: 1 }),
    request: get,
    identity: allowed,
    expect: admitted,
  },
  {
    fact: 'LAM-14',
    when: 'a function whose policy could not be read',
    account: behindFunction({ policy: denied('GetPolicy') }),
    request: get,
    identity: allowed,
    expect: open('authorization'),
  },
  {
    fact: 'LAM-14',
    when: 'functions that could not be read',
    account: {
      ...behindFunction(),
      slices: { ...behindFunction().slices, functions: denied('ListFunctions') },
    },
    request: get,
    identity: allowed,
    expect: open('authorization'),
  },
  {
    fact: 'LAM-14',
    when: 'no permission to invoke the function',
    account: behindFunction({ policy: null }),
    request: get,
    identity: allowed,
    expect: { outcome: 'refused', status: 500, gate: 'authorization', cause: 'invoke-not-permitted' },
  },
  {
    fact: 'LAM-1',
    when: 'a TOKEN authorizer whose header was not told',
    account: behindFunction({ policy: permission }, { identitySources: [] }),
    request: get,
    identity: allowed,
    expect: open('authentication'),
  },
  {
    fact: 'LAM-4',
    when: 'a context variable that may be empty',
    account: behindFunction(
      { policy: permission },
      { kind: 'REQUEST', identitySources: ['context.identity.userAgent'] },
    ),
    request: get,
    identity: allowed,
    expect: open('authentication'),
  },
  {
    fact: 'LAM-4',
    when: 'an empty query parameter as identity source',
    account: behindFunction(
      { policy: permission },
      { kind: 'REQUEST', identitySources: ['method.request.querystring.tenant'] },
    ),
    request: { ...get, query: { tenant: '' } },
    identity: allowed,
    expect: { ...unauthorized, cause: 'identity-source-missing' },
  },
  {
    fact: 'LAM-7',
    when: 'a stage variable as identity source that is empty',
    account: behindTenant(''),
    request: get,
    identity: allowed,
    expect: { ...unauthorized, cause: 'stage-variable-undefined' },
  },
  {
    fact: 'LAM-7',
    when: 'a stage variable as identity source that is there',
    account: behindTenant('t'),
    request: get,
    identity: allowed,
    expect: admitted,
  },
  {
    fact: 'LAM-2',
    when: 'an expression that cannot be worked out here',
    account: behindFunction({ policy: permission }, { validationExpression: '(?=token)token-.*' }),
    request: get,
    identity: allowed,
    expect: open('authentication'),
  },
  {
    fact: 'LAM-2',
    when: 'a token of which only the claims are known',
    account: behindFunction({ policy: permission }, { validationExpression: '^Bearer .+$' }),
    request: get,
    identity: { ...idToken(POOL), lambdaAuthorizer: 'allows' },
    expect: open('authentication'),
  },
  {
    fact: 'LAM-2',
    when: 'the same and an expression that no header can match',
    account: behindFunction({ policy: permission }, { validationExpression: '^Bearer\n+$' }),
    request: get,
    identity: { ...idToken(POOL), lambdaAuthorizer: 'allows' },
    expect: { ...unauthorized, cause: 'validation-mismatch' },
  },
  {
    fact: 'KEY-1',
    when: 'whether a key is needed could not be read',
    account: keyed({}, { apiKeyRequired: denied('GetExport') }),
    request: get,
    identity: withKey,
    expect: open('api-key'),
  },
  {
    fact: 'KEY-1',
    when: 'usage plans that could not be read',
    account: keyed({ usagePlans: denied('GetUsagePlans') }),
    request: get,
    identity: withKey,
    expect: open('api-key'),
  },
  {
    fact: 'KEY-1',
    when: 'usage plans that could not be read, and no key',
    account: keyed({ usagePlans: denied('GetUsagePlans') }),
    request: get,
    expect: { ...keyless, cause: 'api-key-missing' },
  },
  {
    fact: 'KEY-1',
    when: 'keys that could not be read',
    account: keyed({ apiKeys: denied('GetApiKeys') }),
    request: get,
    identity: withKey,
    expect: open('api-key'),
  },
  {
    fact: 'KEY-2',
    when: 'a stage in no plan, whatever the keys are',
    account: keyed({ usagePlans: [], apiKeys: denied('GetApiKeys') }),
    request: get,
    identity: withKey,
    expect: { ...keyless, cause: 'stage-in-no-plan' },
  },
  {
    fact: 'KEY-1',
    when: 'one plan whose keys could not be read beside one that holds the key',
    account: keyed({
      usagePlans: [
        usagePlan('gold', [['idshop', 'prod']], ['key-a']),
        usagePlan('dark', [['idshop', 'prod']], denied('GetUsagePlanKeys')),
      ],
    }),
    request: get,
    identity: withKey,
    expect: admitted,
  },
  {
    fact: 'KEY-1',
    when: 'an enabled key of another plan',
    account: keyed({
      apiKeys: [apiKey('a'), apiKey('b')],
      usagePlans: [
        usagePlan('gold', [['idshop', 'prod']], ['key-a']),
        usagePlan('other', [['idshop', 'beta']], ['key-b']),
      ],
    }),
    request: get,
    identity: { ...ANONYMOUS, apiKey: { id: 'key-b' } },
    expect: { ...keyless, cause: 'api-key-in-no-plan' },
  },
  {
    fact: 'KEY-1',
    when: 'a key that is not there',
    account: keyed(),
    request: get,
    identity: { ...ANONYMOUS, apiKey: { id: 'key-z' } },
    expect: { ...keyless, cause: 'api-key-unknown' },
  },
  {
    fact: 'LAM-21',
    when: 'keys from the authorizer, and an authorization type that could not be read',
    account: shop(
      {
        methods: [method('GET', '/pets', { apiKeyRequired: true, authorizationType: denied('GetExport') })],
        apiKeySource: 'AUTHORIZER',
      },
      { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
    ),
    request: get,
    identity: withKey,
    expect: open('resource-policy'),
  },
  {
    fact: 'KEY-1',
    when: 'an authorization type that could not be read, and a stage in no plan: which of them refuses is open',
    account: shop({
      methods: [method('GET', '/pets', { apiKeyRequired: true, authorizationType: denied('GetExport') })],
    }),
    request: get,
    expect: eitherWay('resource-policy', null),
  },
  {
    fact: 'WAF-1',
    when: 'web ACLs that could not be read',
    account: behindWaf({ webAcls: denied('GetWebACL') }),
    request: get,
    expect: open('waf'),
  },
  {
    fact: 'WAF-1',
    when: 'a web ACL that was not found',
    account: behindWaf({ webAcls: [] }),
    request: get,
    expect: open('waf'),
  },
  {
    fact: 'WAF-1',
    when: 'a web ACL that could not be read',
    account: behindWaf({ webAcls: [{ arn: 'arn:waf', webAcl: denied('GetWebACL') }] }),
    request: get,
    expect: open('waf'),
  },
  {
    fact: 'RTE-1',
    when: 'methods that could not be read',
    account: shop({ methods: denied('GetExport') }),
    request: get,
    expect: open('route'),
  },
  {
    fact: 'MSG-7',
    when: 'stages that could not be read',
    account: shop({ methods: [method('GET', '/pets')], stages: denied('GetStages') }),
    request: get,
    expect: open('stage'),
  },
  {
    fact: 'ORD-4',
    when: 'APIs that could not be read',
    account: account({ restApis: denied('GetRestApis') }),
    request: get,
    expect: open('endpoint'),
  },
  {
    fact: 'ORD-4',
    when: 'an address in a Region that was not read',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: {
      ...get,
      address: {
        by: 'execute-api',
        restApiId: 'idshop',
        region: 'us-east-1',
        through: null,
        path: '/prod/pets',
      },
    },
    expect: open('endpoint'),
  },
  {
    fact: 'ORD-4',
    when: 'custom domains that could not be read',
    account: onDomain({}, { domains: denied('GetDomainNames') }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'ORD-4',
    when: 'a host that is no domain of the account',
    account: onDomain({}),
    request: request('GET', onHost('www.example.com', '/pets')),
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-1',
    when: 'mappings that could not be read',
    account: onDomain({ mappings: denied('GetBasePathMappings') }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-8',
    when: 'routing rules that could not be read',
    account: onDomain({
      routingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
      routingRules: denied('ListRoutingRules'),
    }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-8',
    when: 'a rule whose base path ends inside a segment of the path',
    account: onDomain({
      routingMode: 'ROUTING_RULE_ONLY',
      routingRules: [
        {
          id: 'r',
          priority: 1,
          basePaths: ['pe'],
          headers: [],
          restApiId: 'idshop',
          stage: 'prod',
          stripBasePath: true,
        },
      ],
    }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-14',
    when: 'a domain that waits for its owner',
    account: onDomain({ status: 'PENDING_OWNERSHIP_VERIFICATION' }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-14',
    when: 'a domain that is being updated, which answers',
    account: onDomain({ status: 'UPDATING' }),
    request: byName,
    expect: admitted,
  },
  {
    fact: 'DOM-18',
    when: 'the path of health checks',
    account: onDomain({}),
    request: request('GET', onHost('api.example.com', '/sping')),
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-15',
    when: 'a domain in STRICT mode and a call through a VPC endpoint',
    account: onDomain({ endpointAccessMode: 'STRICT' }),
    request: { ...byName, source: { ip: null, vpceId: 'vpce-1', vpcId: null } },
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'strict-access-mode' },
  },
  {
    fact: 'POL-1',
    when: 'a resource policy that could not be read',
    account: shop({ methods: [method('GET', '/pets')], policy: denied('GetExport') }),
    request: get,
    expect: open('resource-policy'),
  },
  {
    fact: 'POL-2',
    when: 'the same before a Lambda authorizer',
    account: behindFunction({ policy: permission }, {}, { policy: denied('GetExport') }),
    request: get,
    identity: allowed,
    expect: open('resource-policy'),
  },
  {
    fact: 'POL-3',
    when: 'the same on an IAM method',
    account: shop({
      methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' })],
      policy: denied('GetExport'),
    }),
    request: get,
    identity: { ...signedBy('arn:aws:iam::222233334444:role/app'), ownPolicies: 'allow' },
    expect: open('resource-policy'),
  },
  {
    fact: 'POL-12',
    when: 'a resource policy that is no JSON',
    account: shop({ methods: [method('GET', '/pets')], policy: '{"Statement":' }),
    request: get,
    expect: open('resource-policy'),
  },
  {
    fact: 'MIS-6',
    when: 'a policy for a path that is sent percent-encoded',
    account: shop({
      methods: [method('GET', '/{name}')],
      policy: policy(allow({ Resource: 'execute-api:/prod/GET/a b' })),
    }),
    request: request('GET', at('idshop', '/prod/a%20b')),
    expect: open('resource-policy'),
  },
  {
    fact: 'MIS-6',
    when: 'a percent sign that begins no encoding',
    account: shop({
      methods: [method('GET', '/{name}')],
      policy: policy(allow({ Resource: 'execute-api:/prod/GET/100%' })),
    }),
    request: request('GET', at('idshop', '/prod/100%')),
    expect: admitted,
  },
  {
    fact: 'PRV-9',
    when: 'VPC endpoints that could not be read',
    account: shop(
      { methods: [method('GET', '/pets')], endpointTypes: ['PRIVATE'], policy: policy(allow()) },
      { vpcEndpoints: denied('DescribeVpcEndpoints') },
    ),
    request: fromVpc,
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-2',
    when: 'an endpoint policy that is no JSON',
    account: inside({ policy: '{"Statement":' }),
    request: fromVpc,
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-2',
    when: 'an endpoint policy that hangs on what nobody knows',
    account: inside({
      policy: policy(allow({ Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } })),
    }),
    request: fromVpc,
    identity: signedBy('arn:aws:iam::222233334444:role/app'),
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-12',
    when: 'an endpoint that is not available',
    account: inside({ state: 'deleted' }),
    request: fromVpc,
    expect: { outcome: 'refused', status: null, body: null, gate: 'endpoint', cause: 'vpc-endpoint-down' },
  },
  {
    fact: 'PRV-2',
    when: 'an endpoint policy that denies, and a method that would: 403 in any case, in which words is open',
    account: shop(
      { methods: [method('GET', '/pets')], endpointTypes: ['PRIVATE'], policy: policy(deny()) },
      {
        vpcEndpoints: [
          vpcEndpoint('vpce-1', {
            policy: policy(allow({ Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } })),
          }),
        ],
      },
    ),
    request: fromVpc,
    identity: signedBy('arn:aws:iam::222233334444:role/app'),
    expect: { ...eitherWay('endpoint', 403), errorType: 'AccessDeniedException' },
  },
  {
    fact: 'DOM-10',
    when: 'a private API whose default endpoint is disabled',
    account: shop(
      {
        methods: [method('GET', '/pets')],
        endpointTypes: ['PRIVATE'],
        policy: policy(allow()),
        disableExecuteApiEndpoint: true,
      },
      { vpcEndpoints: [vpcEndpoint('vpce-1')] },
    ),
    request: fromVpc,
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-8',
    when: 'a public API through an endpoint that is not in this account',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: fromVpc,
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-8',
    when: 'a public API from a VPC whose endpoint has no private DNS',
    account: shop(
      { methods: [method('GET', '/pets')] },
      { vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })] },
    ),
    request: fromVpc,
    expect: admitted,
  },
  {
    fact: 'PRV-7',
    when: 'a private API from a place that is not known',
    account: inside({}),
    request: { ...get, source: { ip: null, vpceId: null, vpcId: null } },
    expect: open('endpoint'),
  },
  {
    fact: 'PRV-7',
    when: 'a private API from a private address without an endpoint',
    account: inside({}),
    request: { ...get, source: { ip: '10.0.0.7', vpceId: null, vpcId: null } },
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain, its endpoint associated, all open',
    account: onPrivateDomain(),
    request: byPrivateName,
    expect: admitted,
  },
  {
    fact: 'DOM-21',
    when: 'a private domain without a policy',
    account: onPrivateDomain({ policy: null }),
    request: byPrivateName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain whose policy is no JSON',
    account: onPrivateDomain({ policy: '{' }),
    request: byPrivateName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain whose policy denies',
    account: onPrivateDomain({ policy: policy(allow(), deny({ Resource: 'execute-api:/prod/GET/pets' })) }),
    request: byPrivateName,
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'domain-policy-denies' },
  },
  {
    fact: 'DOM-21',
    when: "a private domain whose policy names the domain alone, which AWS's examples write in two ways",
    account: onPrivateDomain({
      policy: policy(allow({ Resource: 'arn:aws:apigateway:eu-west-1::/domainnames/in.example.com' })),
    }),
    request: byPrivateName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain from a place that is not known',
    account: onPrivateDomain(),
    request: { ...byPrivateName, source: { ip: null, vpceId: null, vpcId: null } },
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain from the VPC of an endpoint that is associated',
    account: onPrivateDomain(),
    request: { ...byPrivateName, source: { ip: null, vpceId: null, vpcId: 'vpc-of-vpce-1' } },
    expect: admitted,
  },
  {
    fact: 'DOM-21',
    when: 'a private domain while associations could not be read',
    account: onPrivateDomain({}, { domainAccessAssociations: denied('GetDomainNameAccessAssociations') }),
    request: byPrivateName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'a private domain through an endpoint of another account, which may be associated there',
    account: onPrivateDomain({}, { vpcEndpoints: [] }),
    request: byPrivateName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-21',
    when: 'the association of another endpoint',
    account: onPrivateDomain(
      {},
      {
        domainAccessAssociations: [
          {
            domainArn: 'arn:aws:apigateway:eu-west-1::/domainnames/in.example.com',
            vpcEndpointId: 'vpce-2',
          },
        ],
      },
    ),
    request: byPrivateName,
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'domain-not-associated' },
  },
  {
    fact: 'DOM-21',
    when: 'the association of another domain with the endpoint',
    account: onPrivateDomain(
      {},
      {
        domainAccessAssociations: [
          {
            domainArn: 'arn:aws:apigateway:eu-west-1::/domainnames/other.example.com',
            vpcEndpointId: 'vpce-1',
          },
        ],
      },
    ),
    request: byPrivateName,
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'domain-not-associated' },
  },
  {
    fact: 'PRV-2',
    when: 'a private domain through an endpoint whose policy denies',
    account: onPrivateDomain({}, {}, { policy: policy(deny()) }),
    request: byPrivateName,
    expect: { outcome: 'refused', status: 403, gate: 'endpoint', cause: 'vpc-endpoint-policy-denies' },
  },
  {
    fact: 'DOM-3',
    when: 'a path that no mapping of a private domain takes',
    account: onPrivateDomain({ mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: 'prod' }] }),
    request: byPrivateName,
    expect: { ...refused(403, 'endpoint', 'Forbidden'), cause: 'domain-without-route' },
  },
  {
    fact: 'DOM-3',
    when: 'a path that no mapping of a domain takes which is not available: 403 or something else',
    account: onDomain({
      status: 'PENDING',
      mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: 'prod' }],
    }),
    request: byName,
    expect: { outcome: 'refused', status: null, body: null, gate: 'endpoint', cause: 'domain-without-route' },
  },
  {
    fact: 'DOM-6',
    when: 'a mapping to an API that is not there',
    account: onDomain({ mappings: [{ basePath: '', restApiId: 'gone', stage: 'prod' }] }),
    request: byName,
    expect: open('endpoint'),
  },
  {
    fact: 'DOM-23',
    when: 'a public domain that is mapped to a private API',
    account: shop(
      { methods: [method('GET', '/pets')], endpointTypes: ['PRIVATE'], policy: policy(allow()) },
      {
        domains: [
          domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
        ],
      },
    ),
    request: byName,
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'domain-type-mismatch' },
  },
  {
    fact: 'MIS-17',
    when: "an integration that takes the caller's credentials, and a caller who has none",
    account: shop({
      methods: [
        method('GET', '/pets', {
          integration: { type: 'AWS', uri: null, credentials: 'arn:aws:iam::*:user/*', answers: [] },
        }),
      ],
    }),
    request: get,
    expect: open('integration'),
  },
  {
    fact: 'MIS-17',
    when: 'an integration with a role of its own',
    account: shop({
      methods: [
        method('GET', '/pets', {
          integration: {
            type: 'AWS',
            uri: null,
            credentials: 'arn:aws:iam::222233334444:role/backend',
            answers: [],
          },
        }),
      ],
    }),
    request: get,
    expect: admitted,
  },
]);
