import type { ParsedRestApi } from '../account-file';
import type { DeploymentContent } from './deployment-content';
import type { ExportType, Extensions } from './export-options';
import { exportedPaths } from './export-paths';
import { exportedSchemes } from './export-security';

type Document = Readonly<Record<string, unknown>>;

export interface ExportRequest {
  readonly api: ParsedRestApi;
  readonly stage: ParsedRestApi['stages'][number];
  /** ISO 8601; stands for the version of an API that has none. */
  readonly deployedAt: string | undefined;
  readonly content: DeploymentContent;
  readonly type: ExportType;
  readonly extensions: Extensions;
  readonly regionName: string;
}

const present = (name: string, value: unknown): Document => (value === undefined ? {} : { [name]: value });

/** Customised types only; the status is a number here. */
const gatewayResponses = ({ content }: ExportRequest): unknown =>
  content.gatewayResponses.length === 0
    ? undefined
    : Object.fromEntries(
        content.gatewayResponses.map((row) => [
          row.responseType,
          {
            ...present('statusCode', row.statusCode === undefined ? undefined : Number(row.statusCode)),
            ...present('responseParameters', row.responseParameters),
            ...present('responseTemplates', row.responseTemplates),
          },
        ]),
      );

const settings = (request: ExportRequest): Document => {
  const { api, content } = request;
  return {
    ...present('x-amazon-apigateway-api-key-source', api.apiKeySource),
    ...present('x-amazon-apigateway-gateway-responses', gatewayResponses(request)),
    ...present('x-amazon-apigateway-policy', content.policy ?? undefined),
    ...present('x-amazon-apigateway-binary-media-types', api.binaryMediaTypes),
    ...present('x-amazon-apigateway-security-policy', api.securityPolicy),
    ...present('x-amazon-apigateway-endpoint-access-mode', api.endpointAccessMode),
  };
};

const endpointConfiguration = ({ api }: ExportRequest): Document | undefined => {
  const vpcEndpointIds = api.endpointConfiguration?.vpcEndpointIds;
  const disabled = api.disableExecuteApiEndpoint === true ? true : undefined;
  return vpcEndpointIds === undefined && disabled === undefined
    ? undefined
    : {
        ...present('disableExecuteApiEndpoint', disabled),
        ...present('vpcEndpointIds', vpcEndpointIds),
      };
};

/** The OpenAPI document of a deployed stage, as GetExport sends it. */
export const exportDocument = (request: ExportRequest): Document => {
  const { api, stage, content, type, extensions, regionName } = request;
  const host = `${api.id}.execute-api.${regionName}.amazonaws.com`;
  const info = {
    title: api.name,
    ...present('description', api.description),
    version: api.version ?? request.deployedAt ?? '',
  };
  const paths = exportedPaths(content, type, extensions);
  const schemes = exportedSchemes(content, extensions);
  const hasSchemes = Object.keys(schemes).length > 0;
  const extras = extensions.settings ? settings(request) : {};
  const endpoint = extensions.settings ? endpointConfiguration(request) : undefined;
  if (type === 'swagger') {
    return {
      swagger: '2.0',
      info,
      host,
      basePath: `/${stage.stageName}`,
      schemes: ['https'],
      paths,
      ...present('securityDefinitions', hasSchemes ? schemes : undefined),
      ...present('x-amazon-apigateway-endpoint-configuration', endpoint),
      ...extras,
    };
  }
  return {
    openapi: '3.0.1',
    info,
    servers: [
      {
        url: `https://${host}/{basePath}`,
        variables: { basePath: { default: stage.stageName } },
        ...present('x-amazon-apigateway-endpoint-configuration', endpoint),
      },
    ],
    paths,
    components: hasSchemes ? { securitySchemes: schemes } : {},
    ...extras,
  };
};
