import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteMethodCommand,
  DeleteRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateAuthorizerCommand,
  UpdateRestApiCommand,
  type CreateAuthorizerCommandInput,
  type EndpointType,
  type PutMethodCommandInput,
} from '@aws-sdk/client-api-gateway';
import type { World } from './world';

/** A method with a mock backend that answers 200. */
export type MethodSeed = {
  readonly verb: string;
  readonly path: string;
} & Partial<
  Pick<PutMethodCommandInput, 'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'>
>;

export const STAGE = 'prod';

/** Names are told apart by what the emulator or AWS gives as ids; people see what they are for. */
export const NAME = 'api-auth-auditor-loop';

/** An API without methods; goes with the world. */
export const makeApi = async (world: World, type: EndpointType = 'REGIONAL'): Promise<string> => {
  const { id = '' } = await world.apiGateway.send(
    new CreateRestApiCommand({
      name: NAME,
      endpointConfiguration: { types: [type] },
      tags: { ...world.tags },
    }),
  );
  world.own(id, () => world.apiGateway.send(new DeleteRestApiCommand({ restApiId: id })));
  return id;
};

const resourceAt = async ({ apiGateway }: World, restApiId: string, path: string): Promise<string> => {
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId, limit: 500 }));
  const ids = new Map(items.map((item) => [item.path ?? '', item.id ?? '']));
  let parentId = ids.get('/') ?? '';
  let walked = '';
  for (const pathPart of path.split('/').filter((part) => part !== '')) {
    walked += `/${pathPart}`;
    const known = ids.get(walked);
    parentId =
      known ?? (await apiGateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? '';
  }
  return parentId;
};

/** Puts a method into the draft, in place of the one that may be there. */
export const putMethod = async (world: World, restApiId: string, seed: MethodSeed): Promise<void> => {
  const { apiGateway } = world;
  const { verb: httpMethod, path, authorizationType = 'NONE', ...guard } = seed;
  const at = { restApiId, resourceId: await resourceAt(world, restApiId, path), httpMethod };
  await apiGateway.send(new PutMethodCommand({ ...at, authorizationType, ...guard }));
  await apiGateway.send(new PutMethodResponseCommand({ ...at, statusCode: '200' }));
  await apiGateway.send(
    new PutIntegrationCommand({
      ...at,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode":200}' },
    }),
  );
  await apiGateway.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200' }));
};

/** Takes a method off the draft; its resource stays. */
export const removeMethod = async (
  world: World,
  restApiId: string,
  { verb: httpMethod, path }: Pick<MethodSeed, 'verb' | 'path'>,
): Promise<void> => {
  const resourceId = await resourceAt(world, restApiId, path);
  await world.apiGateway.send(new DeleteMethodCommand({ restApiId, resourceId, httpMethod }));
};

export const makeAuthorizer = async (
  world: World,
  given: Omit<CreateAuthorizerCommandInput, 'name'> & { readonly name?: string },
): Promise<string> => {
  const { id = '' } = await world.apiGateway.send(new CreateAuthorizerCommand({ name: 'guard', ...given }));
  return id;
};

export const patchAuthorizer = async (
  { apiGateway }: World,
  restApiId: string,
  authorizerId: string,
  path: string,
  value: string,
): Promise<void> => {
  await apiGateway.send(
    new UpdateAuthorizerCommand({
      restApiId,
      authorizerId,
      patchOperations: [{ op: 'replace', path, value }],
    }),
  );
};

/** Replaces things of the API itself, in one call. */
export const patchApi = async (
  { apiGateway }: World,
  restApiId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> => {
  const patchOperations = Object.entries(values).map(
    ([path, value]) => ({ op: 'replace', path, value }) as const,
  );
  await apiGateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
};

export const setPolicy = (world: World, restApiId: string, policy: object): Promise<void> =>
  patchApi(world, restApiId, { '/policy': JSON.stringify(policy) });

export const deploy = async ({ apiGateway }: World, restApiId: string): Promise<void> => {
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: STAGE }));
};

/** An API with these methods, deployed. */
export const makeDeployedApi = async (world: World, ...methods: readonly MethodSeed[]): Promise<string> => {
  const restApiId = await makeApi(world);
  for (const method of methods) await putMethod(world, restApiId, method);
  await deploy(world, restApiId);
  return restApiId;
};
