import type { CustomResponse } from '../model/gateway-responses';
import type { Integration, StaticAnswer } from '../model/method';
import { identitySources, resultTtl } from './authorizers';
import { GATEWAY_HEADER } from './gateway-responses';
import { policyText } from './policy-text';
import { isProxy, responseHeaders } from './resources';
import {
  object,
  optionalNumber,
  optionalObject,
  optionalText,
  ShapeError,
  text,
  textMap,
  texts,
} from './shape';
import type { Authorizer } from '../model/rest-api';

/** What one operation of an export asks of its caller. */
export interface ExportedSecurity {
  /** Security schemes that are neither the API key nor SigV4, to the scopes asked for under each. */
  readonly authorizers: Readonly<Record<string, readonly string[]>>;
  readonly apiKey: boolean;
  readonly iam: boolean;
}

export interface ExportedOperation {
  readonly path: string;
  /** ANY or a verb, in upper case. */
  readonly verb: string;
  readonly security: ExportedSecurity;
  /** `null`: the export shows none, though every deployed method has one. */
  readonly integration: Integration | null;
}

/** An OAS 3.0 export with `extensions=apigateway`, as far as it bears on who gets in (DEP-14, DEP-15). */
export interface ExportedApi {
  /**
   * Looks like AWS's own: has the `basePath` server variable and shows integrations. Only then does something left out mean that
   * there is none (DEP-16).
   */
  readonly faithful: boolean;
  readonly operations: readonly ExportedOperation[];
  /** Those that the document defines, by name. `id` is not in an export. */
  readonly authorizers: readonly Omit<Authorizer, 'id'>[];
  /** `null`: not shown. */
  readonly policy: string | null;
  /** Customised types; `null`: not shown. */
  readonly gatewayResponses: readonly CustomResponse[] | null;
}

type Json = Readonly<Record<string, unknown>>;

const VERBS: ReadonlyMap<string, string> = new Map([
  ...['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map(
    (verb) => [verb, verb.toUpperCase()] as const,
  ),
  ['x-amazon-apigateway-any-method', 'ANY'] as const,
]);

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';
const INTEGRATION = 'x-amazon-apigateway-integration';

const parse = (body: Uint8Array | undefined): Json => {
  if (body === undefined || body.length === 0) throw new ShapeError('body');
  try {
    return object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)), 'body');
  } catch {
    throw new ShapeError('body: it is not a JSON document');
  }
};

const isSigV4 = (name: string, scheme: Json): boolean => {
  const type = scheme[AUTH_TYPE];
  return typeof type === 'string' ? type.toLowerCase() === 'awssigv4' : name === 'sigv4';
};

const isApiKeyHeader = (name: unknown): boolean =>
  typeof name === 'string' && name.toLowerCase() === 'x-api-key';

const isApiKey = (name: string, scheme: Json): boolean =>
  scheme[AUTHORIZER] === undefined &&
  scheme[AUTH_TYPE] === undefined &&
  (name === 'api_key' || isApiKeyHeader(scheme['name']));

const toSecurity = (security: unknown, operation: Json, schemes: Json, field: string): ExportedSecurity => {
  if (security !== undefined && !Array.isArray(security)) throw new ShapeError(`${field}.security`);
  const scopes = new Map<string, Set<string>>();
  let apiKey = false;
  let iam = optionalObject(operation['x-amazon-apigateway-auth'], `${field}.auth`)['type'] === 'AWS_IAM';
  // Nobody recorded whether an authorizer and a key stand in one requirement or in two: the union is right for both.
  for (const requirement of security ?? []) {
    for (const [name, wanted] of Object.entries(object(requirement, `${field}.security[]`))) {
      const scheme = optionalObject(schemes[name], `securitySchemes.${name}`);
      if (isApiKey(name, scheme)) apiKey = true;
      else if (isSigV4(name, scheme)) iam = true;
      else {
        if (!Array.isArray(wanted)) throw new ShapeError(`${field}.security[].${name}`);
        const known = scopes.get(name) ?? new Set<string>();
        for (const scope of texts(wanted, `${field}.security[].${name}[]`)) known.add(scope);
        scopes.set(name, known);
      }
    }
  }
  const authorizers = Object.fromEntries([...scopes].map(([name, wanted]) => [name, [...wanted].sort()]));
  return { authorizers, apiKey, iam };
};

const scalarText = (value: unknown, field: string): string | null =>
  optionalText(typeof value === 'number' ? String(value) : value, field);

const toAnswers = (responses: Json, field: string): readonly StaticAnswer[] =>
  Object.entries(responses).map(([pattern, response]) => {
    const { statusCode, responseParameters } = object(response, `${field}.${pattern}`);
    return {
      statusCode: scalarText(statusCode, `${field}.${pattern}.statusCode`) ?? pattern,
      headers: responseHeaders(textMap(responseParameters, `${field}.${pattern}.responseParameters`)),
    };
  });

