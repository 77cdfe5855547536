import {
  account,
  allow,
  apiKey,
  BEFORE_USAGE_PLANS,
  cognitoAuthorizer,
  custom,
  denied,
  deny,
  functionArn,
  gatewayResponse,
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
} from '../../support/build';
import { ANONYMOUS } from '../../../lambda/gateway/request';
import {
  admitted,
  at,
  cannotTell,
  factTable,
  idToken,
  opaque,
  refused,
  request,
  signedBy,
} from './fact-table';

const pets = at('idshop', '/prod/pets');
const shop = (methods: Parameters<typeof restApi>[1] = {}, shared: Parameters<typeof account>[0] = {}) =>
  account({ restApis: [restApi('shop', { methods: [method('GET', '/pets')], ...methods })], ...shared });

const open = (text: string) => shop({ policy: text });
const iam = (text: string | null) =>
  shop({
    methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' })],
    ...(text === null ? {} : { policy: text }),
  });
const role = 'arn:aws:iam::222233334444:role/app';
const foreigner = 'arn:aws:iam::999988887777:role/app';
const denial = (
  gate: 'resource-policy' | 'authorization',
  who = 'anonymous',
  how = 'because no resource-based policy allows the execute-api:Invoke action',
) => ({
  outcome: 'refused' as const,
  status: 403,
  responseType: 'ACCESS_DENIED',
  errorType: 'AccessDeniedException',
  gate,
  body: `{"Message":"User: ${who} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********4444:idshop/prod/GET/pets ${how}"}`,
});
const explicit = 'with an explicit deny in a resource-based policy';

const permission = policy({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('auth'),
  Condition: {
    ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:eu-west-1:222233334444:idshop/authorizers/id-auth' },
  },
});
const lambda = (
  authorizer: Parameters<typeof lambdaAuthorizer>[1] = {},
  fn: Parameters<typeof lambdaFunction>[1] = { policy: permission },
  given: Parameters<typeof restApi>[1] = {},
) =>
  shop(
    {
      methods: [custom('GET', '/pets', 'auth')],
      authorizers: [lambdaAuthorizer('auth', authorizer)],
      ...given,
    },
    { functions: [lambdaFunction('auth', fn)] },
  );
const allowing = { ...opaque('token-1'), lambdaAuthorizer: 'allows' } as const;
const unauthorized = refused(401, 'authentication', 'Unauthorized', 'UNAUTHORIZED');
const broken = {
  outcome: 'refused',
  status: 500,
  responseType: 'AUTHORIZER_CONFIGURATION_ERROR',
  gate: 'authorization',
  body: null,
} as const;
const requestAuthorizer = (identitySources: readonly string[], resultTtl = 300) => ({
  kind: 'REQUEST',
  identitySources,
  resultTtl,
});

const keyed = (plans: Parameters<typeof account>[0], given: Parameters<typeof restApi>[1] = {}) =>
  shop({ methods: [method('GET', '/pets', { apiKeyRequired: true })], ...given }, plans);
const plan = {
  usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a', 'key-off'])],
  apiKeys: [apiKey('a'), apiKey('off', false), apiKey('loose')],
};
const withKey = (id: string) => ({ ...ANONYMOUS, apiKey: { id } });
const noKey = refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY');

const acl = (given: object) => ({
  webAcls: [
    {
      arn: 'arn:waf',
      webAcl: {
        state: 'known' as const,
        value: {
          arn: 'arn:waf',
          name: 'guard',
          defaultAction: 'Allow',
          defaultBlockStatus: null,
          rules: [],
          ...given,
        },
      },
    },
  ],
});
const behindWaf = (given: object) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [method('GET', '/pets')],
        stages: [stage('prod', { methods: [method('GET', '/pets')] }, { webAclArn: 'arn:waf' })],
      }),
    ],
    ...acl(given),
  });
const wafRule = (action: string) => ({
  name: 'r',
  priority: 1,
  action,
  matches: 'geo match',
  managedGroup: null,
  ruleOverrides: {},
  blockStatus: null,
});

