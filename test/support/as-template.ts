import type { Account, UsagePlan } from '../../lambda/model/account';
import type { DomainName } from '../../lambda/model/edge';
import { isKnown, type Known } from '../../lambda/model/known';
import type { Method } from '../../lambda/model/method';
import type { Authorizer, RestApi } from '../../lambda/model/rest-api';
import type { AppClient, UserPool } from '../../lambda/model/user-pool';

type Resources = Record<string, unknown>;

/** What nobody could read stands in a template as the export of a stack that is not there. */
const later = { 'Fn::ImportValue': 'somewhere-else' };

const orLater = <T>(it: Known<T>): unknown => (isKnown(it) ? it.value : later);

const word = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '');

const resource = (Type: string, Properties: object, rest: object = {}) => ({ Type, ...rest, Properties });

const addResources = (resources: Resources, api: RestApi, paths: readonly string[]): void => {
  for (const path of paths) {
    const parts = path.split('/').slice(1);
    const parent = parts.slice(0, -1).join('/');
    resources[`R${word(path)}x`] = resource('AWS::ApiGateway::Resource', {
      RestApiId: { Ref: api.id },
      ParentId: parent === '' ? { 'Fn::GetAtt': [api.id, 'RootResourceId'] } : { Ref: `R${word(parent)}x` },
      PathPart: parts.at(-1),
    });
  }
};

/** Every path with those above it, shorter ones first. */
const allPaths = (methods: readonly Method[]): readonly string[] =>
  [
    ...new Set(
      methods.flatMap(({ path }) => {
        const parts = path.split('/').slice(1);
        return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
      }),
    ),
  ].filter((path) => path !== '/');

const methodResource = (api: RestApi, method: Method, ids: ReadonlySet<string>): object => {
  const named = isKnown(method.authorizer) ? method.authorizer.value : null;
  return resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: api.id },
    ResourceId:
      method.path === '/' ? { 'Fn::GetAtt': [api.id, 'RootResourceId'] } : { Ref: `R${word(method.path)}x` },
    HttpMethod: method.verb,
    AuthorizationType: orLater(method.authorizationType),
    ...(named === null ? {} : { AuthorizerId: ids.has(named) ? { Ref: `A${named}` } : named }),
    AuthorizationScopes: orLater(method.scopes),
    ApiKeyRequired: orLater(method.apiKeyRequired),
    Integration: { Type: 'AWS_PROXY' },
  });
};

const authorizerResource = (api: RestApi, authorizer: Authorizer): object =>
  resource('AWS::ApiGateway::Authorizer', {
    RestApiId: { Ref: api.id },
    Name: authorizer.name,
    Type: authorizer.kind,
    ProviderARNs: authorizer.providerArns,
    ...(authorizer.uri === null ? {} : { AuthorizerUri: authorizer.uri }),
    ...(authorizer.credentials === null ? {} : { AuthorizerCredentials: authorizer.credentials }),
    IdentitySource: authorizer.identitySources.join(','),
    ...(authorizer.validationExpression === null
      ? {}
      : { IdentityValidationExpression: authorizer.validationExpression }),
    ...(authorizer.resultTtl === null ? {} : { AuthorizerResultTtlInSeconds: authorizer.resultTtl }),
  });

