import type { SharedAccount, SliceName, Slices } from '../../lambda/model/account';
import type { UserPool } from '../../lambda/model/user-pool';
import { apisOf, changed, deploy, petsWith, told } from '../support/template';

const slice = <K extends SliceName>(
  name: K,
  text: string,
  given: Parameters<typeof deploy>[1] = {},
): Slices[K] | string => {
  const slices: SharedAccount['slices'] = deploy(text, given).account.slices;
  return told<Slices[K]>(slices[name]);
};

const details = (text: string, given: Parameters<typeof deploy>[1] = {}): readonly string[] =>
  deploy(text, given).leftOut.map(({ detail }) => detail);

const keyed = changed('GetPets', { ApiKeyRequired: true });
const plan = (properties: object = {}) => ({
  Plan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      UsagePlanName: 'gold',
      ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
      ...properties,
    },
  },
});
const planKey = {
  PlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { UsagePlanId: { Ref: 'Plan' }, KeyId: { Ref: 'Key' }, KeyType: 'API_KEY' },
  },
};
const key = (properties: object = {}) => ({
  Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Value: 'a-secret-value-0123456789', ...properties } },
});

describe('usage plans and keys', () => {
  test('of the template', () => {
    const text = petsWith({ ...keyed, ...plan(), ...planKey, ...key({ Name: 'partner', Enabled: true }) });
    expect(slice('usagePlans', text)).toEqual([
      {
        id: 'Plan',
        name: 'gold',
        apiStages: [{ restApiId: 'Api', stage: 'prod' }],
        keyIds: { state: 'known', value: ['Key'] },
      },
    ]);
    expect(slice('apiKeys', text)).toEqual([{ id: 'Key', name: 'partner', enabled: true, stageKeys: [] }]);
    expect(JSON.stringify(deploy(text))).not.toContain('a-secret-value');
  });

  test('a key that does not say that it is enabled is not', () => {
    expect(slice('apiKeys', petsWith(key()))).toEqual([
      { id: 'Key', name: 'Key', enabled: false, stageKeys: [] },
    ]);
  });

  test('a plan without keys may get some later', () => {
    expect(JSON.stringify(slice('usagePlans', petsWith(plan())))).toContain(
      'Plan: the template puts no key into it; keys may be put there later',
    );
  });

  test('no plan matters only where something asks for one', () => {
    expect(slice('usagePlans', petsWith({}))).toEqual([]);
    expect(slice('usagePlans', petsWith(keyed))).toBe(
      'Api: the template makes no usage plan for its methods that need a key; there may be one in another',
    );
    expect(slice('usagePlans', petsWith(key()))).toBe(
      'Key: the template makes no usage plan for it; there may be one in another',
    );
  });

  test.each([
    [
      'a stage that is not known',
      plan({ ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'No' } }] }),
      'Plan.ApiStages.0.Stage: the template has no No',
    ],
    ['a list that is none', plan({ ApiStages: 'all' }), 'Plan.ApiStages: it is no list'],
  ])('%s', (_, resources, gap) => {
    expect(slice('usagePlans', petsWith(resources))).toBe(gap);
  });
});

const poolOf = (text: string): UserPool | string | null => {
  const pools = slice('userPools', text);
  const [first] = typeof pools === 'string' ? [] : pools;
  return told(first?.pool);
};

const pool = (text: string): UserPool => {
  const found = poolOf(text);
  if (found === null || typeof found === 'string') throw new Error(String(found));
  return found;
};

const server = {
  Scopes: {
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      Identifier: 'pets',
      Name: 'pets',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'r' }],
    },
  },
};
const oauth = changed('Client', {
  GenerateSecret: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthScopes: ['pets/read'],
  AccessTokenValidity: '15',
  TokenValidityUnits: { AccessToken: 'minutes' },
});

