import { apisOf, changed, deploy, petsWith, told } from '../support/template';
import type { RestApi, Stage } from '../../lambda/model/rest-api';

const apiOf = (text: string, given: Parameters<typeof deploy>[1] = {}): RestApi => {
  const [api] = apisOf(deploy(text, given));
  if (api === undefined) throw new Error('no API');
  return api;
};

const stageOf = (text: string): Stage => {
  const { stages } = apiOf(text);
  const [stage] = stages.state === 'known' ? stages.value : [];
  if (stage === undefined) throw new Error('no stage');
  return stage;
};

const draft = (text: string): RestApi['draft'] => apiOf(text).draft;

const open = { Ref: 'Nowhere' };

test('an API as a whole', () => {
  const api = apiOf(petsWith({}));
  expect(api).toMatchObject({
    id: 'Api',
    name: 'pets',
    endpointTypes: ['REGIONAL'],
    vpcEndpointIds: [],
    disableExecuteApiEndpoint: false,
    apiKeySource: 'HEADER',
  });
  expect(told(api.resourcePaths)).toEqual(['/', '/pets']);
  expect(told(api.draft.methods)).toEqual([
    {
      path: '/pets',
      verb: 'GET',
      resourceId: 'Pets',
      authorizationType: { state: 'known', value: 'COGNITO_USER_POOLS' },
      authorizer: { state: 'known', value: 'Auth' },
      scopes: { state: 'known', value: [] },
      apiKeyRequired: { state: 'known', value: false },
      integration: {
        state: 'known',
        value: { type: 'AWS_PROXY', uri: 'arn:x', credentials: null, answers: [] },
      },
    },
  ]);
  expect(told(api.draft.authorizers)).toEqual([
    {
      key: 'Auth',
      id: 'Auth',
      name: 'people',
      kind: 'COGNITO_USER_POOLS',
      providerArns: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool'],
      uri: null,
      credentials: null,
      identitySources: ['method.request.header.Authorization'],
      validationExpression: null,
      resultTtl: null,
    },
  ]);
  expect(told(api.draft.policy)).toBeNull();
  const stage = stageOf(petsWith({}));
  expect(stage).toMatchObject({
    name: 'prod',
    deploymentId: 'Deployment',
    variables: {},
    webAclArn: null,
    methodSettings: { '*/*': { loggingLevel: 'ERROR' } },
    canary: null,
  });
  // What is deployed with the template is what it drafts.
  expect(stage.snapshot).toEqual(api.draft);
});

test('what is left out is what API Gateway sets', () => {
  const api = apiOf('Resources: {Bare: {Type: "AWS::ApiGateway::RestApi"}}');
  expect(api).toMatchObject({ id: 'Bare', name: 'Bare', endpointTypes: ['EDGE'], apiKeySource: 'HEADER' });
  expect(told(api.stages)).toEqual([]);
  const lambda = apiOf(petsWith(changed('Auth', { Type: 'REQUEST', AuthorizerUri: 'arn:f' })));
  expect(told(lambda.draft.authorizers)).toMatchObject([{ kind: 'REQUEST', resultTtl: 300 }]);
});

test('numbers and Booleans may be written as texts, and texts as numbers', () => {
  const method = { ...changed('GetPets', { ApiKeyRequired: 'true' }) };
  const [first] = told(apiOf(petsWith(method)).draft.methods);
  expect(first).toMatchObject({ apiKeyRequired: { value: true } });
  const ttl = changed('Auth', { Type: 'TOKEN', AuthorizerUri: 'arn:f', AuthorizerResultTtlInSeconds: '0' });
  expect(told(apiOf(petsWith(ttl)).draft.authorizers)).toMatchObject([{ resultTtl: 0 }]);
  const mock = changed('GetPets', {
    Integration: {
      Type: 'mock',
      IntegrationResponses: [
        {
          StatusCode: 200,
          ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
        },
      ],
    },
  });
  expect(told(apiOf(petsWith(mock)).draft.methods)).toMatchObject([
    {
      integration: {
        value: {
          type: 'MOCK',
          answers: [{ statusCode: '200', headers: { 'access-control-allow-origin': "'*'" } }],
        },
      },
    },
  ]);
});

