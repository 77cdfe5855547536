import {
  GetAuthorizers$,
  GetGatewayResponses$,
  GetResources$,
  GetRestApi$,
  GetRestApis$,
  type GetAuthorizersCommandInput,
  type GetAuthorizersCommandOutput,
  type GetGatewayResponsesCommandInput,
  type GetGatewayResponsesCommandOutput,
  type GetResourcesCommandInput,
  type GetResourcesCommandOutput,
  type GetRestApiCommandInput,
  type GetRestApiCommandOutput,
  type GetRestApisCommandInput,
  type GetRestApisCommandOutput,
  type Resource,
  type RestApi,
} from '@aws-sdk/client-api-gateway';
import type { ParsedRestApi, Stored } from '../account-file';
import { operation, type Context, type Operation } from '../service';
import { positioned, restApiOf, without } from './api-gateway-support';
import { gatewayResponseRows } from './gateway-responses';
import { escapedPolicy, storedPolicy } from './resource-policy';

const described = (api: ParsedRestApi, context: Context): Stored<RestApi> => {
  const plain = without(
    api,
    'policyDocument',
    'resources',
    'authorizers',
    'gatewayResponses',
    'stages',
    'deployments',
  );
  return api.policyDocument === undefined
    ? plain
    : { ...plain, policy: escapedPolicy(storedPolicy(api.policyDocument, api.id ?? '', context)) };
};

/** Without `embed=methods` each verb is an empty object. */
const resourceRow = (resource: Stored<Resource>, embedded: boolean): Stored<Resource> =>
  embedded || resource.resourceMethods === undefined
    ? resource
    : {
        ...resource,
        resourceMethods: Object.fromEntries(Object.keys(resource.resourceMethods).map((verb) => [verb, {}])),
      };

export const API_OPERATIONS: readonly Operation[] = [
  operation<GetRestApisCommandInput, GetRestApisCommandOutput>(GetRestApis$, (input, context) => {
    const page = positioned(context.region.restApis, input, 'restapis', context);
    return { ...page, items: page.items.map((api) => described(api, context)) };
  }),
  operation<GetRestApiCommandInput, GetRestApiCommandOutput>(GetRestApi$, ({ restApiId }, context) => {
    const api = described(restApiOf(restApiId, context), context);
    return { ...api, tags: api.tags ?? {} };
  }),
  operation<GetResourcesCommandInput, GetResourcesCommandOutput>(GetResources$, (input, context) => {
    const { resources } = restApiOf(input.restApiId, context);
    const page = positioned(resources, input, `resources of ${input.restApiId}`, context);
    const embedded = input.embed?.includes('methods') ?? false;
    return { ...page, items: page.items.map((resource) => resourceRow(resource, embedded)) };
  }),
  operation<GetAuthorizersCommandInput, GetAuthorizersCommandOutput>(GetAuthorizers$, (input, context) =>
    positioned(
      restApiOf(input.restApiId, context).authorizers,
      input,
      `authorizers of ${input.restApiId}`,
      context,
    ),
  ),
  // This collection has no pages: limit and position do not apply.
  operation<GetGatewayResponsesCommandInput, GetGatewayResponsesCommandOutput>(
    GetGatewayResponses$,
    ({ restApiId }, context) => ({
      items: gatewayResponseRows(restApiOf(restApiId, context).gatewayResponses),
    }),
  ),
];
