import { Secret } from '../../../lambda/gateway/secret';
import { ANONYMOUS } from '../../../lambda/gateway/request';
import {
  account,
  allow,
  apiKey,
  appClient,
  cognitoAuthorizer,
  custom,
  deny,
  domainName,
  functionArn,
  gatewayResponse,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  policy,
  poolArn,
  restApi,
  snapshot,
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
  onHost,
  opaque,
  refused,
  request,
  sent,
  signedBy,
} from './fact-table';

const POOL = 'eu-west-1_Pets';
const pool = userPool(POOL, { clients: [appClient('web')] });
const pets = at('idshop', '/prod/pets');
const get = request('GET', pets);
const auth = cognitoAuthorizer('auth', [poolArn(POOL)]);
const unauthorized = refused(401, 'authentication', 'Unauthorized', 'UNAUTHORIZED');
const keyless = refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY');

const shop = (given: Parameters<typeof restApi>[1], shared: Parameters<typeof account>[0] = {}) =>
  account({ restApis: [restApi('shop', given)], userPools: [pool], ...shared });
const guardedShop = (given: Parameters<typeof restApi>[1] = {}) =>
  shop({ methods: [guarded('GET', '/pets', 'auth')], authorizers: [auth], ...given });

const blocking = (rules: readonly object[] = [], defaultAction = 'Block') => ({
  webAcls: [
    {
      arn: 'arn:waf',
      webAcl: {
        state: 'known' as const,
        value: {
          arn: 'arn:waf',
          name: 'guard',
          defaultAction,
          defaultBlockStatus: null,
          rules: rules as never,
        },
      },
    },
  ],
});
const behindWaf = (served: Parameters<typeof stage>[1], shared: Parameters<typeof account>[0] = {}) =>
  account({
    restApis: [restApi('shop', { ...served, stages: [stage('prod', served, { webAclArn: 'arn:waf' })] })],
    userPools: [pool],
    ...blocking(),
    ...shared,
  });
const waf = refused(403, 'waf', 'Forbidden', 'WAF_FILTERED');

const permission = policy({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn('fn'),
});
const lambda = (
  authorizer: Parameters<typeof lambdaAuthorizer>[1] = {},
  given: Parameters<typeof restApi>[1] = {},
  functions = [lambdaFunction('fn', { policy: permission })],
) =>
  shop(
    { methods: [custom('GET', '/pets', 'fn')], authorizers: [lambdaAuthorizer('fn', authorizer)], ...given },
    { functions },
  );
const bearer = opaque('token-1');
const allowing = { ...bearer, lambdaAuthorizer: 'allows' } as const;

const iam = (text: string | null = null) =>
  shop({
    methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' })],
    ...(text === null ? {} : { policy: text }),
  });
const role = 'arn:aws:iam::222233334444:role/app';

const keyed = (given: Parameters<typeof restApi>[1], planned = true) =>
  shop(given, {
    apiKeys: [apiKey('a')],
    usagePlans: planned ? [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] : [],
  });
const keyedMethod = {
  ...guarded('GET', '/pets', 'auth'),
  apiKeyRequired: { state: 'known', value: true },
} as const;

const inner = (endpointPolicy: string) =>
  account({
    restApis: [
      restApi('inner', {
        endpointTypes: ['PRIVATE'],
        methods: [method('GET', '/pets')],
        policy: policy(deny()),
      }),
    ],
    vpcEndpoints: [vpcEndpoint('vpce-1', { policy: endpointPolicy })],
  });
const fromVpc = request('GET', at('idinner', '/prod/pets'), {
  source: { ip: null, vpceId: 'vpce-1', vpcId: null },
});

