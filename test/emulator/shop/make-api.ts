import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type CreateAuthorizerCommandInput,
  type PutMethodCommandInput,
} from '@aws-sdk/client-api-gateway';
import { createHash } from 'node:crypto';
import { given, type ShopClients } from './clients';

/** An authorizer of the API; methods name it by its name. */
export type AuthorizerPlan = Omit<CreateAuthorizerCommandInput, 'restApiId'>;

/** One method under `/PATH`; open by default. */
export interface MethodPlan {
  readonly verb: string;
  readonly path: string;
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
  readonly apiKey?: true;
  readonly signed?: true;
}

export interface ApiPlan {
  readonly name: string;
  readonly policy?: object;
  readonly authorizers?: readonly AuthorizerPlan[];
  readonly methods: readonly MethodPlan[];
  /** None: it is never deployed. */
  readonly stage?: string;
}

const JSON_TYPE = 'application/json';

/** A backend inside API Gateway that answers 200. */
const putMock = async (
  { gateway }: ShopClients,
  at: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
): Promise<void> => {
  await gateway.send(new PutMethodResponseCommand({ ...at, statusCode: '200' }));
  await gateway.send(
    new PutIntegrationCommand({
      ...at,
      type: 'MOCK',
      requestTemplates: { [JSON_TYPE]: '{"statusCode": 200}' },
    }),
  );
  await gateway.send(
    new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseTemplates: { [JSON_TYPE]: '{}' } }),
  );
};

const guardOf = (
  { authorizer, scopes, apiKey, signed }: MethodPlan,
  authorizerIds: ReadonlyMap<string, { readonly id: string; readonly type: string }>,
): Pick<
  PutMethodCommandInput,
  'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'
> => {
  const found = authorizer === undefined ? undefined : given(authorizerIds.get(authorizer), authorizer);
  return {
    authorizationType:
      found === undefined
        ? signed === true
          ? 'AWS_IAM'
          : 'NONE'
        : found.type === 'COGNITO_USER_POOLS'
          ? found.type
          : 'CUSTOM',
    ...(found === undefined ? {} : { authorizerId: found.id }),
    ...(scopes === undefined ? {} : { authorizationScopes: [...scopes] }),
    apiKeyRequired: apiKey === true,
  };
};

/** Makes an API of one level of paths, deploys it, and tells its id. */
export const makeApi = async (
  clients: ShopClients,
  { name, policy, authorizers = [], methods, stage }: ApiPlan,
): Promise<string> => {
  const { gateway } = clients;
  const made = await gateway.send(
    new CreateRestApiCommand({
      name,
      // Findings are sorted by id; MiniStack takes one from here.
      tags: { 'ms-custom-id': createHash('sha256').update(name).digest('hex').slice(0, 8) },
      ...(policy === undefined ? {} : { policy: JSON.stringify(policy) }),
    }),
  );
  const restApiId = given(made.id, 'id');
  const authorizerIds = new Map<string, { id: string; type: string }>();
  for (const authorizer of authorizers) {
    const { id } = await gateway.send(new CreateAuthorizerCommand({ restApiId, ...authorizer }));
    authorizerIds.set(given(authorizer.name, 'name'), {
      id: given(id, 'id'),
      type: given(authorizer.type, 'type'),
    });
  }
  const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId }));
  const parentId = given(items[0]?.id, 'root');
  const resourceIds = new Map<string, string>();
  for (const method of methods) {
    const pathPart = method.path.slice(1);
    const resourceId =
      resourceIds.get(pathPart) ??
      given((await gateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id, 'id');
    resourceIds.set(pathPart, resourceId);
    const at = { restApiId, resourceId, httpMethod: method.verb };
    await gateway.send(new PutMethodCommand({ ...at, ...guardOf(method, authorizerIds) }));
    await putMock(clients, at);
  }
  if (stage !== undefined) {
    await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
  }
  return restApiId;
};
