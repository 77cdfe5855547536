import {
  GetResourcesCommand,
  type Integration as AwsIntegration,
  type Method as AwsMethod,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import type { ListedApi } from '../model/rest-api';
import { known, type Known } from '../model/known';
import type { Integration, Method, StaticAnswer } from '../model/method';
import type { Door } from './door';
import { apiLabel } from './rest-apis';
import { flag, list, optionalObject, optionalText, ShapeError, text, textMap, texts } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** A resource of the draft with its methods. */
export interface DraftResource {
  readonly path: string;
  readonly methods: readonly Method[];
}

const HEADER = 'method.response.header.';

/** Response header name in lower case to its mapping. */
export const responseHeaders = (
  parameters: Readonly<Record<string, string>>,
  prefix = HEADER,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value]),
  );

/** A proxy's backend answers by itself; the configured answers of the others are what the caller gets. */
export const isProxy = (type: string): boolean => type.endsWith('_PROXY');

const toAnswers = (integration: AwsIntegration, field: string): readonly StaticAnswer[] =>
  Object.entries(integration.integrationResponses ?? {}).map(([key, answer]) => ({
    statusCode: optionalText(answer.statusCode, `${field}.statusCode`) ?? key,
    headers: responseHeaders(textMap(answer.responseParameters, `${field}.responseParameters`)),
  }));

const toIntegration = (integration: AwsIntegration | undefined, field: string): Integration | null => {
  if (integration === undefined) return null;
  const type = text(integration.type, `${field}.type`).toUpperCase();
  return {
    type,
    uri: optionalText(integration.uri, `${field}.uri`),
    credentials: optionalText(integration.credentials, `${field}.credentials`),
    answers: isProxy(type) ? [] : toAnswers(integration, `${field}.integrationResponses`),
  };
};

const toMethod = (resourceId: string, path: string, verb: string, method: AwsMethod): Method => {
  const field = `items[].resourceMethods.${verb}`;
  return {
    path,
    verb: verb.toUpperCase(),
    resourceId,
    authorizationType: known(text(method.authorizationType, `${field}.authorizationType`)),
    authorizer: known(optionalText(method.authorizerId, `${field}.authorizerId`)),
    scopes: known([...texts(method.authorizationScopes, `${field}.authorizationScopes`)].sort()),
    apiKeyRequired: known(flag(method.apiKeyRequired, `${field}.apiKeyRequired`)),
    integration: known(toIntegration(method.methodIntegration, `${field}.methodIntegration`)),
  };
};

/**
 * One item of GetResources with `embed=methods`; without it the verbs come as `{}`, which is no answer.
 * @throws ShapeError
 */
export const toDraftResource = (resource: Resource): DraftResource => {
  const id = text(resource.id, 'items[].id');
  const path = text(resource.path, 'items[].path');
  optionalObject(resource.resourceMethods, 'items[].resourceMethods');
  return {
    path,
    methods: Object.entries(resource.resourceMethods ?? {}).map(([verb, method]) =>
      toMethod(id, path, verb, method),
    ),
  };
};

/** All resources of the draft; `null`: the API is gone. */
export const listResources = (door: Door, api: ListedApi): Promise<Known<readonly DraftResource[] | null>> =>
  door.findAll({
    operation: 'GetResources',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetResourcesCommand({
          restApiId: api.id,
          embed: ['methods'],
          limit: PAGE_SIZES.GetResources,
          position,
        }),
      ),
    take: ({ items, position }) => {
      const resources = list(items, 'items').map(toDraftResource);
      // The root cannot be deleted.
      if (resources.length === 0) throw new ShapeError('items: an API has at least its root');
      return { items: resources, next: position };
    },
  });
