import type { Authorizer, Method } from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';
import type { DeploymentContent } from './deployment-content';
import type { Extensions } from './export-options';

type Document = Readonly<Record<string, unknown>>;

const HEADER_SOURCE = /^method\.request\.header\.([^,\s]+)$/;

/** AWS names the header where the source is one header, and writes Unused for every other kind of source. */
const headerName = (identitySource: string | undefined): string =>
  HEADER_SOURCE.exec(identitySource ?? '')?.[1] ?? 'Unused';

const definition = (authorizer: Stored<Authorizer>): Document => {
  const { type, identitySource, authorizerResultTtlInSeconds, providerARNs } = authorizer;
  const showsSource = type === 'REQUEST' || headerName(identitySource) === 'Unused';
  const members: Document = {
    providerARNs,
    authorizerCredentials: authorizer.authorizerCredentials,
    authorizerUri: authorizer.authorizerUri,
    authorizerResultTtlInSeconds,
    identityValidationExpression: authorizer.identityValidationExpression,
    identitySource: showsSource ? identitySource : undefined,
    type: type?.toLowerCase(),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
};

/** Authorizers by name, with their definition only where `authorizers` asks for it (DEP-16). */
const authorizerScheme = (authorizer: Stored<Authorizer>, extensions: Extensions): Document => ({
  type: 'apiKey',
  name: headerName(authorizer.identitySource),
  in: 'header',
  'x-amazon-apigateway-authtype':
    authorizer.authType ?? (authorizer.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom'),
  ...(extensions.authorizers ? { 'x-amazon-apigateway-authorizer': definition(authorizer) } : {}),
});

const API_KEY_SCHEME = { type: 'apiKey', name: 'x-api-key', in: 'header' };
const SIGV4_SCHEME = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};

const methodsOf = ({ resources }: DeploymentContent): readonly Stored<Method>[] =>
  resources.flatMap(({ resourceMethods }) => Object.values(resourceMethods ?? {}));

/** The security schemes of the document: authorizers that methods use, `api_key` and `sigv4` where methods need them. */
export const exportedSchemes = (content: DeploymentContent, extensions: Extensions): Document => {
  const methods = methodsOf(content);
  const used = content.authorizers.filter(({ id }) => methods.some((method) => method.authorizerId === id));
  return {
    ...Object.fromEntries(used.map((one) => [one.name, authorizerScheme(one, extensions)])),
    ...(methods.some(({ apiKeyRequired }) => apiKeyRequired === true) ? { api_key: API_KEY_SCHEME } : {}),
    ...(methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM')
      ? { sigv4: SIGV4_SCHEME }
      : {}),
  };
};

/** One requirement object a scheme (DEP-15); `undefined` for an open method. */
export const exportedSecurity = (
  method: Stored<Method>,
  { authorizers }: DeploymentContent,
): readonly Document[] | undefined => {
  const authorizer = authorizers.find(({ id }) => id === method.authorizerId);
  const requirements = [
    ...(method.authorizationType === 'AWS_IAM' ? [{ sigv4: [] }] : []),
    ...(authorizer?.name === undefined || method.authorizationType === 'NONE'
      ? []
      : [{ [authorizer.name]: method.authorizationScopes ?? [] }]),
    ...(method.apiKeyRequired === true ? [{ api_key: [] }] : []),
  ];
  return requirements.length === 0 ? undefined : requirements;
};
