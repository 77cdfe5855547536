import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  UpdateApiKeyCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { ORDERS } from './calls';
import { makeDeployedApi, NAME, STAGE } from './seed';
import type { Parting } from './loop';
import type { World } from './world';

export interface KeyedApi {
  readonly restApiId: string;
  readonly planId: string;
  readonly keyId: string;
}

export const KEY_PARTING: Parting = {
  in: 'errorType',
  because:
    'MiniStack sends no x-amzn-errortype when it refuses an API key; AWS sends ForbiddenException (KEY-1)',
};

const deleteKey = ({ apiGateway }: World, apiKey: string): Promise<unknown> =>
  apiGateway.send(new DeleteApiKeyCommand({ apiKey }));

export const makeKey = async (world: World): Promise<string> => {
  const { id = '' } = await world.apiGateway.send(
    new CreateApiKeyCommand({ name: NAME, enabled: true, tags: { ...world.tags } }),
  );
  world.own(id, () => deleteKey(world, id));
  return id;
};

/** Enables or disables a key. */
export const setEnabled = async ({ apiGateway }: World, apiKey: string, enabled: boolean): Promise<void> => {
  await apiGateway.send(
    new UpdateApiKeyCommand({
      apiKey,
      patchOperations: [{ op: 'replace', path: '/enabled', value: String(enabled) }],
    }),
  );
};

export const addKey = async ({ apiGateway }: World, usagePlanId: string, keyId: string): Promise<void> => {
  await apiGateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
};

export const removeKey = async ({ apiGateway }: World, usagePlanId: string, keyId: string): Promise<void> => {
  await apiGateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId }));
};

/** An API whose `GET /orders` needs a key, in a plan with one key. */
export const makeKeyedApi = async (world: World): Promise<KeyedApi> => {
  const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS, apiKeyRequired: true });
  const { id: planId = '' } = await world.apiGateway.send(
    new CreateUsagePlanCommand({
      name: NAME,
      apiStages: [{ apiId: restApiId, stage: STAGE }],
      tags: { ...world.tags },
    }),
  );
  world.own(planId, () => world.apiGateway.send(new DeleteUsagePlanCommand({ usagePlanId: planId })));
  // A plan with stages cannot be deleted, and goes before its API.
  world.own(`stage of ${planId}`, () => removeStage(world, planId, restApiId));
  // A fix may have put a key of its own there.
  world.own(`keys of ${planId}`, async () => {
    for (const id of await keysOf(world, planId)) await deleteKey(world, id);
  });
  const keyId = await makeKey(world);
  await addKey(world, planId, keyId);
  return { restApiId, planId, keyId };
};

export const removeStage = async (
  { apiGateway }: World,
  usagePlanId: string,
  restApiId: string,
): Promise<void> => {
  await apiGateway.send(
    new UpdateUsagePlanCommand({
      usagePlanId,
      patchOperations: [{ op: 'remove', path: '/apiStages', value: `${restApiId}:${STAGE}` }],
    }),
  );
};

/** The keys of a plan. */
export const keysOf = async ({ apiGateway }: World, usagePlanId: string): Promise<readonly string[]> => {
  const { items = [] } = await apiGateway.send(new GetUsagePlanKeysCommand({ usagePlanId }));
  return items.map(({ id = '' }) => id);
};