const toIntegration = (value: unknown, field: string): Integration | null => {
  if (value === undefined) return null;
  const integration = object(value, field);
  const type = text(integration['type'], `${field}.type`).toUpperCase();
  return {
    type,
    uri: optionalText(integration['uri'], `${field}.uri`),
    credentials: optionalText(integration['credentials'], `${field}.credentials`),
    answers: isProxy(type)
      ? []
      : toAnswers(optionalObject(integration['responses'], `${field}.responses`), `${field}.responses`),
  };
};

/** A TOKEN or Cognito authorizer without an identity source of its own reads the header that its scheme names. */
const sourcesOf = (kind: string, definition: Json, scheme: Json, field: string): readonly string[] => {
  const stated = identitySources(optionalText(definition['identitySource'], `${field}.identitySource`));
  if (stated.length > 0 || kind === 'REQUEST' || scheme['in'] !== 'header') return stated;
  const header = optionalText(scheme['name'], `${field}.name`);
  return header === null ? [] : [`method.request.header.${header}`];
};

const toAuthorizer = (name: string, scheme: Json): Omit<Authorizer, 'id'> => {
  const field = `securitySchemes.${name}`;
  const definition = object(scheme[AUTHORIZER], `${field}.${AUTHORIZER}`);
  const kind = text(definition['type'], `${field}.type`).toUpperCase();
  const { providerARNs } = definition;
  if (providerARNs !== undefined && !Array.isArray(providerARNs))
    throw new ShapeError(`${field}.providerARNs`);
  return {
    key: name,
    name,
    kind,
    providerArns: texts(providerARNs, `${field}.providerARNs[]`),
    uri: optionalText(definition['authorizerUri'], `${field}.authorizerUri`),
    credentials: optionalText(definition['authorizerCredentials'], `${field}.authorizerCredentials`),
    identitySources: sourcesOf(kind, definition, scheme, field),
    validationExpression: optionalText(
      definition['identityValidationExpression'],
      `${field}.identityValidationExpression`,
    ),
    resultTtl: resultTtl(
      kind,
      optionalNumber(definition['authorizerResultTtlInSeconds'], `${field}.authorizerResultTtlInSeconds`),
    ),
  };
};

const toPolicy = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return policyText(
    typeof value === 'string' ? value : JSON.stringify(object(value, 'x-amazon-apigateway-policy')),
  );
};

const toResponse = (type: string, value: unknown): CustomResponse => {
  const field = `x-amazon-apigateway-gateway-responses.${type}`;
  const { statusCode, responseParameters, responseTemplates } = object(value, field);
  return {
    type,
    status: optionalNumber(statusCode, `${field}.statusCode`),
    headers: responseHeaders(textMap(responseParameters, `${field}.responseParameters`), GATEWAY_HEADER),
    templates: textMap(responseTemplates, `${field}.responseTemplates`),
  };
};

const toOperations = (document: Json, schemes: Json): readonly ExportedOperation[] =>
  Object.entries(object(document['paths'], 'paths')).flatMap(([path, item]) =>
    Object.entries(object(item, `paths.${path}`)).flatMap(([key, value]) => {
      const verb = VERBS.get(key);
      if (verb === undefined) return [];
      const field = `paths.${path}.${key}`;
      const operation = object(value, field);
      return {
        path,
        verb,
        // A root-level requirement holds where an operation has none of its own, as in any OpenAPI document.
        security: toSecurity(operation['security'] ?? document['security'], operation, schemes, field),
        integration: toIntegration(operation[INTEGRATION], `${field}.${INTEGRATION}`),
      };
    }),
  );

const hasBasePath = (servers: unknown): boolean =>
  Array.isArray(servers) &&
  servers.some((server: unknown) => {
    const variables = optionalObject(object(server, 'servers[]')['variables'], 'servers[].variables');
    return variables['basePath'] !== undefined;
  });

/**
 * Reads the bytes of a GetExport answer.
 * @throws ShapeError when they are no OAS 3 document
 */
export const parseExport = (body: Uint8Array | undefined): ExportedApi => {
  const document = parse(body);
  if (typeof document['openapi'] !== 'string') throw new ShapeError('openapi: OAS 3.0 was asked for');
  const components = optionalObject(document['components'], 'components');
  const schemes = optionalObject(components['securitySchemes'], 'components.securitySchemes');
  const operations = toOperations(document, schemes);
  const responses = document['x-amazon-apigateway-gateway-responses'];
  return {
    faithful:
      hasBasePath(document['servers']) &&
      (operations.length === 0 || operations.some(({ integration }) => integration !== null)),
    operations,
    authorizers: Object.entries(schemes).flatMap(([name, value]) => {
      const scheme = object(value, `securitySchemes.${name}`);
      return scheme[AUTHORIZER] === undefined ? [] : [toAuthorizer(name, scheme)];
    }),
    policy: toPolicy(document['x-amazon-apigateway-policy']),
    gatewayResponses:
      responses === undefined
        ? null
        : Object.entries(object(responses, 'x-amazon-apigateway-gateway-responses')).map(([type, value]) =>
            toResponse(type, value),
          ),
  };
};