const cognito = (responses: Parameters<typeof restApi>[1]) =>
  shop(
    {
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [cognitoAuthorizer('auth', [poolArn('eu-west-1_A')])],
      ...responses,
    },
    { userPools: [userPool('eu-west-1_A')] },
  );

const twoAcls = account({
  webAcls: [
    ...acl({ defaultAction: 'Block' }).webAcls.map((one) => ({ ...one, arn: 'arn:other' })),
    ...acl({}).webAcls,
  ],
}).slices;

export default factTable('callers', [
  {
    fact: 'POL-1',
    when: 'an open method and a policy that allows it',
    account: open(policy(allow())),
    request: request('GET', pets),
    expect: admitted,
  },
  {
    fact: 'POL-1',
    when: 'an open method and a policy that is silent',
    account: open(policy(allow({ Resource: 'execute-api:/prod/GET/other' }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'MSG-13',
    when: 'an open method and a policy that denies it',
    account: open(policy(allow(), deny())),
    request: request('GET', pets),
    expect: denial('resource-policy', 'anonymous', explicit),
  },
  {
    fact: 'POL-7',
    when: 'a policy that only denies',
    account: open(policy(deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'POL-10',
    when: 'a policy that names an AWS principal, and an open method',
    account: open(policy(allow({ Principal: { AWS: role } }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'POL-24',
    when: 'an organisation key, and an open method',
    account: open(policy(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'POL-25',
    when: 'a Deny for all but one endpoint, on a public API',
    account: open(policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }))),
    request: request('GET', pets),
    expect: denial('resource-policy', 'anonymous', explicit),
  },
  {
    fact: 'POL-28',
    when: 'an allow-list of private addresses on a public API',
    account: open(policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'POL-16',
    when: 'a policy copied from another API',
    account: open(policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' }))),
    request: request('GET', pets),
    expect: denial('resource-policy'),
  },
  {
    fact: 'POL-14',
    when: 'a short form that AWS does not expand',
    account: open(policy(allow({ Resource: 'execute-api:*/*/*' }))),
    request: request('GET', pets),
    expect: cannotTell('resource-policy'),
  },
  {
    fact: 'POL-23',
    when: 'a policy that could not be read',
    account: shop({ policy: denied('GetExport') }),
    request: request('GET', pets),
    expect: cannotTell('resource-policy'),
  },
  {
    fact: 'POL-2',
    when: 'a Lambda authorizer and a policy that only denies others',
    account: lambda(
      {},
      { policy: permission },
      { policy: policy(deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })) },
    ),
    request: request('GET', pets),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'ORD-12',
    when: 'a Lambda authorizer and a policy that denies: the function never runs',
    account: lambda({}, { policy: permission }, { policy: policy(deny()) }),
    request: request('GET', pets),
    expect: denial('resource-policy', 'anonymous', explicit),
  },

  {
    fact: 'IAM-1',
    when: 'an unsigned call',
    account: iam(null),
    request: request('GET', pets),
    expect: {
      ...refused(403, 'authentication', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'),
      cause: 'unsigned',
    },
  },
  {
    fact: 'IAM-2',
    when: 'a bearer token',
    account: iam(null),
    request: request('GET', pets),
    identity: idToken('eu-west-1_A'),
    expect: {
      outcome: 'refused',
      status: 403,
      gate: 'authentication',
      errorType: 'IncompleteSignatureException',
      cause: 'bearer-for-iam',
    },
  },
  {
    fact: 'IAM-5',
    when: "a caller of the API's account, whose own policies are not known",
    account: iam(null),
    request: request('GET', pets),
    identity: signedBy(role),
    expect: cannotTell('authorization'),
  },
  {
    fact: 'IAM-5',
    when: "a caller of the API's account whom the resource policy allows",
    account: iam(policy(allow({ Principal: { AWS: role } }))),
    request: request('GET', pets),
    identity: signedBy(role),
    expect: admitted,
  },
  {
    fact: 'IAM-5',
    when: "a policy that leaves it to the account's own policies",
    account: iam(policy(allow({ Principal: { AWS: 'arn:aws:iam::222233334444:root' } }))),
    request: request('GET', pets),
    identity: signedBy(role),
    expect: cannotTell('authorization'),
  },
  {
    fact: 'POL-3',
    when: 'a caller whom the resource policy denies',
    account: iam(policy(allow(), deny({ Principal: { AWS: role } }))),
    request: request('GET', pets),
    identity: signedBy(role),
    expect: denial('resource-policy', role, explicit),
  },
  {
    fact: 'POL-4',
    when: 'a caller of another account and no policy',
    account: iam(null),
    request: request('GET', pets),
    identity: signedBy(foreigner),
    expect: denial('resource-policy', foreigner),
  },
  {
    fact: 'POL-4',
    when: 'a caller of another account whom the policy allows: its own policies must as well',
    account: iam(policy(allow({ Principal: { AWS: foreigner } }))),
    request: request('GET', pets),
    identity: signedBy(foreigner),
    expect: cannotTell('authorization'),
  },

  {
    fact: 'LAM-1',
    when: 'a TOKEN authorizer and no header',
    account: lambda(),
    request: request('GET', pets),
    expect: { ...unauthorized, cause: 'identity-source-missing' },
  },
  {
    fact: 'MSG-20',
    when: 'a TOKEN authorizer and an empty header',
    account: lambda({ resultTtl: 0 }),
    request: request('GET', pets, { headers: { authorization: '' } }),
    expect: unauthorized,
  },
  {
    fact: 'LAM-2',
    when: 'a value that the expression does not match',
    account: lambda({ validationExpression: '^Bearer [-0-9a-zA-Z._]*$' }),
    request: request('GET', pets),
    identity: { ...opaque('abc.def.ghi'), lambdaAuthorizer: 'allows' },
    expect: { ...unauthorized, cause: 'validation-mismatch' },
  },
  {
    fact: 'LAM-2',
    when: 'a value that the expression matches',
    account: lambda({ validationExpression: '^Bearer [-0-9a-zA-Z._]*$' }),
    request: request('GET', pets),
    identity: { ...opaque('Bearer abc.def.ghi'), lambdaAuthorizer: 'allows' },
    expect: admitted,
  },
  {
    fact: 'LAM-2',
    when: 'an expression on a REQUEST authorizer, which has no effect',
    account: lambda({
      ...requestAuthorizer(['method.request.header.Authorization']),
      validationExpression: '^nothing$',
    }),
    request: request('GET', pets),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-1',
    when: 'a TOKEN authorizer that would take its token from the query',
    account: lambda({ identitySources: ['method.request.querystring.token'] }),
    request: request('GET', pets, { query: { token: 't1' } }),
    identity: { ...ANONYMOUS, lambdaAuthorizer: 'allows' },
    expect: { ...unauthorized, cause: 'identity-source-malformed' },
  },
  {
    fact: 'LAM-2',
    when: 'an expression, and no header',
    account: lambda({ validationExpression: '^Bearer .+$' }),
    request: request('GET', pets),
    expect: { ...unauthorized, cause: 'identity-source-missing' },
  },
  {
    fact: 'LAM-2',
    when: 'an empty expression, which is none',
    account: lambda({ validationExpression: '' }),
    request: request('GET', pets),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-16',
    when: 'an authorizer of which no function is known',
    account: lambda({ uri: null }),
    request: request('GET', pets),
    identity: allowing,
    expect: cannotTell('authorization'),
  },
  {
    fact: 'LAM-14',
    when: 'a permission that hangs on what is not known',
    account: lambda(
      {},
      { policy: permission.replace('"ArnLike"', '"StringEquals":{"aws:PrincipalOrgID":"o-1"},"ArnLike"') },
    ),
    request: request('GET', pets),
    identity: allowing,
    expect: cannotTell('authorization'),
  },
  {
    fact: 'LAM-4',
    when: 'one of two identity sources missing',
    account: lambda(
      requestAuthorizer(['method.request.header.Authorization', 'method.request.querystring.tenant']),
    ),
    request: request('GET', pets),
    identity: allowing,
    expect: unauthorized,
  },
  {
    fact: 'LAM-4',
    when: 'the same without caching',
    account: lambda(
      requestAuthorizer(['method.request.header.Authorization', 'method.request.querystring.tenant'], 0),
    ),
    request: request('GET', pets),
    identity: allowing,
    expect: unauthorized,
  },
  {
    fact: 'LAM-4',
    when: 'both identity sources there',
    account: lambda(
      requestAuthorizer(['method.request.header.Authorization', 'method.request.querystring.tenant']),
    ),
    request: request('GET', pets, { query: { tenant: 't1' } }),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-4',
    when: 'an authorizer without identity sources',
    account: lambda(requestAuthorizer([], 0)),
    request: request('GET', pets),
    identity: { ...ANONYMOUS, lambdaAuthorizer: 'allows' },
    expect: admitted,
  },
  {
    fact: 'LAM-7',
    when: 'a stage variable as identity source that the stage lacks',
    account: lambda(requestAuthorizer(['stageVariables.tenant'])),
    request: request('GET', pets),
    identity: allowing,
    expect: { ...unauthorized, cause: 'stage-variable-undefined' },
  },
  {
    fact: 'LAM-19',
    when: "the function's own answer",
    account: lambda(),
    request: request('GET', pets),
    identity: opaque('token-1'),
    expect: cannotTell('authorization'),
  },
  {
    fact: 'MSG-24',
    when: 'a function that is gone',
    account: lambda({}, { configuration: null, policy: null }),
    request: request('GET', pets),
    identity: allowing,
    expect: broken,
  },
  {
    fact: 'LAM-14',
    when: 'a function without a policy',
    account: lambda({}, {}),
    request: request('GET', pets),
    identity: allowing,
    expect: { ...broken, cause: 'invoke-not-permitted' },
  },
  {
    fact: 'LAM-15',
    when: "a permission for a method's ARN",
    account: lambda({}, { policy: permission.replace('authorizers/id-auth', '*/GET/pets') }),
    request: request('GET', pets),
    identity: allowing,
    expect: broken,
  },
  {
    fact: 'LAM-15',
    when: 'a permission for everything of the API',
    account: lambda({}, { policy: permission.replace('authorizers/id-auth', '*') }),
    request: request('GET', pets),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-14',
    when: 'a credentials role, whose permissions are not read',
    account: lambda({ credentials: 'arn:aws:iam::222233334444:role/invoke' }, {}),
    request: request('GET', pets),
    identity: allowing,
    expect: cannotTell('authorization'),
  },
  {
    fact: 'LAM-17',
    when: 'a function named by a stage variable that the stage lacks',
    account: lambda({
      uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:222233334444:function:${stageVariables.fn}/invocations',
    }),
    request: request('GET', pets),
    identity: allowing,
    expect: broken,
  },
  {
    fact: 'MIS-21',
    when: 'a function with reserved concurrency 0',
    account: lambda({}, { policy: permission, reservedConcurrency: 0 }),
    request: request('GET', pets),
    identity: allowing,
    expect: broken,
  },
  {
    fact: 'MIS-22',
    when: 'a function that failed',
    account: lambda(
      {},
      { policy: permission, configuration: { state: 'Failed', lastUpdateStatus: null, runtime: null } },
    ),
    request: request('GET', pets),
    identity: allowing,
    expect: broken,
  },

  {
    fact: 'KEY-1',
    when: 'an enabled key in a plan of the stage',
    account: keyed(plan),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: admitted,
  },
  {
    fact: 'KEY-1',
    when: 'no key',
    account: keyed(plan),
    request: request('GET', pets),
    expect: { ...noKey, errorType: 'ForbiddenException' },
  },
  {
    fact: 'KEY-1',
    when: 'a key in no plan',
    account: keyed(plan),
    request: request('GET', pets),
    identity: withKey('key-loose'),
    expect: noKey,
  },
  {
    fact: 'KEY-1',
    when: 'a key that is not known which',
    account: keyed(plan),
    request: request('GET', pets),
    identity: { ...ANONYMOUS, apiKey: 'present' },
    expect: cannotTell('api-key'),
  },
  {
    fact: 'KEY-2',
    when: 'a stage in no plan',
    account: keyed({ apiKeys: [apiKey('a')] }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: noKey,
  },
  {
    fact: 'KEY-11',
    when: 'a key that names the stage itself, before there were usage plans',
    account: keyed({
      gatewayAccount: BEFORE_USAGE_PLANS,
      apiKeys: [apiKey('a', true, ['idshop/test', 'idshop/prod'])],
    }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: admitted,
  },
  {
    fact: 'KEY-11',
    when: 'a key that names another stage, before there were usage plans',
    account: keyed({
      gatewayAccount: BEFORE_USAGE_PLANS,
      apiKeys: [apiKey('a', true, ['idshop/test']), apiKey('b', true, ['idshop/prod'])],
    }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: noKey,
  },
  {
    fact: 'KEY-11',
    when: 'a disabled key that names the stage itself, before there were usage plans',
    account: keyed({ gatewayAccount: BEFORE_USAGE_PLANS, apiKeys: [apiKey('a', false, ['idshop/prod'])] }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: noKey,
  },
  {
    fact: 'KEY-11',
    when: 'a key that names the stage itself, where usage plans are enabled',
    account: keyed({ apiKeys: [apiKey('a', true, ['idshop/prod'])] }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: noKey,
  },
  {
    fact: 'KEY-11',
    when: 'a key that names the stage itself, where it is not known whether usage plans are enabled',
    account: keyed({ gatewayAccount: denied('GetAccount'), apiKeys: [apiKey('a', true, ['idshop/prod'])] }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: cannotTell('api-key'),
  },
  {
    fact: 'KEY-11',
    when: 'keys that name no stage, where it is not known whether usage plans are enabled',
    account: keyed({ gatewayAccount: denied('GetAccount'), apiKeys: [apiKey('a')] }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: noKey,
  },
  {
    fact: 'KEY-11',
    when: 'keys that could not be read, before there were usage plans',
    account: keyed({ gatewayAccount: BEFORE_USAGE_PLANS, apiKeys: denied('GetApiKeys') }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: cannotTell('api-key'),
  },
  {
    fact: 'KEY-3',
    when: 'plans that hold disabled keys only',
    account: keyed({
      usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-off'])],
      apiKeys: [apiKey('off', false)],
    }),
    request: request('GET', pets),
    identity: { ...ANONYMOUS, apiKey: 'present' },
    expect: noKey,
  },
  {
    fact: 'KEY-4',
    when: 'a method that needs no key, and a bad key',
    account: shop({}, plan),
    request: request('GET', pets),
    identity: withKey('nothing'),
    expect: admitted,
  },
  {
    fact: 'KEY-5',
    when: 'a disabled key',
    account: keyed(plan),
    request: request('GET', pets),
    identity: withKey('key-off'),
    expect: noKey,
  },
  {
    fact: 'KEY-7',
    when: 'the id of a key in place of its value',
    account: keyed(plan),
    request: request('GET', pets, { headers: { 'x-api-key': 'key-a' } }),
    identity: { ...ANONYMOUS, apiKey: 'present' },
    expect: { ...noKey, cause: 'api-key-id-sent' },
  },
  {
    fact: 'KEY-7',
    when: 'the id of a key with a space around it',
    account: keyed(plan),
    request: request('GET', pets, { headers: { 'x-api-key': ' key-a ' } }),
    identity: { ...ANONYMOUS, apiKey: 'present' },
    expect: { ...noKey, cause: 'api-key-id-sent' },
  },
  {
    fact: 'KEY-1',
    when: 'a key of the second plan of the stage',
    account: keyed({
      usagePlans: [
        usagePlan('none', [['idshop', 'prod']]),
        usagePlan('gold', [['idshop', 'prod']], ['key-a']),
        usagePlan('other', [['idshop', 'beta']], ['key-b']),
      ],
      apiKeys: [apiKey('a'), apiKey('b')],
    }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: admitted,
  },
  {
    fact: 'LAM-21',
    when: 'keys from the authorizer on a method without one',
    account: keyed(plan, { apiKeySource: 'AUTHORIZER' }),
    request: request('GET', pets),
    identity: withKey('key-a'),
    expect: { ...noKey, cause: 'key-source-unsatisfiable' },
  },
  {
    fact: 'LAM-20',
    when: 'keys from the authorizer, whose answer is not known',
    account: shop(
      {
        apiKeySource: 'AUTHORIZER',
        methods: [{ ...custom('GET', '/pets', 'auth'), apiKeyRequired: { state: 'known', value: true } }],
        authorizers: [lambdaAuthorizer('auth')],
      },
      { ...plan, functions: [lambdaFunction('auth', { policy: permission })] },
    ),
    request: request('GET', pets),
    identity: opaque('t'),
    expect: { outcome: 'cannot-tell' },
  },
  {
    fact: 'ORD-11',
    when: 'neither token nor key: the authorizer answers first',
    account: shop(
      {
        methods: [{ ...guarded('GET', '/pets', 'auth'), apiKeyRequired: { state: 'known', value: true } }],
        authorizers: [cognitoAuthorizer('auth', [poolArn('eu-west-1_A')])],
      },
      { ...plan, userPools: [userPool('eu-west-1_A')] },
    ),
    request: request('GET', pets),
    expect: unauthorized,
  },
  {
    fact: 'ORD-11',
    when: 'a good token and no key',
    account: shop(
      {
        methods: [{ ...guarded('GET', '/pets', 'auth'), apiKeyRequired: { state: 'known', value: true } }],
        authorizers: [cognitoAuthorizer('auth', [poolArn('eu-west-1_A')])],
      },
      { ...plan, userPools: [userPool('eu-west-1_A')] },
    ),
    request: request('GET', pets),
    identity: idToken('eu-west-1_A'),
    expect: noKey,
  },

  {
    fact: 'WAF-1',
    when: 'a web ACL that only counts',
    account: behindWaf({ rules: [wafRule('Count')] }),
    request: request('GET', pets),
    expect: admitted,
  },
  {
    fact: 'WAF-3',
    when: 'a web ACL with a rule that may block',
    account: behindWaf({ rules: [wafRule('Block')] }),
    request: request('GET', pets),
    expect: cannotTell('waf'),
  },
  {
    fact: 'WAF-4',
    when: 'a web ACL that blocks by default and allows nothing',
    account: behindWaf({ defaultAction: 'Block' }),
    request: request('GET', pets),
    expect: refused(403, 'waf', 'Forbidden', 'WAF_FILTERED'),
  },
  {
    fact: 'MSG-12',
    when: 'the same with a custom response',
    account: behindWaf({ defaultAction: 'Block', defaultBlockStatus: 401 }),
    request: request('GET', pets),
    expect: refused(401, 'waf', null),
  },
  {
    fact: 'MSG-12',
    when: 'the same beside a rule that blocks alike, and one that counts',
    account: behindWaf({
      defaultAction: 'Block',
      defaultBlockStatus: 401,
      rules: [{ ...wafRule('Block'), blockStatus: 401 }, wafRule('Count')],
    }),
    request: request('GET', pets),
    expect: refused(401, 'waf', null),
  },
  {
    fact: 'WAF-1',
    when: 'a web ACL whose rules allow, as it does by default',
    account: behindWaf({ rules: [wafRule('Allow'), wafRule('Count')] }),
    request: request('GET', pets),
    expect: admitted,
  },
  {
    fact: 'WAF-3',
    when: 'a web ACL with a rule that counts and one that may block',
    account: behindWaf({ rules: [wafRule('Count'), wafRule('Block')] }),
    request: request('GET', pets),
    expect: cannotTell('waf'),
  },
  {
    fact: 'WAF-1',
    when: 'the web ACL of another stage, which blocks',
    account: { ...behindWaf({}), slices: twoAcls },
    request: request('GET', pets),
    expect: admitted,
  },
  {
    fact: 'MSG-12',
    when: 'the same beside a rule that blocks as AWS does',
    account: behindWaf({ defaultAction: 'Block', defaultBlockStatus: 401, rules: [wafRule('Block')] }),
    request: request('GET', pets),
    expect: refused(null, 'waf', null),
  },
  {
    fact: 'WAF-4',
    when: 'a web ACL that blocks by default beside a managed group, which may allow some',
    account: behindWaf({ defaultAction: 'Block', rules: [wafRule('None')] }),
    request: request('GET', pets),
    expect: cannotTell('waf'),
  },
  {
    fact: 'WAF-3',
    when: 'a web ACL that may block a call that has no signature either',
    account: account({
      restApis: [
        restApi('shop', {
          stages: [
            stage(
              'prod',
              { methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' })] },
              { webAclArn: 'arn:waf' },
            ),
          ],
        }),
      ],
      ...acl({ rules: [{ ...wafRule('Captcha'), blockStatus: 405 }] }),
    }),
    request: request('GET', pets),
    expect: { outcome: 'cannot-tell', gate: 'waf', status: null, refusedEitherWay: true },
  },
  {
    fact: 'WAF-4',
    when: 'a web ACL that blocks by default and allows some',
    account: behindWaf({ defaultAction: 'Block', rules: [wafRule('Allow')] }),
    request: request('GET', pets),
    expect: cannotTell('waf'),
  },

  {
    fact: 'MIS-15',
    when: 'a reload that bypasses the cache where only some callers may',
    account: account({
      restApis: [
        restApi('shop', {
          stages: [
            stage(
              'prod',
              { methods: [method('GET', '/pets')] },
              {
                cacheClusterEnabled: true,
                methodSettings: {
                  '*/*': {
                    loggingLevel: null,
                    cachingEnabled: true,
                    requireAuthorizationForCacheControl: true,
                    unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
                  },
                },
              },
            ),
          ],
        }),
      ],
    }),
    request: request('GET', pets, { headers: { 'cache-control': 'max-age=0' } }),
    expect: refused(403, 'integration', null),
  },

  {
    fact: 'GWR-1',
    when: 'a refusal whose type is customised',
    account: cognito({
      gatewayResponses: [
        gatewayResponse('UNAUTHORIZED', {
          status: 404,
          templates: {
            'application/json':
              '{"error":$context.error.messageString,"type":"$context.error.responseType","text":"$context.error.message"}',
          },
        }),
      ],
    }),
    request: request('GET', pets),
    expect: {
      outcome: 'refused',
      status: 404,
      responseType: 'UNAUTHORIZED',
      body: '{"error":"Unauthorized","type":"UNAUTHORIZED","text":"Unauthorized"}',
    },
  },
  {
    fact: 'CRS-12',
    when: "a row that carries its family's values, though marked as default",
    account: cognito({
      gatewayResponses: [
        gatewayResponse('UNAUTHORIZED', {
          status: 400,
          customised: false,
          templates: { 'application/json': '{"no":true}' },
        }),
      ],
    }),
    request: request('GET', pets),
    expect: { outcome: 'refused', status: 400, body: '{"no":true}' },
  },
  {
    fact: 'CRS-12',
    when: 'headers given alone: the built-in text',
    account: cognito({
      gatewayResponses: [
        gatewayResponse('UNAUTHORIZED', { status: 401, headers: { 'access-control-allow-origin': "'*'" } }),
      ],
    }),
    request: request('GET', pets),
    expect: unauthorized,
  },
  {
    fact: 'MSG-13',
    when: 'a customised denial, whose template says message',
    account: shop({ policy: policy(deny()), gatewayResponses: [gatewayResponse('ACCESS_DENIED')] }),
    request: request('GET', pets),
    expect: {
      outcome: 'refused',
      status: 403,
      body: '{"message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********4444:idshop/prod/GET/pets with an explicit deny in a resource-based policy"}',
    },
  },
]);