describe('user pools', () => {
  test('of the template, with what the template makes for them', () => {
    const found = pool(
      petsWith({
        ...oauth,
        ...server,
        ...changed('Pool', {
          UserPoolTier: 'PLUS',
          LambdaConfig: {
            PreSignUp: 'arn:aws:lambda:eu-west-1:111122223333:function:check',
            PreTokenGenerationConfig: { LambdaArn: { Ref: 'No' }, LambdaVersion: 'V2_0' },
          },
        }),
        Domain: {
          Type: 'AWS::Cognito::UserPoolDomain',
          Properties: { UserPoolId: { Ref: 'Pool' }, Domain: 'pets' },
        },
        Google: {
          Type: 'AWS::Cognito::UserPoolIdentityProvider',
          Properties: {
            UserPoolId: { Ref: 'Pool' },
            ProviderName: 'Google',
            ProviderDetails: { client_secret: 'hidden' },
          },
        },
      }),
    );
    expect(found).toMatchObject({
      arn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool',
      id: 'eu-west-1_Pool',
      name: 'people',
      tier: 'PLUS',
      issuerType: 'ORIGINAL',
      domain: 'pets',
      domainStatus: { value: 'ACTIVE' },
      triggers: {
        PreSignUp: 'arn:aws:lambda:eu-west-1:111122223333:function:check',
        PreTokenGeneration: 'unresolved:Pool.LambdaConfig.PreTokenGenerationConfig',
      },
      preTokenGeneration: 'V2_0',
      estimatedUsers: null,
      clients: {
        value: [
          {
            id: 'Client',
            name: 'web',
            settings: {
              value: {
                hasSecret: true,
                oauthEnabled: true,
                oauthFlows: ['client_credentials'],
                oauthScopes: ['pets/read'],
                accessTokenValidity: { value: 15, unit: 'minutes' },
                idTokenValidity: { value: null, unit: 'hours' },
                refreshTokenValidity: { value: null, unit: 'days' },
              },
            },
          },
        ],
      },
      resourceServers: { value: [{ identifier: 'pets', scopeNames: ['read'] }] },
      identityProviders: { value: ['Google'] },
    });
    expect(JSON.stringify(found)).not.toContain('hidden');
  });

  test('what may be made by another template is not missing', () => {
    const without = pool(petsWith({ Client: null }));
    expect(told(without.clients)).toBe(
      'Pool: the template makes no AWS::Cognito::UserPoolClient for it; there may be one in another',
    );
    expect(told(pool(petsWith(oauth)).resourceServers)).toMatch(
      /makes no AWS::Cognito::UserPoolResourceServer/,
    );
    expect(told(pool(petsWith(oauth)).domainStatus)).toMatch(/makes no AWS::Cognito::UserPoolDomain/);
    expect(told(without.identityProviders)).toMatch(/makes no AWS::Cognito::UserPoolIdentityProvider/);
  });

  test('where nothing leans on it, none is none', () => {
    const plain = pool(petsWith({}));
    expect(told(plain.resourceServers)).toEqual([]);
    expect(plain.domain).toBeNull();
    const asking = petsWith(changed('GetPets', { AuthorizationScopes: ['pets/read'] }));
    expect(told(pool(asking).resourceServers)).toMatch(/UserPoolResourceServer/);
  });

  test.each([
    [
      'a client setting',
      changed('Client', { AllowedOAuthScopes: { Ref: 'No' } }),
      'Client.AllowedOAuthScopes: the template has no No',
    ],
    [
      'a unit of time',
      changed('Client', { TokenValidityUnits: { IdToken: 'years' } }),
      'Client.TokenValidityUnits.IdToken: it is not of its kind',
    ],
    [
      'a secret that may be',
      changed('Client', { GenerateSecret: 'maybe' }),
      'Client.GenerateSecret: it is no Boolean',
    ],
    [
      'a scope',
      { Scopes: { ...server.Scopes, Properties: { ...server.Scopes.Properties, Scopes: [{}] } } },
      'Scopes.Scopes.0.ScopeName: it is missing',
    ],
  ])('%s that is not known', (_, resources, gap) => {
    expect(JSON.stringify(pool(petsWith(resources)))).toContain(gap);
  });

  test.each([
    [
      'an import',
      { 'Fn::ImportValue': 'people-arn' },
      'Auth.ProviderARNs.0: it is exported as people-arn by a stack that was not given',
    ],
    [
      'an ARN',
      'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_other',
      'the template does not make the user pool arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_other',
    ],
  ])('a pool that the template does not make is not read: %s', (_, arn, gap) => {
    expect(poolOf(petsWith(changed('Auth', { ProviderARNs: [arn] })))).toBe(gap);
  });
});

