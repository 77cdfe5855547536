import { bestAnswers, reachOf, whyUnreachable } from '../../lambda/gateway/reach';
import { VERBS } from '../../lambda/gateway/policy/verbs';
import type { Account } from '../../lambda/model/account';
import { deploymentsOf, type Deployment } from '../../lambda/model/deployment';
import type { DomainName, RoutingRule } from '../../lambda/model/edge';
import { valueOr } from '../../lambda/model/known';
import type { Method } from '../../lambda/model/method';
import {
  account,
  allow,
  apiKey,
  appClient,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  deny,
  domainName,
  guarded,
  lambdaAuthorizer,
  lambdaFunction,
  machineClient,
  method,
  policy,
  poolArn,
  restApi,
  usagePlan,
  userPool,
  vpcEndpoint,
  webClient,
} from '../support/build';
import { expectGolden } from '../support/golden';

const POOL = 'eu-west-1_Pets';
const READ = { resourceServers: [{ identifier: 'shop', scopeNames: ['read'] }] };

const only = (given: Account): readonly [Deployment, Method] => {
  const [api] = given.restApis.state === 'known' ? given.restApis.value : [];
  const [stage] = api?.stages.state === 'known' ? api.stages.value : [];
  const [deployment] = api === undefined || stage === undefined ? [] : deploymentsOf(api, stage);
  const [first] = deployment?.methods.state === 'known' ? deployment.methods.value : [];
  if (deployment === undefined || first === undefined) throw new Error('one API, one stage, one method');
  return [deployment, first];
};

const shop = (
  one: Method,
  shared: Parameters<typeof account>[0] = {},
  given: Parameters<typeof restApi>[1] = {},
): Account =>
  account({
    restApis: [
      restApi('shop', {
        methods: [one],
        authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)]), lambdaAuthorizer('fn')],
        ...given,
      }),
    ],
    ...shared,
  });

const permitted = lambdaFunction('fn', {
  policy: policy({ Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: '*' }),
});
const read = guarded('GET', '/pets', 'auth', ['shop/read']);
const closed = { disableExecuteApiEndpoint: true };
const byRule = (...rules: readonly Partial<RoutingRule>[]) => ({
  domains: [
    domainName('api.example.com', {
      routingMode: 'ROUTING_RULE_ONLY',
      routingRules: rules.map((rule) => ({
        id: 'rule',
        priority: 1,
        basePaths: [],
        headers: [],
        restApiId: 'idshop',
        stage: 'prod',
        stripBasePath: true,
        ...rule,
      })),
    }),
  ],
});
const privately = (policyText: string) => ({ endpointTypes: ['PRIVATE'], policy: policyText });
const endpoints = (...statements: readonly object[]) => ({
  vpcEndpoints: [vpcEndpoint('vpce-1', statements.length === 0 ? {} : { policy: policy(...statements) })],
});
const keyed = { apiKeyRequired: true };
const signed = { authorizationType: 'AWS_IAM' };
const onDomain = (restApiId: string, stage: string | null = 'prod') => ({
  domains: [domainName('api.example.com', { mappings: [{ basePath: 'v1', restApiId, stage }] })],
});

