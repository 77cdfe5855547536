import { isProxy, responseHeaders } from '../collect/resources';
import { known, mapKnown, type Known } from '../model/known';
import type { Integration, Method, StaticAnswer } from '../model/method';
import { rootIdOf } from './attributes';
import {
  eachOne,
  everyOne,
  fields,
  flagAt,
  gapAt,
  has,
  inside,
  requiredTextAt,
  standInAt,
  textAt,
  textMapAt,
  textsAt,
} from './properties';
import type { Readable } from './readable';
import type { Resource } from './stack';

/** Paths of an API's resources, by the id of the resource. */
export const pathsOf = (
  restApiId: string,
  resources: readonly Resource[],
): Known<ReadonlyMap<string, string>> => {
  const paths = new Map([[rootIdOf(restApiId), '/']]);
  const parts = everyOne(resources, (resource) =>
    fields({
      id: known(resource.id),
      resource: known(resource),
      parent: requiredTextAt(resource, 'ParentId'),
      part: requiredTextAt(resource, 'PathPart'),
    }),
  );
  if (parts.state === 'unreadable') return parts;
  let waiting = parts.value;
  // Each round places what hangs on what was placed before, until nothing moves.
  for (let before = -1; before !== waiting.length;) {
    before = waiting.length;
    waiting = waiting.filter(({ id, parent, part }) => {
      const above = paths.get(parent);
      if (above === undefined) return true;
      paths.set(id, `${above === '/' ? '' : above}/${part}`);
      return false;
    });
  }
  const [lost] = waiting;
  return lost === undefined
    ? known(paths)
    : gapAt(lost.resource, 'ParentId', `${lost.parent} is no resource of this API in the template`);
};

const toAnswer = (answer: Readable): Known<StaticAnswer> =>
  fields({
    statusCode: requiredTextAt(answer, 'StatusCode'),
    headers: mapKnown(textMapAt(answer, 'ResponseParameters'), (parameters) => responseHeaders(parameters)),
  });

const integrationAt = (method: Resource): Known<Integration | null> => {
  if (!has(method, 'Integration')) return known(null);
  const integration = inside(method, 'Integration');
  const type = mapKnown(requiredTextAt(integration, 'Type'), (text) => text.toUpperCase());
  if (type.state === 'unreadable') return type;
  return fields({
    type,
    uri: known(standInAt(integration, 'Uri')),
    credentials: known(standInAt(integration, 'Credentials')),
    answers: isProxy(type.value) ? known([]) : eachOne(integration, 'IntegrationResponses', toAnswer),
  });
};

/** An id of an authorizer that the template does not make may be one of another template, or of none. */
const authorizerAt = (method: Resource, authorizerIds: ReadonlySet<string>): Method['authorizer'] => {
  const named = textAt(method, 'AuthorizerId');
  if (named.state === 'unreadable' || named.value === null || authorizerIds.has(named.value)) return named;
  return gapAt(method, 'AuthorizerId', `the template does not make ${named.value} for this API`);
};

/** The methods of an API as resources of their own. */
export const methodsOf = (
  methods: readonly Resource[],
  paths: Known<ReadonlyMap<string, string>>,
  authorizerIds: ReadonlySet<string>,
): Known<readonly Method[]> => {
  if (paths.state === 'unreadable') return methods.length === 0 ? known([]) : paths;
  return everyOne(methods, (method): Known<Method> => {
    const key = fields({
      verb: mapKnown(requiredTextAt(method, 'HttpMethod'), (verb) => verb.toUpperCase()),
      resourceId: requiredTextAt(method, 'ResourceId'),
    });
    if (key.state === 'unreadable') return key;
    const { verb, resourceId } = key.value;
    const path = paths.value.get(resourceId);
    if (path === undefined) {
      return gapAt(method, 'ResourceId', `${resourceId} is no resource of this API in the template`);
    }
    return known({
      path,
      verb,
      resourceId,
      authorizationType: requiredTextAt(method, 'AuthorizationType'),
      authorizer: authorizerAt(method, authorizerIds),
      scopes: mapKnown(textsAt(method, 'AuthorizationScopes'), (scopes) => [...scopes].sort()),
      apiKeyRequired: flagAt(method, 'ApiKeyRequired'),
      integration: integrationAt(method),
    });
  });
};
