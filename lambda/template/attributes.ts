import type { Place } from '../model/account';
import { scalarText, Unresolved, type Value } from './value';

/** What of a resource other resources refer to. */
export interface Referred {
  readonly type: string;
  /** Made up: AWS gives the real one when the resource is made. */
  readonly id: string;
  readonly place: Place;
  property(name: string): Value;
}

type Answer = (resource: Referred) => Value;

const idOf: Answer = ({ id }) => id;

const property =
  (name: string): Answer =>
  (resource) =>
    resource.property(name);

/** A name that is given, or the one that CloudFormation makes up. */
const named =
  (name: string): Answer =>
  (resource) => {
    const given = resource.property(name);
    return given instanceof Unresolved ? given : (scalarText(given) ?? resource.id);
  };

const composed =
  (answer: Answer, compose: (text: string, resource: Referred) => string): Answer =>
  (resource) => {
    const given = answer(resource);
    if (given instanceof Unresolved) return given;
    const text = scalarText(given);
    return text === null ? new Unresolved('it is no text') : compose(text, resource);
  };

/** The region stands in a pool's id (CLI-24). */
export const poolIdOf = ({ id, place }: Pick<Referred, 'id' | 'place'>): string => `${place.region}_${id}`;

export const poolArnOf = (pool: Pick<Referred, 'id' | 'place'>): string => {
  const { partition, region, accountId } = pool.place;
  return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${poolIdOf(pool)}`;
};

/** The root resource comes with its API and has no resource of its own in a template. */
export const rootIdOf = (restApiId: string): string => `${restApiId}/`;

const functionArn = composed(
  named('FunctionName'),
  (name, { place: { partition, region, accountId } }) =>
    `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
);

/** `FunctionName` of an alias or a version is a name or an ARN. */
const qualified =
  (qualifier: Answer): Answer =>
  (resource) => {
    const arn = composed(property('FunctionName'), (name, { place: { partition, region, accountId } }) =>
      name.startsWith('arn:') ? name : `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
    )(resource);
    return typeof arn === 'string' ? composed(qualifier, (text) => `${arn}:${text}`)(resource) : arn;
  };

const roleArn = composed(
  named('RoleName'),
  (name, { place: { partition, accountId } }) => `arn:${partition}:iam::${accountId}:role/${name}`,
);

const webAclArn = composed(
  named('Name'),
  (name, { id, place: { partition, region, accountId } }) =>
    `arn:${partition}:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`,
);

const domainArn = composed(
  property('DomainName'),
  (name, { place: { partition, region } }) => `arn:${partition}:apigateway:${region}::/domainnames/${name}`,
);

/** By type and attribute; `Ref` is what `Ref` gives. From the "Return values" of each type's page in the template reference. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['AWS::ApiGateway::RestApi.Ref', idOf],
  ['AWS::ApiGateway::RestApi.RestApiId', idOf],
  ['AWS::ApiGateway::RestApi.RootResourceId', ({ id }) => rootIdOf(id)],
  ['AWS::ApiGateway::Resource.Ref', idOf],
  ['AWS::ApiGateway::Resource.ResourceId', idOf],
  ['AWS::ApiGateway::Authorizer.Ref', idOf],
  ['AWS::ApiGateway::Authorizer.AuthorizerId', idOf],
  ['AWS::ApiGateway::Deployment.Ref', idOf],
  ['AWS::ApiGateway::Deployment.DeploymentId', idOf],
  ['AWS::ApiGateway::Stage.Ref', property('StageName')],
  ['AWS::ApiGateway::ApiKey.Ref', idOf],
  ['AWS::ApiGateway::ApiKey.APIKeyId', idOf],
  ['AWS::ApiGateway::UsagePlan.Ref', idOf],
  ['AWS::ApiGateway::UsagePlan.Id', idOf],
  ['AWS::ApiGateway::DomainName.Ref', property('DomainName')],
  ['AWS::ApiGateway::DomainName.DomainNameArn', domainArn],
  ['AWS::ApiGatewayV2::Api.Ref', idOf],
  ['AWS::ApiGatewayV2::Api.ApiId', idOf],
  ['AWS::ApiGatewayV2::DomainName.Ref', property('DomainName')],
  ['AWS::Cognito::UserPool.Ref', poolIdOf],
  ['AWS::Cognito::UserPool.UserPoolId', poolIdOf],
  ['AWS::Cognito::UserPool.Arn', poolArnOf],
  [
    'AWS::Cognito::UserPool.ProviderName',
    (pool) => `cognito-idp.${pool.place.region}.amazonaws.com/${poolIdOf(pool)}`,
  ],
  [
    'AWS::Cognito::UserPool.ProviderURL',
    (pool) => `https://cognito-idp.${pool.place.region}.amazonaws.com/${poolIdOf(pool)}`,
  ],
  ['AWS::Cognito::UserPoolClient.Ref', idOf],
  ['AWS::Cognito::UserPoolClient.ClientId', idOf],
  ['AWS::Cognito::UserPoolDomain.Ref', property('Domain')],
  ['AWS::Cognito::UserPoolIdentityProvider.Ref', property('ProviderName')],
  ['AWS::Cognito::UserPoolResourceServer.Ref', property('Identifier')],
  ['AWS::EC2::VPCEndpoint.Ref', ({ id }) => `vpce-${id}`],
  ['AWS::EC2::VPCEndpoint.Id', ({ id }) => `vpce-${id}`],
  ['AWS::IAM::Role.Ref', named('RoleName')],
  ['AWS::IAM::Role.Arn', roleArn],
  ['AWS::Lambda::Function.Ref', named('FunctionName')],
  ['AWS::Lambda::Function.Arn', functionArn],
  ['AWS::Lambda::Alias.Ref', qualified(property('Name'))],
  ['AWS::Lambda::Alias.AliasArn', qualified(property('Name'))],
  ['AWS::Lambda::Version.Ref', qualified(idOf)],
  ['AWS::Lambda::Version.FunctionArn', qualified(idOf)],
  ['AWS::WAFv2::WebACL.Arn', webAclArn],
  ['AWS::WAFv2::WebACL.Id', idOf],
]);

/** What `Ref` (as the attribute `Ref`) or `Fn::GetAtt` gives for a resource. */
export const answerOf = (resource: Referred, attribute: string): Value => {
  const answer = ANSWERS.get(`${resource.type}.${attribute}`);
  if (answer !== undefined) return answer(resource);
  const what = attribute === 'Ref' ? 'Ref' : `Fn::GetAtt ${attribute.slice(0, 80)}`;
  return new Unresolved(`what ${what} of ${resource.type.slice(0, 80)} gives is known after the deployment`);
};
