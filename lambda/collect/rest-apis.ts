import {
  GetRestApiCommand,
  GetRestApisCommand,
  type RestApi as AwsRestApi,
} from '@aws-sdk/client-api-gateway';
import type { Known } from '../model/known';
import type { ListedApi } from '../model/rest-api';
import type { Door } from './door';
import { policyText } from './policy-text';
import { list, object, optionalFlag, optionalText, text, texts } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** `orders (a1b2c3)`: how gaps call an API. */
export const apiLabel = ({ name, id }: { readonly name: string; readonly id: string }): string =>
  `${name} (${id})`;

/** @throws ShapeError */
export const toListedApi = (api: AwsRestApi): ListedApi => {
  const id = text(api.id, 'items[].id');
  const { endpointConfiguration } = api;
  object(endpointConfiguration, 'items[].endpointConfiguration');
  return {
    id,
    name: optionalText(api.name, 'items[].name') ?? id,
    endpointTypes: list(endpointConfiguration?.types, 'items[].endpointConfiguration.types').map((type) =>
      text(type, 'items[].endpointConfiguration.types[]'),
    ),
    vpcEndpointIds: texts(
      endpointConfiguration?.vpcEndpointIds,
      'items[].endpointConfiguration.vpcEndpointIds[]',
    ),
    ipAddressType: optionalText(
      endpointConfiguration?.ipAddressType,
      'items[].endpointConfiguration.ipAddressType',
    ),
    disableExecuteApiEndpoint: optionalFlag(
      api.disableExecuteApiEndpoint,
      'items[].disableExecuteApiEndpoint',
    ),
    apiKeySource: optionalText(api.apiKeySource, 'items[].apiKeySource') ?? 'HEADER',
    endpointAccessMode: optionalText(api.endpointAccessMode, 'items[].endpointAccessMode'),
    policy: policyText(optionalText(api.policy, 'items[].policy')),
  };
};

/** All REST APIs of the region, by id. */
export const listRestApis = (door: Door): Promise<Known<readonly ListedApi[]>> =>
  door.readAll({
    operation: 'GetRestApis',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(new GetRestApisCommand({ limit: PAGE_SIZES.GetRestApis, position })),
    take: ({ items, position }) => ({ items: list(items, 'items').map(toListedApi), next: position }),
  });

/** Whether an API that was listed is still there; `null`: deleted meanwhile. */
export const findRestApi = (door: Door, api: ListedApi): Promise<Known<true | null>> =>
  door.find({
    operation: 'GetRestApi',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }) => apiGateway.send(new GetRestApiCommand({ restApiId: api.id })),
    take: ({ id }) => {
      text(id, 'id');
      return true as const;
    },
  });