const rows: readonly (readonly [string, Account, ReturnType<typeof reachOf>, readonly string[]])[] = [
  ['an open method', shop(method('GET', '/pets')), 'reachable', []],
  ['an IAM method', shop(method('GET', '/pets', { authorizationType: 'AWS_IAM' })), 'reachable', []],
  [
    'a pool whose client signs in',
    shop(guarded('GET', '/pets', 'auth'), { userPools: [userPool(POOL, { clients: [appClient('web')] })] }),
    'reachable',
    [],
  ],
  [
    'a pool without clients',
    shop(guarded('GET', '/pets', 'auth'), { userPools: [userPool(POOL)] }),
    'unreachable',
    ['authentication no-token'],
  ],
  [
    'a machine client and a method for ID tokens',
    shop(guarded('GET', '/pets', 'auth'), {
      userPools: [userPool(POOL, { ...READ, clients: [machineClient('job', ['shop/read'])] })],
    }),
    'unreachable',
    ['authentication access-token-for-id'],
  ],
  [
    'a machine client with the scope',
    shop(read, { userPools: [userPool(POOL, { ...READ, clients: [machineClient('job', ['shop/read'])] })] }),
    'reachable',
    [],
  ],
  [
    'the same while the resource servers could not be read',
    shop(read, {
      userPools: [
        userPool(POOL, {
          resourceServers: denied('ListResourceServers'),
          clients: [machineClient('job', ['shop/read'])],
        }),
      ],
    }),
    'cannot-tell',
    [],
  ],
  [
    'a scope of OpenID Connect while the resource servers could not be read',
    shop(guarded('GET', '/pets', 'auth', ['openid']), {
      userPools: [
        userPool(POOL, {
          resourceServers: denied('ListResourceServers'),
          clients: [webClient('web', ['openid'])],
        }),
      ],
    }),
    'reachable',
    [],
  ],
  [
    'a scope that the client may not have, while the resource servers could not be read',
    shop(read, {
      userPools: [
        userPool(POOL, {
          resourceServers: denied('ListResourceServers'),
          clients: [webClient('web', ['openid'])],
        }),
      ],
    }),
    'cannot-tell',
    [],
  ],
  [
    'clients that sign in through the SDK only',
    shop(read, { userPools: [userPool(POOL, { ...READ, clients: [appClient('web')] })] }),
    'unreachable',
    ['authorization scope-missing'],
  ],
  [
    'the same with a trigger that may add scopes',
    shop(read, {
      userPools: [userPool(POOL, { ...READ, preTokenGeneration: 'V2_0', clients: [appClient('web')] })],
    }),
    'cannot-tell',
    [],
  ],
  [
    'a scope that the client may have, if it is defined at all, beside such a trigger',
    shop(read, {
      userPools: [
        userPool(POOL, {
          preTokenGeneration: 'V2_0',
          resourceServers: denied('ListResourceServers'),
          clients: [webClient('web', ['shop/read'])],
        }),
      ],
    }),
    'cannot-tell',
    [],
  ],
  [
    'the same beside a client that could not be read',
    shop(read, {
      userPools: [
        userPool(POOL, {
          ...READ,
          clients: [appClient('web'), appClient('x', denied('DescribeUserPoolClient'))],
        }),
      ],
    }),
    'cannot-tell',
    [],
  ],
  [
    'a scope that nothing defines, whatever a client is that could not be read',
    shop(guarded('GET', '/pets', 'auth', ['shop/gone']), {
      userPools: [
        userPool(POOL, {
          ...READ,
          clients: [appClient('web'), appClient('x', denied('DescribeUserPoolClient'))],
        }),
      ],
    }),
    'unreachable',
    ['authorization scope-missing'],
  ],
  [
    'a pool without clients while its resource servers could not be read',
    shop(read, { userPools: [userPool(POOL, { resourceServers: denied('ListResourceServers') })] }),
    'unreachable',
    ['authentication no-token'],
  ],
  [
    'a pool whose clients could not be read',
    shop(read, { userPools: [userPool(POOL, { ...READ, clients: denied('ListUserPoolClients') })] }),
    'cannot-tell',
    [],
  ],
  [
    'an expression that matches the second of two clients',
    shop(
      guarded('GET', '/pets', 'auth'),
      { userPools: [userPool(POOL, { clients: [webClient('a', ['openid']), webClient('b', ['openid'])] })] },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-b' })] },
    ),
    'reachable',
    [],
  ],
  [
    'a pool of another account',
    shop(
      guarded('GET', '/pets', 'auth'),
      {},
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL, 'eu-west-1', '999988887777')])] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'pools that could not be read',
    shop(guarded('GET', '/pets', 'auth'), { userPools: denied('ListUserPools') }),
    'cannot-tell',
    [],
  ],
  [
    'a replica of a pool of another Region, whose issuer is not known',
    shop(
      guarded('GET', '/pets', 'auth'),
      { userPools: [userPool('us-east-1_Pets', { clients: [appClient('web')] })] },
      { authorizers: [cognitoAuthorizer('auth', [poolArn('us-east-1_Pets')])] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'two pools, of which the second has a client',
    shop(
      guarded('GET', '/pets', 'auth'),
      { userPools: [userPool('eu-west-1_Cats'), userPool(POOL, { clients: [appClient('web')] })] },
      { authorizers: [cognitoAuthorizer('auth', [poolArn('eu-west-1_Cats'), poolArn(POOL)])] },
    ),
    'reachable',
    [],
  ],
  [
    'a pool with a client beside one that a stage variable names that is not there',
    shop(
      guarded('GET', '/pets', 'auth'),
      { userPools: [userPool(POOL, { clients: [appClient('web')] })] },
      {
        authorizers: [
          cognitoAuthorizer('auth', [
            poolArn(POOL),
            'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
          ]),
        ],
      },
    ),
    'cannot-tell',
    [],
  ],
  [
    'a pool with the updated issuer, whatever the scopes are that could not be read',
    shop(
      { ...guarded('GET', '/pets', 'auth'), scopes: denied('GetExport') },
      { userPools: [userPool(POOL, { issuerType: 'UPDATED', clients: [appClient('web')] })] },
    ),
    'unreachable',
    ['authentication issuer-updated'],
  ],
  [
    'the updated issuer beside a client that could not be read',
    shop(guarded('GET', '/pets', 'auth'), {
      userPools: [
        userPool(POOL, {
          issuerType: 'UPDATED',
          clients: [appClient('x', denied('DescribeUserPoolClient'))],
        }),
      ],
    }),
    'unreachable',
    ['authentication no-token'],
  ],
  [
    'an audience that access tokens do not have',
    shop(
      read,
      { userPools: [userPool(POOL, { ...READ, clients: [machineClient('job', ['shop/read'])] })] },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-job' })] },
    ),
    'unreachable',
    ['authentication audience-missing'],
  ],
  [
    'the same where resource binding may set one',
    shop(
      guarded('GET', '/pets', 'auth', ['http://shop.example.com/read']),
      {
        userPools: [
          userPool(POOL, {
            resourceServers: [{ identifier: 'http://shop.example.com', scopeNames: ['read'] }],
            clients: [machineClient('job', ['http://shop.example.com/read'])],
          }),
        ],
      },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-job' })] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'an audience of which it cannot be told, and a scope that the client has not',
    shop(
      guarded('GET', '/pets', 'auth', ['https://shop.example.com/write']),
      {
        userPools: [
          userPool(POOL, {
            resourceServers: [{ identifier: 'https://shop.example.com', scopeNames: ['read', 'write'] }],
            clients: [machineClient('job', ['https://shop.example.com/read'])],
          }),
        ],
      },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-job' })] },
    ),
    'unreachable',
    ['authorization scope-missing'],
  ],
  [
    'an expression for a client that could not be read',
    shop(
      guarded('GET', '/pets', 'auth'),
      {
        userPools: [
          userPool(POOL, { clients: [appClient('a'), appClient('x', denied('DescribeUserPoolClient'))] }),
        ],
      },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { validationExpression: 'client-x' })] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'a Lambda authorizer that may be invoked',
    shop(custom('GET', '/pets', 'fn'), { functions: [permitted] }),
    'reachable',
    [],
  ],
  [
    'one that may not',
    shop(custom('GET', '/pets', 'fn'), { functions: [lambdaFunction('fn')] }),
    'unreachable',
    ['authorization invoke-not-permitted'],
  ],
  [
    'one with an expression that fits no usual token',
    shop(
      custom('GET', '/pets', 'fn'),
      { functions: [permitted] },
      { authorizers: [lambdaAuthorizer('fn', { validationExpression: '^secret-[0-9]{8}$' })] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'a key that opens the stage',
    shop(method('GET', '/pets', { apiKeyRequired: true }), {
      apiKeys: [apiKey('a')],
      usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])],
    }),
    'reachable',
    [],
  ],
  [
    'a stage in no plan',
    shop(method('GET', '/pets', { apiKeyRequired: true }), { apiKeys: [apiKey('a')] }),
    'unreachable',
    ['api-key stage-in-no-plan'],
  ],
  [
    'two faults at once',
    shop(
      { ...guarded('GET', '/pets', 'auth'), apiKeyRequired: { state: 'known', value: true } },
      { userPools: [userPool(POOL)] },
    ),
    'unreachable',
    ['authentication no-token', 'api-key stage-in-no-plan'],
  ],
  [
    'a disabled default endpoint and no domain',
    shop(method('GET', '/pets'), {}, closed),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  ['the same with a mapping', shop(method('GET', '/pets'), onDomain('idshop'), closed), 'reachable', []],
  [
    'the same with a mapping whose stage is in the path',
    shop(method('GET', '/pets'), onDomain('idshop', null), closed),
    'reachable',
    [],
  ],
  [
    'the same with a mapping of another stage',
    shop(method('GET', '/pets'), onDomain('idshop', 'beta'), closed),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  [
    'the same while the domains could not be read',
    shop(method('GET', '/pets'), { domains: denied('GetDomainNames') }, closed),
    'cannot-tell',
    [],
  ],
  [
    'a private API through an own endpoint',
    shop(
      method('GET', '/pets'),
      { vpcEndpoints: [vpcEndpoint('vpce-1')] },
      { endpointTypes: ['PRIVATE'], policy: policy(allow()) },
    ),
    'reachable',
    [],
  ],
  [
    'a private API whose endpoints may be elsewhere',
    shop(method('GET', '/pets'), {}, { endpointTypes: ['PRIVATE'], policy: policy(allow()) }),
    'cannot-tell',
    [],
  ],
  [
    'a policy that allows nobody',
    shop(method('GET', '/pets'), {}, { policy: policy(allow({ Resource: 'execute-api:/beta/*' })) }),
    'unreachable',
    ['resource-policy policy-allows-not'],
  ],
  [
    'a routing rule that leads to the stage, asks for a header and takes the base path off',
    shop(
      method('GET', '/pets'),
      byRule({ headers: [{ name: 'X-Beta', glob: 'yes*' }], basePaths: ['v1'] }),
      closed,
    ),
    'reachable',
    [],
  ],
  [
    'a routing rule that leaves the base path in the path, which the API does not have',
    shop(method('GET', '/pets'), byRule({ basePaths: ['v1'], stripBasePath: false }), closed),
    'cannot-tell',
    [],
  ],
  [
    'the same where the API has it',
    shop(method('GET', '/v1/pets'), byRule({ basePaths: ['v1'], stripBasePath: false }), closed),
    'reachable',
    [],
  ],
  [
    'a mapping beside a domain that could not be read',
    shop(
      method('GET', '/pets'),
      {
        domains: [
          domainName('shut.example.com', { mappings: denied('GetBasePathMappings') }),
          ...onDomain('idshop').domains,
        ],
      },
      closed,
    ),
    'reachable',
    [],
  ],
  ['a routing rule that takes every call', shop(method('GET', '/pets'), byRule({}), closed), 'reachable', []],
  [
    'the same while it leaves paths as they are',
    shop(method('GET', '/pets'), byRule({ stripBasePath: false }), closed),
    'reachable',
    [],
  ],
  [
    'a routing rule on a domain that goes by mappings only',
    shop(
      method('GET', '/pets'),
      { domains: [{ ...byRule({}).domains[0], routingMode: 'BASE_PATH_MAPPING_ONLY' } as DomainName] },
      closed,
    ),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  [
    'a routing rule behind one of the same API that leaves the base path in the path',
    shop(
      method('GET', '/pets'),
      byRule(
        { priority: 1, basePaths: ['v1'], stripBasePath: false },
        { priority: 2, basePaths: ['v1'], stripBasePath: true },
      ),
      closed,
    ),
    'cannot-tell',
    [],
  ],
  [
    'a mapping below a base path that a longer one of the same API takes',
    shop(
      method('GET', '/pets'),
      {
        domains: [
          domainName('api.example.com', {
            mappings: [
              { basePath: 'v1', restApiId: 'idshop', stage: null },
              { basePath: 'v1/prod', restApiId: 'idshop', stage: 'beta' },
            ],
          }),
        ],
      },
      closed,
    ),
    'cannot-tell',
    [],
  ],
  [
    'a routing rule that leads elsewhere',
    shop(method('GET', '/pets'), byRule({ restApiId: 'idother' }), closed),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  [
    'a routing rule behind one that takes every call',
    shop(method('GET', '/pets'), byRule({ priority: 2 }, { restApiId: 'idother', priority: 1 }), closed),
    'cannot-tell',
    [],
  ],
  [
    'a mapping that serves nothing, as only rules route',
    shop(
      method('GET', '/pets'),
      { domains: [{ ...onDomain('idshop').domains[0], routingMode: 'ROUTING_RULE_ONLY' } as DomainName] },
      closed,
    ),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  [
    'routing rules that could not be read',
    shop(
      method('GET', '/pets'),
      {
        domains: [
          domainName('api.example.com', {
            routingMode: 'ROUTING_RULE_ONLY',
            routingRules: denied('ListRoutingRules'),
          }),
        ],
      },
      closed,
    ),
    'cannot-tell',
    [],
  ],
  [
    'mappings that could not be read',
    shop(
      method('GET', '/pets'),
      { domains: [domainName('api.example.com', { mappings: denied('GetBasePathMappings') })] },
      closed,
    ),
    'cannot-tell',
    [],
  ],
  [
    'a mapping on a domain that is not available',
    shop(
      method('GET', '/pets'),
      { domains: [{ ...onDomain('idshop').domains[0], status: 'PENDING' } as DomainName] },
      closed,
    ),
    'cannot-tell',
    [],
  ],
  [
    'a private domain, which leads to no public API',
    shop(
      method('GET', '/pets'),
      { domains: [{ ...onDomain('idshop').domains[0], endpointTypes: ['PRIVATE'] } as DomainName] },
      closed,
    ),
    'unreachable',
    ['endpoint default-endpoint-disabled'],
  ],
  [
    'an authorization type that could not be read',
    shop(method('GET', '/pets', { authorizationType: denied('GetExport') })),
    'cannot-tell',
    [],
  ],
  [
    'an authorization type of the future',
    shop(method('GET', '/pets', { authorizationType: 'PASSKEY' })),
    'cannot-tell',
    [],
  ],
  [
    'a signed caller of the account',
    shop(method('GET', '/pets', { authorizationType: 'AWS_IAM' })),
    'reachable',
    [],
  ],
  [
    'a policy that could not be read',
    shop(method('GET', '/pets'), {}, { policy: denied('GetExport') }),
    'cannot-tell',
    [],
  ],
  [
    'a policy that denies everybody',
    shop(method('GET', '/pets'), {}, { policy: policy(allow(), { ...allow(), Effect: 'Deny' }) }),
    'unreachable',
    ['resource-policy policy-denies'],
  ],
  [
    'whether a key is needed could not be read',
    shop(method('GET', '/pets', { apiKeyRequired: denied('GetExport') })),
    'cannot-tell',
    [],
  ],
  [
    'a plan with a disabled key only',
    shop(method('GET', '/pets', { apiKeyRequired: true }), {
      apiKeys: [apiKey('off', false)],
      usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-off'])],
    }),
    'unreachable',
    ['api-key plan-without-key'],
  ],
  [
    'usage plans that could not be read',
    shop(method('GET', '/pets', { apiKeyRequired: true }), { usagePlans: denied('GetUsagePlans') }),
    'cannot-tell',
    [],
  ],
  [
    'keys that an authorizer gives, on a method without one',
    shop(
      method('GET', '/pets', { apiKeyRequired: true }),
      { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
      { apiKeySource: 'AUTHORIZER' },
    ),
    'unreachable',
    ['api-key key-source-unsatisfiable'],
  ],
  [
    'the same with one',
    shop(
      custom('GET', '/pets', 'fn', { apiKeyRequired: true }),
      {
        functions: [permitted],
        apiKeys: [apiKey('a')],
        usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])],
      },
      { apiKeySource: 'AUTHORIZER' },
    ),
    'reachable',
    [],
  ],
  [
    'the same while the authorization type could not be read',
    shop(
      method('GET', '/pets', { apiKeyRequired: true, authorizationType: denied('GetExport') }),
      { apiKeys: [apiKey('a')], usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])] },
      { apiKeySource: 'AUTHORIZER' },
    ),
    'cannot-tell',
    [],
  ],
  [
    'a stage in no plan, whatever the authorization type is that could not be read',
    shop(
      method('GET', '/pets', { ...keyed, authorizationType: denied('GetExport') }),
      { apiKeys: [apiKey('a')] },
      { apiKeySource: 'AUTHORIZER' },
    ),
    'unreachable',
    ['api-key stage-in-no-plan'],
  ],
  [
    'an authorizer that could not be read',
    shop(method('GET', '/pets', { authorizationType: 'CUSTOM', authorizer: denied('GetExport') })),
    'cannot-tell',
    [],
  ],
  [
    'an authorizer of the wrong kind',
    shop(custom('GET', '/pets', 'auth')),
    'unreachable',
    ['authentication authorizer-type-mismatch'],
  ],
  [
    'a Cognito authorizer that reads no header',
    shop(
      guarded('GET', '/pets', 'auth'),
      { userPools: [userPool(POOL, { clients: [appClient('web')] })] },
      { authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)], { identitySources: ['context.x'] })] },
    ),
    'unreachable',
    ['authentication identity-source-malformed'],
  ],
  [
    'a Cognito authorizer whose only pool a stage variable names that is not there',
    shop(
      guarded('GET', '/pets', 'auth'),
      {},
      {
        authorizers: [
          cognitoAuthorizer('auth', [
            'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}',
          ]),
        ],
      },
    ),
    'unreachable',
    ['authentication stage-variable-undefined'],
  ],
  [
    'a pool that is gone',
    shop(guarded('GET', '/pets', 'auth'), { userPools: [deletedPool(POOL)] }),
    'unreachable',
    ['authentication no-token'],
  ],
  [
    'scopes that could not be read',
    shop(
      { ...guarded('GET', '/pets', 'auth'), scopes: denied('GetExport') },
      { userPools: [userPool(POOL, { clients: [appClient('web')] })] },
    ),
    'cannot-tell',
    [],
  ],
  [
    'the same where no client obtains a token of either kind',
    shop(
      { ...guarded('GET', '/pets', 'auth'), scopes: denied('GetExport') },
      {
        userPools: [
          userPool(POOL, {
            clients: [appClient('old', { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })],
          }),
        ],
      },
    ),
    'cannot-tell',
    [],
  ],
  [
    'the scope email, of which a test saw another answer',
    shop(guarded('GET', '/pets', 'auth', ['email']), {
      userPools: [userPool(POOL, { clients: [webClient('web', ['openid', 'email'])] })],
    }),
    'cannot-tell',
    [],
  ],
  [
    'a Lambda authorizer with an expression that no header can match',
    shop(
      custom('GET', '/pets', 'fn'),
      { functions: [permitted] },
      { authorizers: [lambdaAuthorizer('fn', { validationExpression: 'Bearer$.+' })] },
    ),
    'unreachable',
    ['authentication validation-mismatch'],
  ],
  [
    'a Lambda authorizer with an expression that fits a JWT without a word in front',
    shop(
      custom('GET', '/pets', 'fn'),
      { functions: [permitted] },
      { authorizers: [lambdaAuthorizer('fn', { validationExpression: '^eyJ[^.]+[.][^.]+[.].+$' })] },
    ),
    'reachable',
    [],
  ],
  [
    'a Lambda authorizer whose token source is no header',
    shop(
      custom('GET', '/pets', 'fn'),
      { functions: [permitted] },
      {
        authorizers: [
          lambdaAuthorizer('fn', {
            identitySources: ['method.request.cookie.session'],
            validationExpression: '^eyJ.+$',
          }),
        ],
      },
    ),
    'unreachable',
    ['authentication identity-source-malformed'],
  ],
  [
    'a Lambda authorizer that wants a header, a query parameter and a stage variable, all of which can be there',
    shop(
      custom('GET', '/pets', 'fn'),
      { functions: [permitted] },
      {
        authorizers: [
          lambdaAuthorizer('fn', {
            kind: 'REQUEST',
            identitySources: ['method.request.header.X-Auth', 'method.request.querystring.tenant'],
          }),
        ],
      },
    ),
    'reachable',
    [],
  ],
  [
    'a private API whose endpoint admits, and whose policy wants another endpoint',
    shop(
      method('GET', '/pets'),
      { vpcEndpoints: [vpcEndpoint('vpce-1')] },
      {
        endpointTypes: ['PRIVATE'],
        policy: policy(allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-2' } } })),
      },
    ),
    'cannot-tell',
    [],
  ],
  [
    'a private API of IAM methods through an own endpoint',
    shop(
      method('GET', '/pets', { authorizationType: 'AWS_IAM' }),
      {
        vpcEndpoints: [
          vpcEndpoint('vpce-1', { policy: policy(allow({ Principal: { AWS: '222233334444' } })) }),
        ],
      },
      { endpointTypes: ['PRIVATE'], policy: policy(allow()) },
    ),
    'reachable',
    [],
  ],
  [
    'a private API through an endpoint that lets calls of this method only pass',
    shop(
      method('ANY', '/pets/{id}'),
      endpoints(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idshop/prod/GET/pets/*' })),
      privately(policy(allow())),
    ),
    'reachable',
    [],
  ],
  [
    'a private API through an endpoint that lets calls of another API only pass',
    shop(
      method('GET', '/pets'),
      endpoints(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idother/*' })),
      privately(policy(allow())),
    ),
    'cannot-tell',
    [],
  ],
  [
    'a private API that this endpoint and its VPC may call with POST',
    shop(
      method('POST', '/pets'),
      endpoints(),
      privately(
        policy(
          allow({
            Resource: 'execute-api:/prod/POST/*',
            Condition: {
              StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-of-vpce-1' },
            },
          }),
        ),
      ),
    ),
    'reachable',
    [],
  ],
  [
    'a private API that callers of the account may call, and nobody unsigned',
    shop(
      method('GET', '/pets', signed),
      endpoints(),
      privately(policy(allow({ Principal: { AWS: '222233334444' } }))),
    ),
    'reachable',
    [],
  ],
  [
    'a private API whose policy has a Deny of something else and no Allow, before a Lambda authorizer',
    shop(
      custom('GET', '/pets', 'fn'),
      { ...endpoints(), functions: [permitted] },
      privately(policy(deny({ Resource: 'execute-api:/prod/GET/admin' }))),
    ),
    'reachable',
    [],
  ],
  [
    'a private API whose method has an authorization type that could not be read',
    shop(
      method('GET', '/pets', { authorizationType: denied('GetExport') }),
      endpoints(),
      privately(policy(allow())),
    ),
    'cannot-tell',
    [],
  ],
  [
    'a private API whose default endpoint is disabled',
    shop(
      method('GET', '/pets'),
      { vpcEndpoints: [vpcEndpoint('vpce-1')] },
      { endpointTypes: ['PRIVATE'], policy: policy(allow()), ...closed },
    ),
    'cannot-tell',
    [],
  ],
  [
    'an ANY whose verbs all have methods of their own, whatever refuses there',
    shop(
      method('ANY', '/pets', { apiKeyRequired: true }),
      { apiKeys: [apiKey('a')] },
      {
        methods: [
          method('ANY', '/pets', { apiKeyRequired: true }),
          ...VERBS.map((verb) => method(verb, '/pets')),
        ],
      },
    ),
    'takes-no-call',
    ['api-key stage-in-no-plan'],
  ],
  [
    'the same without one of them',
    shop(
      method('ANY', '/pets'),
      {},
      { methods: [method('ANY', '/pets'), ...VERBS.slice(1).map((verb) => method(verb, '/pets'))] },
    ),
    'reachable',
    [],
  ],
];

test.each(rows)('%s', (_, given, wanted, why) => {
  const [deployment, one] = only(given);
  const { restApis: _apis, ...shared } = given;
  expect(reachOf(deployment, one, shared)).toBe(wanted);
  expect(whyUnreachable(deployment, one, shared).map(({ gate, cause }) => `${gate} ${cause}`)).toEqual(why);
});

test('methods of one configuration, each by its own type, authorizer and scopes', () => {
  const { restApis, ...shared } = account({
    restApis: [
      restApi('shop', {
        methods: [
          read,
          guarded('GET', '/orders', 'auth', ['shop/write']),
          guarded('GET', '/bills', 'none', ['shop/read']),
          custom('GET', '/admin', 'auth', { scopes: ['shop/read'] }),
        ],
        authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)]), cognitoAuthorizer('none', [])],
      }),
    ],
    userPools: [userPool(POOL, { ...READ, clients: [machineClient('job', ['shop/read'])] })],
  });
  const [api] = valueOr(restApis, []);
  const [served] = api === undefined ? [] : valueOr(api.stages, []).flatMap((one) => deploymentsOf(api, one));
  if (served === undefined) throw new Error('one API, one stage');
  expect(
    valueOr(served.methods, []).map((one) => [one.path, reachOf(served, one, shared)].join(' ')),
  ).toEqual(['/pets reachable', '/orders unreachable', '/bills unreachable', '/admin unreachable']);
});

test('what gates say to the best call', () => {
  const said = rows.flatMap(([, given]) => {
    const [deployment, one] = only(given);
    const { restApis: _apis, ...shared } = given;
    return bestAnswers(deployment, one, shared).map(
      ({ gate, answer }) => `${gate}, ${answer.outcome} [${answer.fact}]: ${answer.because}`,
    );
  });
  expectGolden('facts/best-calls.txt', `${[...new Set(said)].sort().join('\n')}\n`);
});