const lambdaAuth = (uri: unknown) =>
  changed('Auth', { Type: 'TOKEN', AuthorizerUri: uri, ProviderARNs: null });
const uriOf = (arn: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
});
const check = {
  Check: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Environment: { Variables: { TOKEN: 'hidden' } } },
  },
};
const permission = (properties: object) => ({
  May: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Check' },
      Principal: 'apigateway.amazonaws.com',
      ...properties,
    },
  },
});
const CHECK = 'arn:aws:lambda:eu-west-1:111122223333:function:Check';

describe('functions', () => {
  test('of the template, with their permissions as a policy', () => {
    const text = petsWith({
      ...lambdaAuth(uriOf('${Check.Arn}')),
      ...check,
      ...permission({
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/authorizers/*' },
      }),
    });
    expect(slice('functions', text)).toEqual([
      {
        arn: CHECK,
        configuration: {
          state: 'known',
          value: { state: 'Active', lastUpdateStatus: 'Successful', runtime: 'nodejs22.x' },
        },
        policy: {
          state: 'known',
          value: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'apigateway.amazonaws.com' },
                Action: 'lambda:InvokeFunction',
                Condition: {
                  ArnLike: {
                    'AWS:SourceArn': 'arn:aws:execute-api:eu-west-1:111122223333:Api/authorizers/*',
                  },
                },
                Resource: CHECK,
              },
            ],
          }),
        },
        reservedConcurrency: { state: 'known', value: null },
      },
    ]);
    expect(JSON.stringify(deploy(text))).not.toContain('hidden');
  });

  test.each([
    ['by name', 'Check'],
    ['by partial ARN', '111122223333:function:Check'],
    ['by ARN', CHECK],
    ['by reference', { 'Fn::GetAtt': 'Check.Arn' }],
  ])('a permission names its function %s', (_, FunctionName) => {
    const text = petsWith({ ...check, ...permission({ FunctionName }) });
    expect(JSON.stringify(slice('functions', text))).toContain('apigateway.amazonaws.com');
  });

  test.each([
    [
      'none in the template',
      check,
      'Check: the template makes no AWS::Lambda::Permission for it; there may be one in another',
    ],
    [
      'one of an account that is not known',
      { ...check, ...permission({ SourceAccount: '444455556666' }) },
      'May: it names an account by number',
    ],
    [
      'one of an API that AWS has named',
      { ...check, ...permission({ SourceArn: 'arn:aws:execute-api:eu-west-1:*:a1b2c3d4e5/*' }) },
      'May: it names API a1b2c3d4e5, and which ids its APIs have is known after the deployment',
    ],
    [
      'one for whom is not known',
      { ...check, ...permission({ Principal: { Ref: 'No' } }) },
      'May.Principal: the template has no No',
    ],
  ])('permissions: %s', (_, resources, gap) => {
    expect(JSON.stringify(slice('functions', petsWith(resources), { accountId: null }))).toContain(gap);
  });

  test('a function that the template does not make is not read', () => {
    const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:other';
    expect(JSON.stringify(slice('functions', petsWith(lambdaAuth(uriOf(arn)))))).toContain(
      `the template does not make the function ${arn}`,
    );
  });

  test('an address that is not known is said', () => {
    expect(details(petsWith(lambdaAuth({ 'Fn::ImportValue': 'check-uri' })))).toContain(
      'Auth.AuthorizerUri: it is exported as check-uri by a stack that was not given',
    );
  });
});

const domain = (properties: object = {}) => ({
  Domain: {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: 'api.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      ...properties,
    },
  },
});
const mapping = (properties: object = {}) => ({
  Mapping: {
    Type: 'AWS::ApiGateway::BasePathMapping',
    Properties: {
      DomainName: { Ref: 'Domain' },
      BasePath: '/v1',
      RestApiId: { Ref: 'Api' },
      Stage: { Ref: 'Stage' },
      ...properties,
    },
  },
});

describe('custom domains', () => {
  test('of the template, with its mappings', () => {
    const text = petsWith({
      ...domain({ SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: 's3://b/k' } }),
      ...mapping(),
      Other: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: {
          DomainName: 'api.example.com',
          ApiId: { Ref: 'Http' },
          ApiMappingKey: 'a/b',
          Stage: '$default',
        },
      },
      Http: { Type: 'AWS::ApiGatewayV2::Api' },
    });
    expect(slice('domains', text)).toMatchObject([
      {
        arn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com',
        name: 'api.example.com',
        endpointTypes: ['REGIONAL'],
        status: 'AVAILABLE',
        securityPolicy: 'TLS_1_2',
        mutualTls: { truststoreUri: 's3://b/k' },
        routingMode: 'BASE_PATH_MAPPING_ONLY',
        mappings: {
          value: [
            { basePath: 'v1', restApiId: 'Api', stage: 'prod' },
            { basePath: 'a/b', restApiId: 'Http', otherKind: true },
          ],
        },
        routingRules: { value: [] },
      },
    ]);
  });

  test('of the second version', () => {
    const text = petsWith({
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: {
          DomainName: 'api.example.com',
          DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
        },
      },
      ...mapping(),
    });
    expect(slice('domains', text)).toMatchObject([
      { name: 'api.example.com', endpointTypes: ['REGIONAL'], securityPolicy: 'TLS_1_2' },
    ]);
  });

  test.each([
    ['no mapping', domain(), 'Domain: the template maps nothing to it; there may be mappings in another'],
    [
      'a mapping to another API',
      { ...domain(), ...mapping({ RestApiId: 'abc' }) },
      'Mapping.RestApiId: the template does not make abc',
    ],
    [
      'a path that is not known',
      { ...domain(), ...mapping({ BasePath: { Ref: 'No' } }) },
      'Mapping.BasePath: the template has no No',
    ],
    [
      'routing rules',
      domain({ RoutingMode: 'ROUTING_RULE_ONLY' }),
      'Domain.RoutingMode: routing rules are not read from templates',
    ],
    [
      'a name that is not known',
      domain({ DomainName: { Ref: 'No' } }),
      'Domain.DomainName: the template has no No',
    ],
    [
      'an API without an endpoint of its own',
      changed('Api', { DisableExecuteApiEndpoint: true }),
      'Api: its default endpoint is disabled and the template has no domain that leads to it; there may be one in another',
    ],
  ])('%s', (_, resources, gap) => {
    expect(JSON.stringify(slice('domains', petsWith(resources)))).toContain(gap);
  });
});

const association = (WebACLArn: unknown) => ({
  Associated: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: {
      ResourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}',
      },
      WebACLArn,
    },
  },
});

describe('web ACLs', () => {
  const acl = {
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Name: 'guard',
        Scope: 'REGIONAL',
        DefaultAction: { Block: {} },
        Rules: [
          {
            Name: 'office',
            Priority: 0,
            Action: { Allow: {} },
            Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } },
          },
        ],
      },
    },
  };
  const ARN = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/guard/Acl';

  test('of the template, on the stage that they are associated with', () => {
    const text = petsWith({ ...acl, ...association({ 'Fn::GetAtt': 'Acl.Arn' }) });
    const [api] = apisOf(deploy(text));
    expect(told(api?.stages)).toMatchObject([{ webAclArn: ARN }]);
    expect(slice('webAcls', text)).toMatchObject([
      {
        arn: ARN,
        webAcl: {
          value: { name: 'guard', defaultAction: 'Block', rules: [{ name: 'office', action: 'Allow' }] },
        },
      },
    ]);
  });

  test.each([
    [
      'by an ARN',
      'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/1',
      'the template does not make the web ACL',
    ],
    [
      'by an import',
      { 'Fn::ImportValue': 'acl' },
      'Associated.WebACLArn: it is exported as acl by a stack that was not given',
    ],
  ])('that the template does not make: %s', (_, arn, gap) => {
    expect(JSON.stringify(slice('webAcls', petsWith(association(arn))))).toContain(gap);
  });

  test('that are not written as WAF takes them', () => {
    const broken = { Acl: { ...acl.Acl, Properties: { ...acl.Acl.Properties, Rules: [7] } } };
    const text = petsWith({ ...broken, ...association({ 'Fn::GetAtt': 'Acl.Arn' }) });
    expect(JSON.stringify(slice('webAcls', text))).toContain(
      'Acl.Rules: they are not written as WAF takes them',
    );
  });
});

const isPrivate = (ids: unknown) =>
  changed('Api', { EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ids } });

describe('the network', () => {
  const endpoint = {
    Door: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.execute-api' },
        VpcId: 'vpc-1',
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
      },
    },
  };

  test('endpoints of the template', () => {
    expect(slice('vpcEndpoints', petsWith({ ...endpoint, ...isPrivate([{ Ref: 'Door' }]) }))).toEqual([
      { id: 'vpce-Door', vpcId: 'vpc-1', state: 'available', privateDnsEnabled: true, policy: null },
    ]);
  });

  test.each([
    ['without one', isPrivate([])],
    ['that names none', { ...endpoint, ...isPrivate([]) }],
    ['that names another', { ...endpoint, ...isPrivate(['vpce-0abc']) }],
  ])('nothing is said of endpoints for a private API %s', (_, resources) => {
    expect(slice('vpcEndpoints', petsWith(resources))).toBe(
      'Api: it is private, and the template does not make all VPC endpoints that may lead to it',
    );
  });

  test('distributions are not read', () => {
    expect(slice('distributions', petsWith({}))).toEqual([]);
    const distribution = { Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: {} } };
    expect(slice('distributions', petsWith(distribution))).toBe(
      'Cdn: CloudFront distributions are not read from templates',
    );
  });

  test('who writes logs matters where there are any', () => {
    expect(slice('gatewayAccount', petsWith({}))).toEqual({
      cloudwatchRoleArn: 'arn:aws:iam::111122223333:role/logs',
      features: ['UsagePlans'],
    });
    expect(slice('gatewayAccount', petsWith({ Settings: null }))).toMatch(/^Api: its stages write logs/);
    expect(
      slice('gatewayAccount', petsWith({ Settings: null, ...changed('Stage', { MethodSettings: [] }) })),
    ).toEqual({
      cloudwatchRoleArn: null,
      features: ['UsagePlans'],
    });
  });
});

const typed = (Type: string) => ({ Odd: { Type, Properties: {} } });

describe('what is not read is said', () => {
  test.each([
    [
      'AWS::Serverless::Function',
      'Odd: AWS SAM resources are written out by CloudFormation only: audit the output of "aws cloudformation get-template --template-stage Processed", of the stack or of a change set',
    ],
    [
      'AWS::CloudFormation::Stack',
      'Odd: the template of a nested stack is not read with its parent; audit it by itself',
    ],
    ['AWS::ApiGateway::DomainNameV2', 'Odd: private custom domains are not read from templates'],
  ])('%s', (type, gap) => {
    expect(details(petsWith(typed(type)))).toEqual([gap]);
  });

  test('other types are of no concern', () => {
    expect(details(petsWith({ ...typed('AWS::SNS::Topic'), ...typed('Custom::Thing') }))).toEqual([]);
  });

  test('loops', () => {
    const loop = { 'Fn::ForEach::Methods': ['Verb', ['GET'], {}] };
    expect(details(petsWith(loop))).toEqual([
      'Fn::ForEach::Methods: resources of a loop are written out by CloudFormation only',
    ]);
  });
});
