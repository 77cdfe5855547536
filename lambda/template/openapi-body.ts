import { parseExport, type ExportedApi, type ExportedOperation } from '../collect/export-document';
import { ShapeError } from '../collect/shape';
import type { CustomResponse } from '../model/gateway-responses';
import { known, mapKnown, type Known, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import type { Authorizer } from '../model/rest-api';
import { namesLater } from './policies';
import { gapAt, standInFor } from './properties';
import type { Resource } from './stack';
import { isList, isObject, Unresolved, type Value } from './value';

/** What an OpenAPI document in `Body` makes of an API. */
export interface BodyApi {
  readonly paths: readonly string[];
  readonly methods: readonly Method[];
  readonly authorizers: readonly Authorizer[];
  readonly policy: Known<string | null>;
  /** Customised types. */
  readonly gatewayResponses: readonly CustomResponse[];
  /** `null`: not said. */
  readonly apiKeySource: string | null;
  readonly disableExecuteApiEndpoint: boolean;
}

/** Members whose value may be known later without anything else hanging on it. */
const MAY_BE_LATER: ReadonlySet<string> = new Set([
  'uri',
  'credentials',
  'connectionId',
  'authorizerUri',
  'authorizerCredentials',
  'title',
  'description',
  'version',
]);

const POLICY = 'x-amazon-apigateway-policy';

/** The document with stand-ins where something may be known later, or the first place where it may not. */
const completed = (value: Value, at: string, key: string, body: Resource): Known<Value> => {
  if (value instanceof Unresolved) {
    return MAY_BE_LATER.has(key) ? known(standInFor(body, at)) : gapAt(body, at, value.because);
  }
  if (typeof value !== 'object' || value === null) return known(value);
  const entries: [string, Value][] = [];
  for (const [name, item] of Object.entries(value)) {
    // An item of a list of providers is as good as a member.
    const inner = isList(value) && key === 'providerARNs' ? 'uri' : name;
    const read = completed(item, `${at}.${name}`, inner, body);
    if (read.state === 'unreadable') return read;
    entries.push([name, read.value]);
  }
  return known(isList(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries));
};

const memberOf = (value: Value | undefined, name: string): Value | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** A Swagger 2.0 document as the same in OpenAPI 3: as far as it is read, only its security schemes stand elsewhere. */
const asOpenApi3 = (document: { readonly [key: string]: Value }): { readonly [key: string]: Value } =>
  document['swagger'] === undefined
    ? document
    : {
        ...document,
        openapi: '3.0.1',
        components: { securitySchemes: document['securityDefinitions'] ?? {} },
      };

/** AWS SAM writes it, without defining it, where a method is to have no authorizer (`Authorizer: NONE`). */
const OPEN = 'NONE';

const typeOf = (
  { security }: ExportedOperation,
  { authorizers }: ExportedApi,
  unclear: Unreadable,
): Pick<Method, 'authorizationType' | 'authorizer' | 'scopes'> => {
  const [first, ...others] = Object.entries(security.authorizers).filter(([name]) => name !== OPEN);
  if (first === undefined) {
    return {
      authorizationType: known(security.iam ? 'AWS_IAM' : 'NONE'),
      authorizer: known(null),
      scopes: known([]),
    };
  }
  const [name, scopes] = first;
  const authorizer = authorizers.find((one) => one.name === name);
  // A scheme without an authorizer of API Gateway, or two of them: what an import makes of those is not documented.
  if (authorizer === undefined || others.length > 0 || security.iam) {
    return { authorizationType: unclear, authorizer: unclear, scopes: unclear };
  }
  return {
    authorizationType: known(authorizer.kind === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM'),
    authorizer: known(name),
    scopes: known(scopes),
  };
};

const toMethod = (operation: ExportedOperation, exported: ExportedApi, body: Resource): Method => {
  const { path, verb, integration, security } = operation;
  const unclear = gapAt(
    body,
    `Body.paths.${path}.${verb.toLowerCase()}.security`,
    'it is not one authorizer of API Gateway',
  );
  return {
    path,
    verb,
    ...typeOf(operation, exported, unclear),
    apiKeyRequired: known(security.apiKey),
    integration: known(integration),
  };
};

const policyOf = (
  document: { readonly [key: string]: Value },
  exported: ExportedApi,
  body: Resource,
): Known<string | null> => {
  const policy = document[POLICY];
  if (policy === undefined) return known(null);
  const whole = completed(policy, `Body.${POLICY}`, '', body);
  if (whole.state === 'unreadable') return whole;
  const { policy: text } = exported;
  const later = text === null ? null : namesLater(text, body.stack);
  return later === null ? known(text) : gapAt(body, `Body.${POLICY}`, later);
};

const read = (
  document: { readonly [key: string]: Value },
  body: Resource,
): Known<{ readonly exported: ExportedApi; readonly document: Value }> => {
  const policy = document[POLICY];
  const { [POLICY]: _, ...others } = document;
  // A policy that is not known is a gap of its own.
  const readable =
    policy === undefined || completed(policy, '', '', body).state === 'unreadable' ? others : document;
  return mapKnown(completed(readable, 'Body', '', body), (whole) => ({
    exported: parseExport(Buffer.from(JSON.stringify(isObject(whole) ? asOpenApi3(whole) : whole))),
    document: whole,
  }));
};

/** The OpenAPI document in `Body`; `null`: the API has none. */
export const bodyOf = (api: Resource): Known<BodyApi | null> => {
  const given = api.property('Body') ?? null;
  if (given === null) return known(null);
  if (given instanceof Unresolved) return gapAt(api, 'Body', given.because);
  if (!isObject(given)) return gapAt(api, 'Body', 'it is no OpenAPI document');
  try {
    return mapKnown(read(given, api), ({ exported, document }) => {
      const endpoint = memberOf(document, 'x-amazon-apigateway-endpoint-configuration');
      const keySource = memberOf(document, 'x-amazon-apigateway-api-key-source');
      return {
        paths: [...new Set(exported.operations.map(({ path }) => path))],
        methods: exported.operations.map((operation) => toMethod(operation, exported, api)),
        authorizers: exported.authorizers.map((authorizer) => ({ ...authorizer, id: authorizer.name })),
        policy: policyOf(given, exported, api),
        gatewayResponses: exported.gatewayResponses ?? [],
        apiKeySource: typeof keySource === 'string' ? keySource.toUpperCase() : null,
        disableExecuteApiEndpoint: memberOf(endpoint, 'disableExecuteApiEndpoint') === true,
      };
    });
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return gapAt(api, 'Body', `it is no OpenAPI document that can be read (${error.field})`);
  }
};