export default factTable('answers', [
  {
    fact: 'ORD-2',
    when: 'mutual TLS, asked before the stage, which is not there',
    account: shop(
      { methods: [] },
      {
        domains: [
          domainName('api.example.com', {
            mutualTls: { truststoreUri: 's3://certs/bundle.pem', truststoreVersion: null, warnings: [] },
            mappings: [{ basePath: '', restApiId: 'idshop', stage: 'gone' }],
          }),
        ],
      },
    ),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: { ...cannotTell('endpoint'), refusedEitherWay: true },
  },
  {
    fact: 'ORD-3',
    when: 'a VPC endpoint and an API whose policies both deny: the endpoint speaks',
    account: inner(policy(deny())),
    request: fromVpc,
    expect: { outcome: 'refused', status: 403, gate: 'endpoint', cause: 'vpc-endpoint-policy-denies' },
  },
  {
    fact: 'MSG-33',
    when: 'an endpoint policy that allows nothing: the type and the body are not documented',
    account: inner(policy(allow({ Principal: { AWS: role } }))),
    request: fromVpc,
    expect: { outcome: 'refused', status: 403, responseType: null, body: null, gate: 'endpoint' },
  },
  {
    fact: 'PRV-2',
    when: "an endpoint that lets the call pass, and the API's policy that denies it",
    account: inner(policy(allow())),
    request: fromVpc,
    expect: { outcome: 'refused', status: 403, responseType: 'ACCESS_DENIED', gate: 'resource-policy' },
  },
  {
    fact: 'PRV-12',
    when: 'an endpoint that is not available',
    account: {
      ...inner(policy(allow())),
      slices: account({ vpcEndpoints: [vpcEndpoint('vpce-1', { state: 'pendingAcceptance' })] }).slices,
    },
    request: fromVpc,
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'vpc-endpoint-down' },
  },
  {
    fact: 'ORD-5',
    when: 'two stages, of which one has a web ACL: the stage in the path decides',
    account: account({
      restApis: [
        restApi('shop', {
          methods: [method('GET', '/pets')],
          stages: [
            stage('prod', { methods: [method('GET', '/pets')] }, { webAclArn: 'arn:waf' }),
            stage('beta', { methods: [method('GET', '/pets')] }),
          ],
        }),
      ],
      ...blocking(),
    }),
    request: request('GET', at('idshop', '/beta/pets')),
    expect: admitted,
  },
  {
    fact: 'ORD-6',
    when: 'a web ACL that blocks, before a policy that denies and a token that is missing',
    account: behindWaf({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [auth],
      policy: policy(deny()),
    }),
    request: get,
    expect: waf,
  },
  {
    fact: 'WAF-2',
    when: 'a web ACL that blocks a call whose token is good',
    account: behindWaf({ methods: [guarded('GET', '/pets', 'auth')], authorizers: [auth] }),
    request: get,
    identity: idToken(POOL),
    expect: waf,
  },
  {
    fact: 'MSG-11',
    when: 'the built-in answer of a web ACL that blocks',
    account: behindWaf({ methods: [method('GET', '/pets')] }),
    request: get,
    expect: { ...waf, errorType: 'ForbiddenException' },
  },
  {
    fact: 'WAF-7',
    when: 'a call by a custom domain: the web ACL of the stage where it lands',
    account: behindWaf(
      { methods: [method('GET', '/pets')] },
      {
        domains: [
          domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
        ],
      },
    ),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: waf,
  },
  {
    fact: 'WAF-8',
    when: 'a managed rule group, whose content nobody can read',
    account: behindWaf(
      { methods: [method('GET', '/pets')] },
      blocking(
        [
          {
            name: 'common',
            priority: 1,
            action: 'None',
            matches: 'managed group',
            managedGroup: 'AWSManagedRulesCommonRuleSet',
            ruleOverrides: {},
            blockStatus: null,
          },
        ],
        'Allow',
      ),
    ),
    request: get,
    expect: cannotTell('waf'),
  },
  {
    fact: 'ORD-8',
    when: 'a Cognito method: no token and a policy that denies, and the token is asked for first',
    account: guardedShop({ policy: policy(deny()) }),
    request: get,
    expect: unauthorized,
  },
  {
    fact: 'ORD-8',
    when: 'a Lambda method: no token and a policy that denies, and the policy speaks first',
    account: lambda({}, { policy: policy(deny()) }),
    request: get,
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy' },
  },
  {
    fact: 'ORD-8',
    when: 'an IAM method: no signature and a policy that denies, and the signature is asked for first',
    account: iam(policy(deny())),
    request: get,
    expect: { outcome: 'refused', status: 403, gate: 'authentication', cause: 'unsigned' },
  },
  {
    fact: 'ORD-8',
    when: 'an authorization type of the future',
    account: shop({ methods: [method('GET', '/pets', { authorizationType: 'NEW' })] }),
    request: get,
    expect: cannotTell('resource-policy'),
  },
  {
    fact: 'ORD-9',
    when: 'a bad token and no key: the authorizer answers',
    account: keyed({ methods: [keyedMethod], authorizers: [auth] }),
    request: get,
    identity: accessToken(POOL, []),
    expect: unauthorized,
  },
  {
    fact: 'ORD-9',
    when: 'a good token and a bad key: the usage plan answers',
    account: keyed({ methods: [keyedMethod], authorizers: [auth] }),
    request: get,
    identity: { ...idToken(POOL), apiKey: { id: 'key-other' } },
    expect: keyless,
  },
  {
    fact: 'KEY-6',
    when: 'keys by header, the default: the key that the call sends',
    account: keyed({ methods: [method('GET', '/pets', { apiKeyRequired: true })], apiKeySource: 'HEADER' }),
    request: get,
    identity: { ...ANONYMOUS, apiKey: { id: 'key-a' } },
    expect: admitted,
  },
  {
    fact: 'MSG-29',
    when: 'the answer of the data plane to a missing key: Forbidden, not the text of GetApiKey',
    account: keyed({ methods: [method('GET', '/pets', { apiKeyRequired: true })] }),
    request: get,
    expect: { ...keyless, errorType: 'ForbiddenException' },
  },
  {
    fact: 'KEY-10',
    when: 'a new stage beside the one that the plan names',
    account: keyed({
      methods: [method('GET', '/pets', { apiKeyRequired: true })],
      stages: ['prod', 'green'],
    }),
    request: request('GET', at('idshop', '/green/pets')),
    identity: { ...ANONYMOUS, apiKey: { id: 'key-a' } },
    expect: { ...keyless, cause: 'stage-in-no-plan' },
  },
  {
    fact: 'MSG-14',
    when: 'a signed caller whom the policy denies',
    account: iam(policy(deny())),
    request: get,
    identity: signedBy(role),
    expect: {
      outcome: 'refused',
      status: 403,
      responseType: 'ACCESS_DENIED',
      errorType: 'AccessDeniedException',
      gate: 'resource-policy',
      body: `{"Message":"User: ${role} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********4444:idshop/prod/GET/pets with an explicit deny in a resource-based policy"}`,
    },
  },
  {
    fact: 'MSG-15',
    when: 'an unsigned call of an IAM method',
    account: iam(),
    request: get,
    expect: {
      ...refused(403, 'authentication', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'),
      errorType: 'MissingAuthenticationTokenException',
    },
  },
  {
    fact: 'IAM-4',
    when: 'a signature, which is taken to hold',
    account: iam(policy(allow({ Principal: { AWS: role } }))),
    request: get,
    identity: signedBy(role),
    expect: admitted,
  },
  {
    fact: 'IAM-6',
    when: 'a signed call of an open method whose policy names the signer: the signature does not count',
    account: shop({ methods: [method('GET', '/pets')], policy: policy(allow({ Principal: { AWS: role } })) }),
    request: get,
    identity: signedBy(role),
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy' },
  },
  {
    fact: 'IAM-8',
    when: 'boundaries and organisation policies of the signer, which nobody reads here',
    account: iam(),
    request: get,
    identity: signedBy(role),
    expect: cannotTell('authorization'),
  },
  {
    fact: 'IAM-10',
    when: 'the role of an identity pool, whose permissions are not read',
    account: iam(),
    request: get,
    identity: signedBy(
      'arn:aws:sts::222233334444:assumed-role/Cognito_UnauthRole/CognitoIdentityCredentials',
    ),
    expect: cannotTell('authorization'),
  },
  {
    fact: 'IAM-9',
    when: 'a signature on an IAM method: it is taken off before the backend, whose answer is its own',
    account: iam(policy(allow({ Principal: { AWS: role } }))),
    request: get,
    identity: { ...signedBy(role), ownPolicies: 'allow' },
    expect: admitted,
  },
  ...['MSG-21', 'MSG-22', 'MSG-23', 'MSG-25', 'MSG-26', 'LAM-10', 'LAM-12'].map((fact) => ({
    fact,
    when: "the function's own answer, fresh or cached, which no configuration holds",
    account: lambda(),
    request: get,
    identity: bearer,
    expect: cannotTell('authorization'),
  })),
  {
    fact: 'MSG-35',
    when: 'a path so long that the ARN is over 1600 bytes',
    account: lambda({}, { methods: [custom('GET', '/{proxy+}', 'fn')] }),
    request: request('GET', at('idshop', `/prod/${'a'.repeat(1600)}`)),
    identity: allowing,
    expect: refused(414, 'authorization', 'Request URI too long'),
  },
  {
    fact: 'LAM-13',
    when: 'the longest path that fits',
    account: lambda({}, { methods: [custom('GET', '/{proxy+}', 'fn')] }),
    request: request(
      'GET',
      at(
        'idshop',
        `/prod/${'a'.repeat(1600 - 'arn:aws:execute-api:eu-west-1:222233334444:idshop/prod/GET/'.length)}`,
      ),
    ),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-13',
    when: 'the same path and one character more',
    account: lambda({}, { methods: [custom('GET', '/{proxy+}', 'fn')] }),
    request: request(
      'GET',
      at(
        'idshop',
        `/prod/${'a'.repeat(1601 - 'arn:aws:execute-api:eu-west-1:222233334444:idshop/prod/GET/'.length)}`,
      ),
    ),
    identity: allowing,
    expect: { outcome: 'refused', status: 414, gate: 'authorization', cause: 'uri-too-long' },
  },
  {
    fact: 'LAM-3',
    when: 'a path parameter as identity source, which no call has',
    account: lambda({ kind: 'REQUEST', identitySources: ['method.request.path.id'] }),
    request: get,
    identity: allowing,
    expect: { ...unauthorized, cause: 'identity-source-malformed' },
  },
  {
    fact: 'LAM-3',
    when: 'a context variable as identity source, which every call has',
    account: lambda({ kind: 'REQUEST', identitySources: ['context.httpMethod'] }),
    request: get,
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'LAM-5',
    when: 'a missing identity source while caching is off: refused all the same',
    account: lambda({ kind: 'REQUEST', identitySources: ['method.request.header.X-Tenant'], resultTtl: 0 }),
    request: get,
    identity: { ...ANONYMOUS, lambdaAuthorizer: 'allows' },
    expect: unauthorized,
  },
  {
    fact: 'LAM-8',
    when: 'a query parameter that this client left out',
    account: lambda({ kind: 'REQUEST', identitySources: ['method.request.querystring.tenant'] }),
    request: get,
    identity: allowing,
    expect: unauthorized,
  },
  {
    fact: 'LAM-16',
    when: 'an authorizer that calls no Lambda function',
    account: lambda({ uri: 'arn:aws:apigateway:eu-west-1:s3:path/bucket/key' }),
    request: get,
    identity: allowing,
    expect: cannotTell('authorization'),
  },
  {
    fact: 'LAM-18',
    when: 'a function of another account, whose policy is not read',
    account: lambda({
      uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:999988887777:function:fn/invocations',
    }),
    request: get,
    identity: allowing,
    expect: cannotTell('authorization'),
  },
  {
    fact: 'LAM-23',
    when: 'a policy about the path behind a base path: the base path is not part of the ARN',
    account: {
      ...lambda({}, { policy: policy(deny({ Resource: 'execute-api:/prod/GET/v1/pets' })) }),
      slices: account({
        functions: [lambdaFunction('fn', { policy: permission })],
        domains: [
          domainName('api.example.com', {
            mappings: [{ basePath: 'v1', restApiId: 'idshop', stage: 'prod' }],
          }),
        ],
      }).slices,
    },
    request: request('GET', onHost('api.example.com', '/v1/pets')),
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'MSG-34',
    when: 'a reload of a cached method by a caller who may not bypass the cache',
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
                    cachingEnabled: true,
                    requireAuthorizationForCacheControl: true,
                    unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
                  } as never,
                },
              },
            ),
          ],
        }),
      ],
    }),
    request: request('GET', pets, { headers: { 'cache-control': 'max-age=0' } }),
    expect: { outcome: 'refused', status: 403, responseType: null, body: null, gate: 'integration' },
  },
  ...['MSG-36', 'MIS-16', 'MIS-18'].map((fact) => ({
    fact,
    when: "a call that reaches the backend, whose own 401 or 403 is not API Gateway's",
    account: shop({ methods: [method('GET', '/pets')] }),
    request: get,
    expect: admitted,
  })),
  {
    fact: 'MIS-17',
    when: "a backend that is called with the caller's own credentials, and a caller who has none",
    account: shop({
      methods: [
        method('GET', '/pets', {
          integration: { type: 'AWS', uri: null, credentials: 'arn:aws:iam::*:user/*', answers: [] },
        }),
      ],
    }),
    request: get,
    expect: cannotTell('integration'),
  },
  {
    fact: 'MIS-20',
    when: 'headers of more than 10,240 bytes on a public API',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: request('GET', pets, { headers: { 'x-big': 'a'.repeat(10_240) } }),
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'headers-too-large' },
  },
  {
    fact: 'MIS-20',
    when: 'headers of 10,240 bytes, names and values together, on a public API',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: request('GET', pets, { headers: { 'x-big': 'a'.repeat(10_235) } }),
    expect: admitted,
  },
  {
    fact: 'MIS-20',
    when: 'a token of more than 10,240 bytes',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: get,
    identity: opaque('a'.repeat(10_241)),
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'headers-too-large' },
  },
  {
    fact: 'MIS-20',
    when: 'a JWT of more than 10,240 bytes',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: get,
    identity: sent(idToken(POOL), { value: new Secret('a'.repeat(10_241)) }),
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'headers-too-large' },
  },
  {
    fact: 'MIS-20',
    when: 'a token and a header of 10,240 bytes together',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: request('GET', pets, { headers: { 'x-big': 'a'.repeat(10_135) } }),
    identity: opaque('a'.repeat(100)),
    expect: admitted,
  },
  {
    fact: 'MIS-20',
    when: 'headers of more than 8,000 bytes on a private API',
    account: inner(policy(allow())),
    request: { ...fromVpc, headers: { 'x-big': 'a'.repeat(7_996) } },
    expect: { outcome: 'refused', status: null, gate: 'endpoint', cause: 'headers-too-large' },
  },
  {
    fact: 'MIS-20',
    when: 'headers of 8,000 bytes on a private API',
    account: inner(policy(allow())),
    request: { ...fromVpc, headers: { 'x-big': 'a'.repeat(7_995) } },
    expect: { outcome: 'refused', gate: 'resource-policy' },
  },
  {
    fact: 'MIS-17',
    when: "a backend that is called with the caller's own credentials, and a caller who has some",
    account: shop({
      methods: [
        method('GET', '/pets', {
          authorizationType: 'AWS_IAM',
          integration: { type: 'AWS', uri: null, credentials: 'arn:aws:iam::*:user/*', answers: [] },
        }),
      ],
      policy: policy(allow()),
    }),
    request: get,
    identity: signedBy(role),
    expect: admitted,
  },
  {
    fact: 'MIS-19',
    when: 'a client library that puts the token into Authorization, and an authorizer that reads X-Auth',
    account: guardedShop({
      authorizers: [
        cognitoAuthorizer('auth', [poolArn(POOL)], { identitySources: ['method.request.header.X-Auth'] }),
      ],
    }),
    request: request('GET', pets, { headers: { authorization: 'Bearer abc' } }),
    expect: { ...unauthorized, cause: 'token-missing' },
  },
  ...(
    [
      ['GET', idToken(POOL), admitted],
      [
        'POST',
        idToken(POOL),
        { outcome: 'refused', status: 403, gate: 'authentication', cause: 'bearer-for-iam' },
      ],
    ] as const
  ).map(([verb, identity, expected]) => ({
    fact: 'MIS-23',
    when: `one resource, GET for tokens and POST for signatures: ${verb} with a token`,
    account: guardedShop({
      methods: [guarded('GET', '/pets', 'auth'), method('POST', '/pets', { authorizationType: 'AWS_IAM' })],
    }),
    request: request(verb, pets),
    identity,
    expect: expected,
  })),
  {
    fact: 'MIS-3',
    when: 'the stage left out: the first segment of the path is taken for one',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: request('GET', at('idshop', '/pets')),
    expect: refused(403, 'stage', 'Forbidden'),
  },
  {
    fact: 'MIS-4',
    when: 'the stage kept on a custom domain',
    account: shop(
      { methods: [method('GET', '/pets')] },
      {
        domains: [
          domainName('api.example.com', { mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }] }),
        ],
      },
    ),
    request: request('GET', onHost('api.example.com', '/prod/pets')),
    expect: refused(403, 'route', 'Missing Authentication Token', 'MISSING_AUTHENTICATION_TOKEN'),
  },
  ...[
    ['MIS-11', 'www.example.com'],
    ['MIS-12', 'd1.cloudfront.net'],
    ['MIS-13', 'd2.cloudfront.net'],
    ['MIS-13', 'd3.cloudfront.net'],
  ].map(([fact = '', host = '']) => ({
    fact,
    when: 'a CloudFront name: what it forwards decides, so the origin has to be asked about',
    account: account({
      distributions: [
        { id: 'E1', domainName: 'd1.cloudfront.net', aliases: [] },
        { id: 'E2', domainName: 'd2.cloudfront.net', aliases: ['www.example.com'] },
      ] as never,
    }),
    request: request('GET', onHost(host, '/pets')),
    expect: cannotTell('endpoint'),
  })),
  {
    fact: 'MIS-24',
    when: 'the id of an API that was made anew since',
    account: shop({ methods: [method('GET', '/pets')] }),
    request: request('GET', at('idformer', '/prod/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'GWR-2',
    when: 'a gateway response that only the draft has',
    account: shop({
      methods: [guarded('GET', '/pets', 'auth')],
      authorizers: [auth],
      gatewayResponses: [gatewayResponse('UNAUTHORIZED', { status: 404 })],
      stages: [stage('prod', { methods: [guarded('GET', '/pets', 'auth')], authorizers: [auth] })],
    }),
    request: get,
    expect: unauthorized,
  },
  {
    fact: 'CRS-14',
    when: 'a stage that is not there, on an API that customises every answer',
    account: shop({
      methods: [method('GET', '/pets')],
      gatewayResponses: [gatewayResponse('DEFAULT_4XX', { status: 404 })],
    }),
    request: request('GET', at('idshop', '/gone/pets')),
    expect: refused(403, 'stage', 'Forbidden'),
  },
  {
    fact: 'DOM-12',
    when: 'a client certificate of which nothing is known',
    account: shop(
      { methods: [method('GET', '/pets')] },
      {
        domains: [
          domainName('api.example.com', {
            mutualTls: { truststoreUri: 's3://certs/bundle.pem', truststoreVersion: null, warnings: [] },
            mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
          }),
        ],
      },
    ),
    request: request('GET', onHost('api.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-13',
    when: 'a trusted certificate and a truststore with warnings',
    account: shop(
      { methods: [method('GET', '/pets')] },
      {
        domains: [
          domainName('api.example.com', {
            mutualTls: {
              truststoreUri: 's3://certs/bundle.pem',
              truststoreVersion: null,
              warnings: ['bad entry'],
            },
            mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
          }),
        ],
      },
    ),
    request: request('GET', onHost('api.example.com', '/pets'), { clientCertificate: 'trusted' }),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-20',
    when: 'two private domains of one name',
    account: account({
      domains: ['a', 'b'].map((id) => ({
        ...domainName('in.example.com', { endpointTypes: ['PRIVATE'] }),
        id,
      })),
    }),
    request: request('GET', onHost('in.example.com', '/pets')),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'DOM-23',
    when: 'a private domain that is mapped to a public API',
    account: shop(
      { methods: [method('GET', '/pets')] },
      {
        domains: [
          {
            ...domainName('in.example.com', {
              endpointTypes: ['PRIVATE'],
              mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
            }),
            policy: policy(allow()),
          },
        ],
      },
    ),
    request: request('GET', onHost('in.example.com', '/pets')),
    expect: { outcome: 'refused', status: null, gate: 'endpoint' },
  },
  {
    fact: 'COG-4',
    when: 'a missing scope: 401, and not the 403 of HTTP APIs',
    account: guardedShop({ methods: [guarded('GET', '/pets', 'auth', ['shop/read'])] }),
    request: get,
    identity: accessToken(POOL, ['shop/write']),
    expect: refused(401, 'authorization', 'Unauthorized', 'UNAUTHORIZED'),
  },
  {
    fact: 'COG-10',
    when: 'scopes on a method without authorizer, which mean nothing',
    account: shop({ methods: [method('GET', '/pets', { scopes: ['shop/read'] })] }),
    request: get,
    expect: admitted,
  },
  {
    fact: 'COG-14',
    when: 'an expression on a Cognito authorizer, matched against the audience and not the header',
    account: guardedShop({
      authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: '^client-web$' })],
    }),
    request: get,
    identity: idToken(POOL),
    expect: admitted,
  },
  {
    fact: 'COG-27',
    when: 'a token that was revoked and has not expired: API Gateway asks nobody',
    account: guardedShop(),
    request: get,
    identity: idToken(POOL),
    expect: admitted,
  },
  {
    fact: 'COG-31',
    when: 'a Cognito method whose authorizer is a Lambda one',
    account: guardedShop({ methods: [guarded('GET', '/pets', 'fn')], authorizers: [lambdaAuthorizer('fn')] }),
    request: get,
    identity: idToken(POOL),
    expect: { outcome: 'refused', status: null, gate: 'authentication', cause: 'authorizer-type-mismatch' },
  },
  {
    fact: 'CLI-5',
    when: 'an access token without an audience where none is asked for',
    account: guardedShop({ methods: [guarded('GET', '/pets', 'auth', ['shop/read'])] }),
    request: get,
    identity: accessToken(POOL, ['shop/read'], { audience: null }),
    expect: admitted,
  },
  {
    fact: 'CLI-22',
    when: 'an access token of a sign-in that was revoked',
    account: guardedShop({ methods: [guarded('GET', '/pets', 'auth', ['aws.cognito.signin.user.admin'])] }),
    request: get,
    identity: accessToken(POOL, ['aws.cognito.signin.user.admin']),
    expect: admitted,
  },
  {
    fact: 'POL-30',
    when: 'an address that may be that of a CloudFront edge: the policy sees the one that connects',
    account: shop({
      methods: [method('GET', '/pets')],
      policy: policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })),
    }),
    request: get,
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy' },
  },
  {
    fact: 'POL-8',
    when: 'a policy that allows all, and a function that may be silent: what it answers decides only by a Deny',
    account: lambda({}, { policy: policy(allow()) }),
    request: get,
    identity: allowing,
    expect: admitted,
  },
  {
    fact: 'DEP-11',
    when: 'an authorizer that could not be read',
    account: account({
      restApis: [
        restApi('shop', {
          stages: [
            stage('prod', {
              methods: [guarded('GET', '/pets', 'auth')],
              authorizers: {
                state: 'unreadable',
                because: 'broken',
                operation: 'GetExport',
                subject: 'prod',
                detail: 'GetExport broke',
              },
            }),
          ],
        }),
      ],
      userPools: [pool],
    }),
    request: get,
    identity: idToken(POOL),
    expect: cannotTell('authentication'),
  },
  {
    fact: 'COG-30',
    when: 'a method whose authorizer is not in the deployment',
    account: shop({ methods: [guarded('GET', '/pets', 'gone')] }),
    request: get,
    identity: idToken(POOL),
    expect: { outcome: 'refused', status: null, gate: 'authentication', cause: 'authorizer-missing' },
  },
  {
    fact: 'COG-30',
    when: 'a method that names no authorizer',
    account: shop({ methods: [method('GET', '/pets', { authorizationType: 'CUSTOM' })] }),
    request: get,
    identity: idToken(POOL),
    expect: { outcome: 'refused', status: null, gate: 'authentication', cause: 'authorizer-missing' },
  },
  {
    fact: 'COG-30',
    when: 'a deployment that keeps an authorizer which the draft has lost',
    account: shop({
      methods: [guarded('GET', '/pets', 'lost')],
      stages: [
        {
          ...stage('prod'),
          snapshot: snapshot({ methods: [guarded('GET', '/pets', 'auth')], authorizers: [auth] }),
        },
      ],
    }),
    request: get,
    identity: idToken(POOL),
    expect: admitted,
  },
]);
