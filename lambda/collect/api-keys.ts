import { GetApiKeysCommand, type ApiKey as AwsApiKey } from '@aws-sdk/client-api-gateway';
import type { ApiKey } from '../model/account';
import type { Known } from '../model/known';
import type { Door } from './door';
import { flag, list, optionalText, text, texts } from './shape';
import { PAGE_SIZES } from './page-sizes';

/**
 * A key without its value, whether or not it was sent.
 * @throws ShapeError
 */
export const toApiKey = (key: AwsApiKey): ApiKey => {
  const id = text(key.id, 'items[].id');
  return {
    id,
    name: optionalText(key.name, 'items[].name') ?? id,
    enabled: flag(key.enabled, 'items[].enabled'),
    stageKeys: texts(key.stageKeys, 'items[].stageKeys'),
  };
};

export const readApiKeys = (door: Door): Promise<Known<readonly ApiKey[]>> =>
  door.readAll({
    operation: 'GetApiKeys',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetApiKeysCommand({ includeValues: false, limit: PAGE_SIZES.GetApiKeys, position }),
      ),
    take: ({ items, position }) => ({ items: list(items, 'items').map(toApiKey), next: position }),
  });
