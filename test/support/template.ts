import type { RestApi } from '../../lambda/model/rest-api';
import type { Known } from '../../lambda/model/known';
import { readStacks, type DeployedAccount, type TemplateFile } from '../../lambda/template/read-stacks';

export const AT = new Date('2026-11-23T09:00:00.000Z');

/** The account that one template makes. */
export const deploy = (
  text: string,
  given: Partial<TemplateFile> & { readonly parameters?: Readonly<Record<string, string>> } = {},
): DeployedAccount => {
  const { parameters = {}, ...file } = given;
  const [first] = readStacks(
    [{ file: 't.yaml', text, stackName: null, region: 'eu-west-1', accountId: '111122223333', ...file }],
    new Map(Object.entries(parameters)),
    AT,
  );
  if (first === undefined) throw new Error('no account');
  return first;
};

/** The value, or the reason why there is none. */
export const told = <T>(it: Known<T> | undefined): T | string => {
  if (it === undefined) return 'there is none';
  return it.state === 'known' ? it.value : it.detail;
};

export const apisOf = ({ account }: DeployedAccount): readonly RestApi[] =>
  account.restApis.state === 'known' ? account.restApis.value : [];

/** The resources of an API with one method behind a pool; a test replaces or adds what it is about. */
export const PETS: Readonly<Record<string, unknown>> = {
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'people' } },
  Client: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    },
  },
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Name: 'pets', EndpointConfiguration: { Types: ['REGIONAL'] } },
  },
  Auth: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: { Ref: 'Api' },
      Name: 'people',
      Type: 'COGNITO_USER_POOLS',
      IdentitySource: 'method.request.header.Authorization',
      ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
    },
  },
  Pets: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      PathPart: 'pets',
    },
  },
  GetPets: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'Pets' },
      HttpMethod: 'GET',
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: { Ref: 'Auth' },
      Integration: { Type: 'AWS_PROXY', Uri: 'arn:x', IntegrationHttpMethod: 'POST' },
    },
  },
  Deployment: {
    Type: 'AWS::ApiGateway::Deployment',
    DependsOn: ['GetPets'],
    Properties: { RestApiId: { Ref: 'Api' } },
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      DeploymentId: { Ref: 'Deployment' },
      StageName: 'prod',
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' }],
    },
  },
  Settings: {
    Type: 'AWS::ApiGateway::Account',
    Properties: { CloudWatchRoleArn: 'arn:aws:iam::111122223333:role/logs' },
  },
};

/** `PETS` with these resources in place of or beside its own; `null` takes one out. */
export const petsWith = (resources: Readonly<Record<string, unknown>>, rest: object = {}): string =>
  JSON.stringify({
    ...rest,
    Resources: Object.fromEntries(
      Object.entries({ ...PETS, ...resources }).filter(([, resource]) => resource !== null),
    ),
  });

/** A resource of `PETS` with these properties in place of or beside its own. */
export const changed = (
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const { Properties, ...resource } = PETS[logicalId] as { Properties: object };
  return { [logicalId]: { ...resource, Properties: { ...Properties, ...properties } } };
};