test('a gateway response of a family reaches the types of that family', () => {
  const response = {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: 'DEFAULT_4XX',
      ResponseParameters: { 'gatewayresponse.header.X-Trace': "'a'" },
    },
  };
  const { gatewayResponses } = apiOf(petsWith({ Answer: response })).draft;
  const rows = gatewayResponses.state === 'known' ? gatewayResponses.value : [];
  expect(rows.find(({ type }) => type === 'UNAUTHORIZED')).toMatchObject({
    status: 401,
    headers: { 'x-trace': "'a'" },
    customised: false,
  });
});

const ofId = (id: string) => ({
  Statement: [{ Resource: `arn:aws:execute-api:eu-west-1:111122223333:${id}/*` }],
});

describe('a policy', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*' }] };
  test.each([
    ['as an object', policy],
    ['as text', JSON.stringify(policy)],
  ])('%s', (_, Policy) => {
    expect(JSON.parse(String(told(apiOf(petsWith(changed('Api', { Policy }))).draft.policy)))).toEqual(
      policy,
    );
  });

  const naming = { Statement: [{ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }] };
  test('of another account is judged where the own one is known', () => {
    expect(told(apiOf(petsWith(changed('Api', { Policy: naming }))).draft.policy)).toBe(
      JSON.stringify(naming),
    );
  });
  test('of another account is not judged where the own one is not', () => {
    const api = apiOf(petsWith(changed('Api', { Policy: naming })), { accountId: null });
    expect(told(api.draft.policy)).toMatch(/^Api\.Policy: it names an account by number.*--account$/);
  });
  test('that names an API by an id of AWS is not judged: it may be this one', () => {
    const read = (id: string) => told(apiOf(petsWith(changed('Api', { Policy: ofId(id) }))).draft.policy);
    expect(read('a1b2c3d4e5')).toBe(
      'Api.Policy: it names API a1b2c3d4e5, and which ids its APIs have is known after the deployment',
    );
    expect(read('*')).toBe(JSON.stringify(ofId('*')));
    expect(read('Api')).toBe(JSON.stringify(ofId('Api')));
  });
  test('of the own account is that account, known or not', () => {
    const own = { Statement: [{ Principal: { AWS: { 'Fn::Sub': '${AWS::AccountId}' } } }] };
    const api = apiOf(petsWith(changed('Api', { Policy: own })), { accountId: null });
    expect(told(api.draft.policy)).toBe('{"Statement":[{"Principal":{"AWS":"000000000000"}}]}');
  });
});

