import type { Integration, Method, Resource } from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';
import type { DeploymentContent } from './deployment-content';
import type { ExportType, Extensions } from './export-options';
import { exportedSecurity } from './export-security';

type Document = Readonly<Record<string, unknown>>;

const present = (name: string, value: unknown): Document => (value === undefined ? {} : { [name]: value });

/** AWS leaves the default out. */
const USUAL_TIMEOUT = 29_000;

const integrationResponses = ({ integrationResponses: responses }: Stored<Integration>): unknown =>
  responses === undefined
    ? undefined
    : Object.fromEntries(
        Object.values(responses).map(({ selectionPattern, ...response }) => [
          selectionPattern ?? 'default',
          response,
        ]),
      );

/** Members of an integration with their values in lower case, as exports have them. */
const exportedIntegration = (integration: Stored<Integration>): Document => ({
  ...present('connectionId', integration.connectionId),
  ...present('credentials', integration.credentials),
  ...present('httpMethod', integration.httpMethod),
  ...present('uri', integration.uri),
  ...present('responses', integrationResponses(integration)),
  ...present('requestParameters', integration.requestParameters),
  ...present('requestTemplates', integration.requestTemplates),
  ...present('passthroughBehavior', integration.passthroughBehavior?.toLowerCase()),
  ...present('connectionType', integration.connectionType === 'VPC_LINK' ? 'VPC_LINK' : undefined),
  ...present('contentHandling', integration.contentHandling),
  ...present(
    'timeoutInMillis',
    integration.timeoutInMillis === USUAL_TIMEOUT ? undefined : integration.timeoutInMillis,
  ),
  ...present('type', integration.type?.toLowerCase()),
});

const headersOf = (parameters: Readonly<Record<string, boolean>> | undefined, type: ExportType): unknown => {
  const names = Object.keys(parameters ?? {}).map((name) => name.replace('method.response.header.', ''));
  const header = type === 'oas30' ? { schema: { type: 'string' } } : { type: 'string' };
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, header]));
};

const responsesOf = (method: Stored<Method>, type: ExportType): unknown =>
  method.methodResponses === undefined
    ? undefined
    : Object.fromEntries(
        Object.entries(method.methodResponses).map(([status, { responseParameters }]) => [
          status,
          {
            description: `${status} response`,
            ...present('headers', headersOf(responseParameters, type)),
            ...(type === 'oas30' ? { content: {} } : {}),
          },
        ]),
      );

const parametersOf = (path: string, type: ExportType): unknown => {
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map((match) => match[1]);
  const form = type === 'oas30' ? { schema: { type: 'string' } } : { type: 'string' };
  return names.length === 0
    ? undefined
    : names.map((name) => ({ name, in: 'path', required: true, ...form }));
};

const exportedMethod = (
  path: string,
  method: Stored<Method>,
  content: DeploymentContent,
  type: ExportType,
  extensions: Extensions,
): Document => ({
  ...present('parameters', parametersOf(path, type)),
  ...present('responses', responsesOf(method, type)),
  ...present('security', exportedSecurity(method, content)),
  ...(extensions.integrations && method.methodIntegration !== undefined
    ? { 'x-amazon-apigateway-integration': exportedIntegration(method.methodIntegration) }
    : {}),
});

const keyOf = (verb: string): string =>
  verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();

const byPath = (one: Stored<Resource>, other: Stored<Resource>): number =>
  (one.path ?? '') < (other.path ?? '') ? -1 : 1;

/** Paths that have methods, in their order, with verbs in lower case. */
export const exportedPaths = (
  content: DeploymentContent,
  type: ExportType,
  extensions: Extensions,
): Document =>
  Object.fromEntries(
    content.resources
      .filter(({ resourceMethods }) => Object.keys(resourceMethods ?? {}).length > 0)
      .sort(byPath)
      .map(({ path = '/', resourceMethods = {} }) => [
        path,
        Object.fromEntries(
          Object.entries(resourceMethods).map(([verb, method]) => [
            keyOf(verb),
            exportedMethod(path, method, content, type, extensions),
          ]),
        ),
      ]),
  );
