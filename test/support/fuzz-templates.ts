import { readCloudAssembly } from '../../lambda/template/cloud-assembly';
import { readStacks } from '../../lambda/template/read-stacks';
import { TemplateError } from '../../lambda/template/template-error';
import { mutate, mutateJson } from './fuzz-random';
import type { Target } from './fuzz-target';
import { AT, changed, petsWith } from './template';

const YAML = `AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Env: {Type: String, Default: prod}
  Ids: {Type: CommaDelimitedList, Default: "a,b"}
Mappings: {M: {prod: {x: y}}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Both: !And [!Condition IsProd, !Not [!Equals [a, b]]]
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  Api: &api
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: !Sub "\${Env}-pets", Policy: {Statement: [{Effect: Allow, Principal: "*"}]}}
  Auth:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Type: COGNITO_USER_POOLS
      ProviderARNs: !If [Both, [!GetAtt Pool.Arn, !ImportValue x], !Ref "AWS::NoValue"]
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt [Api, RootResourceId]
      HttpMethod: !Select [0, !Split [",", "GET,POST"]]
      AuthorizationType: !FindInMap [M, !Ref Env, x]
      AuthorizationScopes: !Ref Ids
      Integration: {Type: MOCK, IntegrationResponses: [{StatusCode: 200}]}
  Two: {<<: *api, Condition: IsProd}
  Deployment: {Type: AWS::ApiGateway::Deployment, DependsOn: [Get], Properties: {RestApiId: !Ref Api, StageName: !Join ["", [a, !Ref Env]]}}
Outputs:
  Out: {Value: !GetAtt Pool.Arn, Export: {Name: !Sub "\${AWS::StackName}-x"}}
`;

const JSON_SEEDS: readonly [unknown, ...unknown[]] = [
  JSON.parse(
    petsWith(
      {
        ...changed('Api', {
          Body: {
            openapi: '3.0.1',
            paths: { '/x': { get: { security: [{ people: ['a/b'] }] } } },
            components: {
              securitySchemes: { people: { 'x-amazon-apigateway-authorizer': { type: 'token' } } },
            },
          },
        }),
        Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: 'true' } },
        Plan: {
          Type: 'AWS::ApiGateway::UsagePlan',
          Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }] },
        },
        PlanKey: {
          Type: 'AWS::ApiGateway::UsagePlanKey',
          Properties: { UsagePlanId: { Ref: 'Plan' }, KeyId: { Ref: 'Key' } },
        },
        Check: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 1 } },
        May: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            FunctionName: { Ref: 'Check' },
            Principal: 'apigateway.amazonaws.com',
            Action: 'lambda:*',
          },
        },
        Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.example.com' } },
        Mapping: {
          Type: 'AWS::ApiGateway::BasePathMapping',
          Properties: { DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'Api' } },
        },
        Acl: {
          Type: 'AWS::WAFv2::WebACL',
          Properties: { DefaultAction: { Allow: {} }, Rules: [{ Name: 'a', Priority: 1, Statement: {} }] },
        },
        Associated: {
          Type: 'AWS::WAFv2::WebACLAssociation',
          Properties: {
            ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' },
            WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
          },
        },
        Door: { Type: 'AWS::EC2::VPCEndpoint', Properties: { ServiceName: 'com.amazonaws.x.execute-api' } },
      },
      { Parameters: { Env: { Type: 'String' } }, Outputs: { O: { Value: 1, Export: { Name: 'x' } } } },
    ),
  ) as unknown,
];

const MANIFEST = {
  version: '50.0.0',
  artifacts: {
    Shop: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: 'Shop.template.json', stackName: 'Shop' },
    },
    Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
  },
};

const read = (text: string, stacks: readonly string[]): unknown =>
  readStacks(
    stacks.map((stackName) => ({
      file: stackName,
      text,
      stackName,
      region: 'eu-west-1',
      accountId: null,
    })),
    new Map(),
    AT,
  );

export const TEMPLATE_TARGETS: readonly Target[] = [
  {
    name: 'templates: YAML',
    weight: 0.01,
    make: (random) => mutate(random, [YAML]),
    run: (text: string) => read(text, ['A']),
    refuses: [TemplateError],
  },
  {
    name: 'templates: JSON of odd kinds',
    weight: 0.025,
    make: (random) => JSON.stringify(mutateJson(random, random.pick(JSON_SEEDS))),
    run: (text: string) => read(text, ['A', 'B']),
    refuses: [TemplateError],
  },
  {
    name: 'manifests of the CDK',
    weight: 0.02,
    make: (random) => JSON.stringify(mutateJson(random, MANIFEST)),
    run: (text: string) => readCloudAssembly(text, 'manifest.json'),
    refuses: [TemplateError],
  },
];