describe('what is not known is a gap that names the logical id and the property', () => {
  test.each<
    [what: string, resources: Readonly<Record<string, unknown>>, read: (text: string) => unknown, gap: string]
  >([
    [
      'the type of a method',
      changed('GetPets', { AuthorizationType: open }),
      (text) => told(draft(text).methods),
      'GetPets.AuthorizationType: the template has no Nowhere',
    ],
    [
      'scopes',
      changed('GetPets', { AuthorizationScopes: ['a/b', open] }),
      (text) => told(draft(text).methods),
      'GetPets.AuthorizationScopes.1: the template has no Nowhere',
    ],
    [
      'an authorizer that another template makes',
      changed('GetPets', { AuthorizerId: 'abc123' }),
      (text) => told(draft(text).methods),
      'GetPets.AuthorizerId: the template does not make abc123 for this API',
    ],
    [
      'a key requirement of another kind',
      changed('GetPets', { ApiKeyRequired: 'perhaps' }),
      (text) => told(draft(text).methods),
      'GetPets.ApiKeyRequired: it is no Boolean',
    ],
    [
      'the verb',
      changed('GetPets', { HttpMethod: open }),
      (text) => told(draft(text).methods),
      'GetPets.HttpMethod: the template has no Nowhere',
    ],
    [
      'a missing type',
      changed('GetPets', { AuthorizationType: null }),
      (text) => told(draft(text).methods),
      'GetPets.AuthorizationType: it is missing',
    ],
    [
      'a path',
      changed('Pets', { PathPart: open }),
      (text) => told(draft(text).methods),
      'Pets.PathPart: the template has no Nowhere',
    ],
    [
      'a resource that hangs on itself',
      changed('Pets', { ParentId: { Ref: 'Pets' } }),
      (text) => told(draft(text).methods),
      'Pets.ParentId: Pets is no resource of this API in the template',
    ],
    [
      'the kind of an authorizer',
      changed('Auth', { Type: open }),
      (text) => told(draft(text).authorizers),
      'Auth.Type: the template has no Nowhere',
    ],
    [
      'the expression of an authorizer',
      changed('Auth', { IdentityValidationExpression: { 'Fn::ImportValue': 'expression' } }),
      (text) => told(draft(text).authorizers),
      'Auth.IdentityValidationExpression: it is exported as expression by a stack that was not given',
    ],
    [
      'the policy',
      changed('Api', { Policy: { Statement: [{ Resource: open }] } }),
      (text) => told(draft(text).policy),
      'Api.Policy.Statement.0.Resource: the template has no Nowhere',
    ],
    [
      'the name of a stage',
      changed('Stage', { StageName: open }),
      (text) => told(apiOf(text).stages),
      'Stage.StageName: the template has no Nowhere',
    ],
    [
      'the deployment of a stage',
      changed('Stage', { DeploymentId: 'abc123' }),
      (text) => told(stageOf(text).snapshot.methods),
      'Api: a stage serves abc123, which the template does not make',
    ],
    [
      'the stages of an API whose deployment another template may serve',
      { Stage: null },
      (text) => told(apiOf(text).stages),
      'Api: the template makes no AWS::ApiGateway::Stage for it; there may be one in another',
    ],
    [
      'the stages of an API that another template may deploy',
      { Stage: null, Deployment: null },
      (text) => told(apiOf(text).stages),
      'Api: the template makes no AWS::ApiGateway::Stage for it; there may be one in another',
    ],
    [
      'a document in S3',
      changed('Api', { BodyS3Location: { Bucket: 'b', Key: 'k' } }),
      (text) => told(draft(text).methods),
      'Api.BodyS3Location: what it holds is not in the template',
    ],
  ])('%s', (_, resources, read, gap) => {
    expect(JSON.stringify(read(petsWith(resources)))).toContain(gap);
  });

  test('an API without methods has nothing that a stage could serve', () => {
    const bare = { Stage: null, Deployment: null, GetPets: null };
    expect(told(apiOf(petsWith(bare)).stages)).toEqual([]);
  });

  test('a method that may not be made', () => {
    const rest = {
      Parameters: { Debug: { Type: 'String' } },
      Conditions: { IsDebug: { 'Fn::Equals': [{ Ref: 'Debug' }, 'yes'] } },
    };
    const conditional = {
      Extra: { ...Object(changed('GetPets', { HttpMethod: 'POST' })['GetPets']), Condition: 'IsDebug' },
    };
    const text = petsWith(
      { ...conditional, Deployment: { ...Object(petsDeployment), DependsOn: ['GetPets', 'Extra'] } },
      rest,
    );
    expect(told(apiOf(text).draft.methods)).toBe(
      'Extra: whether it is made, parameter Debug has no default; give it with --parameter Debug=VALUE',
    );
    const verbs = (parameters: Readonly<Record<string, string>>) => {
      const methods = told(apiOf(text, { parameters }).draft.methods);
      return typeof methods === 'string' ? methods : methods.map(({ verb }) => verb);
    };
    expect(verbs({ Debug: 'yes' })).toEqual(['GET', 'POST']);
    expect(verbs({ Debug: 'no' })).toEqual(['GET']);
  });

  const literal = { IdentityValidationExpression: '^1h57kf5cpq17m0eml12EXAMPLE$' };
  test('an expression that matches ids of app clients', () => {
    expect(told(draft(petsWith(changed('Auth', literal))).authorizers)).toBe(
      'Auth.IdentityValidationExpression: it is matched with the ids of app clients, which are known after the deployment',
    );
  });
  test.each([
    ['that matches anything', { IdentityValidationExpression: '.*' }],
    ['that matches anything, in other words', { IdentityValidationExpression: '^.+$' }],
    ['that refers to a client', { IdentityValidationExpression: { 'Fn::Sub': '^${Client}$' } }],
    ['for the header of a TOKEN authorizer', { ...literal, Type: 'TOKEN' }],
  ])('but not one %s', (_, properties) => {
    expect(told(draft(petsWith(changed('Auth', properties))).authorizers)).toHaveLength(1);
  });

  test('one provider that is not known leaves the rest of its authorizer', () => {
    const api = apiOf(
      petsWith(changed('Auth', { ProviderARNs: [{ 'Fn::GetAtt': 'Pool.Arn' }, { 'Fn::ImportValue': 'x' }] })),
    );
    expect(told(api.draft.authorizers)).toMatchObject([
      {
        providerArns: [
          'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Pool',
          'unresolved:Auth.ProviderARNs.1',
        ],
      },
    ]);
  });
});

