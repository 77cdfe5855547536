import {
  GetDeployment$,
  GetDeployments$,
  GetExport$,
  GetStage$,
  GetStages$,
  type GetDeploymentCommandInput,
  type GetDeploymentCommandOutput,
  type GetDeploymentsCommandInput,
  type GetDeploymentsCommandOutput,
  type GetExportCommandInput,
  type GetExportCommandOutput,
  type GetStageCommandInput,
  type GetStageCommandOutput,
  type GetStagesCommandInput,
  type GetStagesCommandOutput,
  type MethodSnapshot,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';
import { operation, type Operation } from '../service';
import { badRequest, deploymentOf, positioned, restApiOf, stageOf, without } from './api-gateway-support';
import { contentOf } from './deployment-content';
import { exportDocument } from './export-document';
import { isExportType, parseExtensions } from './export-options';

type Summary = Readonly<Record<string, Readonly<Record<string, Stored<MethodSnapshot>>>>>;

/** Path to verb to authorization type and key requirement, and nothing else (DEP-10, DEP-11). */
const apiSummaryOf = (resources: readonly Stored<Resource>[]): Summary =>
  Object.fromEntries(
    resources
      .filter(({ resourceMethods }) => resourceMethods !== undefined)
      .map(({ path, resourceMethods }) => [
        path ?? '/',
        Object.fromEntries(
          Object.entries(resourceMethods ?? {}).map(([verb, method]) => [
            verb,
            {
              authorizationType: method.authorizationType ?? 'NONE',
              apiKeyRequired: method.apiKeyRequired ?? false,
            },
          ]),
        ),
      ]),
  );

const EXPORT_REFUSED =
  'Unable to export API: Only found non-JSON body models. Models must have the content type application/json.';

export const STAGE_OPERATIONS: readonly Operation[] = [
  operation<GetStagesCommandInput, GetStagesCommandOutput>(
    GetStages$,
    ({ restApiId, deploymentId }, context) => ({
      item: restApiOf(restApiId, context).stages.filter(
        (stage) => deploymentId === undefined || stage.deploymentId === deploymentId,
      ),
    }),
  ),
  operation<GetStageCommandInput, GetStageCommandOutput>(GetStage$, ({ restApiId, stageName }, context) =>
    stageOf(restApiOf(restApiId, context), stageName),
  ),
  operation<GetDeploymentsCommandInput, GetDeploymentsCommandOutput>(GetDeployments$, (input, context) => {
    const { deployments } = restApiOf(input.restApiId, context);
    const page = positioned(deployments, input, `deployments of ${input.restApiId}`, context);
    return { ...page, items: page.items.map((one) => without(one, 'frozen', 'exportFails')) };
  }),
  operation<GetDeploymentCommandInput, GetDeploymentCommandOutput>(GetDeployment$, (input, context) => {
    const api = restApiOf(input.restApiId, context);
    const deployment = deploymentOf(api, input.deploymentId);
    const plain = without(deployment, 'frozen', 'exportFails');
    if (!(input.embed ?? []).includes('apisummary')) return plain;
    return { ...plain, apiSummary: apiSummaryOf(contentOf(api, deployment, context).resources) };
  }),
  operation<GetExportCommandInput, GetExportCommandOutput>(GetExport$, (input, context) => {
    const api = restApiOf(input.restApiId, context);
    const stage = stageOf(api, input.stageName);
    const deployment = deploymentOf(api, stage.deploymentId);
    const { exportType } = input;
    if (!isExportType(exportType)) throw badRequest('Invalid export type');
    const extensions = parseExtensions(input.parameters?.['extensions']);
    if (extensions === null) throw badRequest('Invalid extensions parameter specified');
    if ((input.accepts ?? 'application/json') !== 'application/json') {
      throw badRequest('The sandbox exports application/json only');
    }
    if (deployment.exportFails === true) throw badRequest(EXPORT_REFUSED);
    const document = exportDocument({
      api,
      stage,
      deployedAt: deployment.createdDate,
      content: contentOf(api, deployment, context),
      type: exportType,
      extensions,
      regionName: context.regionName,
    });
    const version = (document['info'] as { readonly version: string }).version;
    return {
      contentType: 'application/octet-stream',
      contentDisposition: `attachment; filename="${exportType}_${version}.json"`,
      body: JSON.stringify(document),
    };
  }),
];