const addApi = (resources: Resources, api: RestApi): void => {
  const { draft } = api;
  const authorizers = isKnown(draft.authorizers) ? draft.authorizers.value : [];
  const methods = isKnown(draft.methods) ? draft.methods.value : [];
  const ids = new Set(authorizers.map(({ key }) => key));
  resources[api.id] = resource('AWS::ApiGateway::RestApi', {
    Name: api.name,
    EndpointConfiguration: { Types: api.endpointTypes, VpcEndpointIds: api.vpcEndpointIds },
    DisableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    ApiKeySourceType: api.apiKeySource,
    Policy: orLater(draft.policy),
  });
  addResources(resources, api, allPaths(methods));
  for (const one of authorizers) resources[`A${one.key}`] = authorizerResource(api, one);
  const names = methods.map((method, at) => {
    resources[`M${at}`] = methodResource(api, method, ids);
    return `M${at}`;
  });
  resources['D'] = resource(
    'AWS::ApiGateway::Deployment',
    { RestApiId: { Ref: api.id } },
    { DependsOn: names },
  );
  for (const [at, stage] of (isKnown(api.stages) ? api.stages.value : []).entries()) {
    resources[`S${at}`] = resource('AWS::ApiGateway::Stage', {
      RestApiId: { Ref: api.id },
      DeploymentId: { Ref: 'D' },
      StageName: stage.name,
      Variables: stage.variables,
    });
    if (stage.webAclArn !== null) {
      resources[`W${at}`] = resource('AWS::WAFv2::WebACLAssociation', {
        ResourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${api.id}/stages/${stage.name}`,
        WebACLArn: stage.webAclArn,
      });
    }
  }
};

const clientResource = (poolId: string, { name, settings }: AppClient): object => {
  const known = isKnown(settings) ? settings.value : null;
  return resource('AWS::Cognito::UserPoolClient', {
    UserPoolId: { Ref: poolId },
    ClientName: name,
    ...(known === null
      ? { ExplicitAuthFlows: later }
      : {
          GenerateSecret: known.hasSecret,
          ...(known.explicitAuthFlows === null ? {} : { ExplicitAuthFlows: known.explicitAuthFlows }),
          AllowedOAuthFlowsUserPoolClient: known.oauthEnabled,
          AllowedOAuthFlows: known.oauthFlows,
          AllowedOAuthScopes: known.oauthScopes,
          CallbackURLs: known.callbackUrls,
          SupportedIdentityProviders: known.identityProviders,
        }),
  });
};

const addPool = (resources: Resources, pool: UserPool): void => {
  const id = word(pool.id.split('_')[1] ?? '');
  resources[id] = resource('AWS::Cognito::UserPool', {
    UserPoolName: pool.name,
    IssuerConfiguration: { Type: pool.issuerType },
    LambdaConfig: {
      ...pool.triggers,
      ...(pool.preTokenGeneration === null
        ? {}
        : {
            PreTokenGenerationConfig: {
              LambdaArn:
                pool.triggers['PreTokenGeneration'] ??
                'arn:aws:lambda:eu-west-1:222233334444:function:pretoken',
              LambdaVersion: pool.preTokenGeneration,
            },
          }),
    },
  });
  for (const client of isKnown(pool.clients) ? pool.clients.value : []) {
    resources[`C${word(client.id)}`] = clientResource(id, client);
  }
  for (const [at, server] of (isKnown(pool.resourceServers) ? pool.resourceServers.value : []).entries()) {
    resources[`${id}Server${at}`] = resource('AWS::Cognito::UserPoolResourceServer', {
      UserPoolId: { Ref: id },
      Identifier: server.identifier,
      Name: server.identifier,
      Scopes: server.scopeNames.map((ScopeName) => ({ ScopeName })),
    });
  }
  if (pool.domain !== null) {
    resources[`${id}Domain`] = resource('AWS::Cognito::UserPoolDomain', {
      UserPoolId: { Ref: id },
      Domain: pool.domain,
    });
  }
};

const addPlan = (resources: Resources, plan: UsagePlan): void => {
  resources[word(plan.id)] = resource('AWS::ApiGateway::UsagePlan', {
    UsagePlanName: plan.name,
    ApiStages: plan.apiStages.map(({ restApiId, stage }) => ({ ApiId: restApiId, Stage: stage })),
  });
  for (const [at, key] of (isKnown(plan.keyIds) ? plan.keyIds.value : []).entries()) {
    resources[`${word(plan.id)}Key${at}`] = resource('AWS::ApiGateway::UsagePlanKey', {
      UsagePlanId: { Ref: word(plan.id) },
      KeyId: { Ref: word(key) },
      KeyType: 'API_KEY',
    });
  }
};

const addDomain = (resources: Resources, domain: DomainName): void => {
  resources['Domain'] = resource('AWS::ApiGateway::DomainName', {
    DomainName: domain.name,
    EndpointConfiguration: { Types: domain.endpointTypes },
    RoutingMode: domain.routingMode,
  });
  for (const [at, mapping] of (isKnown(domain.mappings) ? domain.mappings.value : []).entries()) {
    resources[`Domain${at}`] = resource('AWS::ApiGateway::BasePathMapping', {
      DomainName: domain.name,
      BasePath: mapping.basePath,
      RestApiId: mapping.restApiId,
      ...(mapping.stage === null ? {} : { Stage: mapping.stage }),
    });
  }
};

/** Only what a template can make: a function that is there and works, with its permissions. */
const addFunctions = (resources: Resources, account: Account): void => {
  const { functions } = account.slices;
  for (const { arn, configuration, policy, reservedConcurrency } of isKnown(functions)
    ? functions.value
    : []) {
    if (!isKnown(configuration) || configuration.value?.state !== 'Active') continue;
    const name = arn.split(':').at(-1) ?? '';
    resources[`F${name}`] = resource('AWS::Lambda::Function', {
      FunctionName: name,
      ReservedConcurrentExecutions: isKnown(reservedConcurrency) ? reservedConcurrency.value : null,
    });
    const document =
      isKnown(policy) && policy.value !== null ? (JSON.parse(policy.value) as PermissionPolicy) : null;
    for (const [at, statement] of (document?.Statement ?? []).entries()) {
      resources[`F${name}May${at}`] = resource('AWS::Lambda::Permission', {
        FunctionName: name,
        Action: statement.Action,
        Principal: statement.Principal.Service,
        SourceArn: statement.Condition.ArnLike['AWS:SourceArn'],
      });
    }
  }
};

interface PermissionPolicy {
  readonly Statement: readonly {
    readonly Action: string;
    readonly Principal: { readonly Service: string };
    readonly Condition: { readonly ArnLike: Readonly<Record<string, string>> };
  }[];
}

/** An account, as far as a template can say it. What is gone, unread or of another making is left to another template. */
export const asTemplate = (account: Account): string => {
  const resources: Resources = {};
  const { slices } = account;
  for (const api of isKnown(account.restApis) ? account.restApis.value : []) addApi(resources, api);
  for (const { pool } of isKnown(slices.userPools) ? slices.userPools.value : []) {
    if (isKnown(pool) && pool.value !== null) addPool(resources, pool.value);
  }
  for (const plan of isKnown(slices.usagePlans) ? slices.usagePlans.value : []) addPlan(resources, plan);
  for (const key of isKnown(slices.apiKeys) ? slices.apiKeys.value : []) {
    resources[word(key.id)] = resource('AWS::ApiGateway::ApiKey', { Name: key.name, Enabled: key.enabled });
  }
  for (const domain of isKnown(slices.domains) ? slices.domains.value : []) addDomain(resources, domain);
  addFunctions(resources, account);
  for (const endpoint of isKnown(slices.vpcEndpoints) ? slices.vpcEndpoints.value : []) {
    if (endpoint.state !== 'available') continue;
    resources[endpoint.id.replace('vpce-', '')] = resource('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.eu-west-1.execute-api',
      VpcId: endpoint.vpcId,
      PrivateDnsEnabled: endpoint.privateDnsEnabled,
      ...(endpoint.policy === null ? {} : { PolicyDocument: JSON.parse(endpoint.policy) as object }),
    });
  }
  return JSON.stringify({ Resources: resources });
};