const petsDeployment = { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } };

const methodsOf = (deployment: object, others: Readonly<Record<string, unknown>> = {}) =>
  told(stageOf(petsWith({ Deployment: deployment, ...others })).snapshot.methods);

describe('a deployment freezes what exists before it', () => {
  test('a method that it does not depend on likely comes too late', () => {
    expect(methodsOf(petsDeployment)).toBe(
      'Deployment.DependsOn: it leaves out GetPets, so that CloudFormation likely makes the deployment before they exist',
    );
  });
  test('one that something depends on that it depends on does not', () => {
    const extra = { ...Object(changed('GetPets', { HttpMethod: 'PUT' })['GetPets']), DependsOn: 'GetPets' };
    expect(methodsOf({ ...petsDeployment, DependsOn: 'Extra' }, { Extra: extra })).toHaveLength(2);
  });
  test('nor does one that its properties refer to', () => {
    const described = {
      ...petsDeployment,
      Properties: { ...petsDeployment.Properties, Description: { 'Fn::Sub': 'after ${GetPets}' } },
    };
    expect(methodsOf(described)).toHaveLength(1);
  });
  test('its draft is judged all the same', () => {
    expect(told(apiOf(petsWith({ Deployment: petsDeployment })).draft.methods)).toHaveLength(1);
  });
});

describe('stages', () => {
  test('that a deployment describes', () => {
    const deployment = {
      ...petsDeployment,
      DependsOn: ['GetPets'],
      Properties: {
        RestApiId: { Ref: 'Api' },
        StageName: 'dev',
        StageDescription: {
          LoggingLevel: 'INFO',
          Variables: { pool: 'a', open },
          MethodSettings: [{ ResourcePath: '/~1pets~1{id}', HttpMethod: 'GET', CachingEnabled: true }],
          AccessLogSetting: { Format: '$context.error.message' },
        },
      },
    };
    expect(stageOf(petsWith({ Deployment: deployment, Stage: null }))).toMatchObject({
      name: 'dev',
      deploymentId: 'Deployment',
      variables: { pool: 'a', open: 'unresolved:Deployment.StageDescription.Variables.open' },
      methodSettings: { '*/*': { loggingLevel: 'INFO' }, 'pets/{id}/GET': { cachingEnabled: true } },
      accessLogFormat: '$context.error.message',
    });
  });

  test('with a canary', () => {
    const canary = changed('Stage', {
      Variables: { v: '1' },
      CanarySetting: {
        DeploymentId: { Ref: 'Deployment' },
        PercentTraffic: 10,
        StageVariableOverrides: { v: '2' },
      },
    });
    const { canary: found, variables } = stageOf(petsWith(canary));
    expect(variables).toEqual({ v: '1' });
    expect(found).toMatchObject({
      deploymentId: 'Deployment',
      percentTraffic: 10,
      variableOverrides: { v: '2' },
    });
  });
});

describe('what belongs to an API that the template does not make is left out and said', () => {
  test.each([
    ['by a value that is not known', open, 'GetPets.RestApiId: the template has no Nowhere'],
    ['by an id', 'abc123', 'GetPets.RestApiId: the template does not make abc123'],
  ])('%s', (_, RestApiId, gap) => {
    const { leftOut } = deploy(petsWith(changed('GetPets', { RestApiId })));
    expect(leftOut.map(({ detail }) => detail)).toContain(gap);
  });
});
