import {
  GetStagesCommand,
  type MethodSetting as AwsMethodSetting,
  type Stage as AwsStage,
} from '@aws-sdk/client-api-gateway';
import type { Known } from '../model/known';
import type { Canary, MethodSetting, Stage, ListedApi } from '../model/rest-api';
import type { Door } from './door';
import { apiLabel } from './rest-apis';
import { list, optionalFlag, optionalNumber, optionalObject, optionalText, text, textMap } from './shape';

/** A stage before its deployments were read. */
export interface ListedStage extends Omit<Stage, 'snapshot' | 'canary'> {
  readonly canary: Omit<Canary, 'snapshot'> | null;
  /** When the stage was last changed or deployed to, ISO 8601; `null` when AWS does not say. */
  readonly lastUpdated: string | null;
}

const toMethodSetting = (setting: AwsMethodSetting, field: string): MethodSetting => ({
  loggingLevel: optionalText(setting.loggingLevel, `${field}.loggingLevel`),
  cachingEnabled: optionalFlag(setting.cachingEnabled, `${field}.cachingEnabled`),
  requireAuthorizationForCacheControl: optionalFlag(
    setting.requireAuthorizationForCacheControl,
    `${field}.requireAuthorizationForCacheControl`,
  ),
  unauthorizedCacheControlHeaderStrategy: optionalText(
    setting.unauthorizedCacheControlHeaderStrategy,
    `${field}.unauthorizedCacheControlHeaderStrategy`,
  ),
});

const toCanary = ({ canarySettings }: AwsStage): ListedStage['canary'] => {
  if (canarySettings === undefined || Object.keys(canarySettings).length === 0) return null;
  return {
    deploymentId: optionalText(canarySettings.deploymentId, 'item[].canarySettings.deploymentId'),
    percentTraffic:
      optionalNumber(canarySettings.percentTraffic, 'item[].canarySettings.percentTraffic') ?? 0,
    variableOverrides: textMap(
      canarySettings.stageVariableOverrides,
      'item[].canarySettings.stageVariableOverrides',
    ),
  };
};

/** @throws ShapeError */
export const toListedStage = (stage: AwsStage): ListedStage => {
  optionalObject(stage.methodSettings, 'item[].methodSettings');
  return {
    name: text(stage.stageName, 'item[].stageName'),
    deploymentId: optionalText(stage.deploymentId, 'item[].deploymentId'),
    variables: textMap(stage.variables, 'item[].variables'),
    webAclArn: optionalText(stage.webAclArn, 'item[].webAclArn'),
    cacheClusterEnabled: optionalFlag(stage.cacheClusterEnabled, 'item[].cacheClusterEnabled'),
    methodSettings: Object.fromEntries(
      Object.entries(stage.methodSettings ?? {}).map(([key, setting]) => [
        key,
        toMethodSetting(setting, `item[].methodSettings.${key}`),
      ]),
    ),
    accessLogFormat: optionalText(stage.accessLogSettings?.format, 'item[].accessLogSettings.format'),
    canary: toCanary(stage),
    lastUpdated: stage.lastUpdatedDate instanceof Date ? stage.lastUpdatedDate.toISOString() : null,
  };
};

/** All stages, sorted by name (GetStages has no pages and its list is `item`); `null`: the API is gone. */
export const listStages = (door: Door, api: ListedApi): Promise<Known<readonly ListedStage[] | null>> =>
  door.find({
    operation: 'GetStages',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }) => apiGateway.send(new GetStagesCommand({ restApiId: api.id })),
    take: ({ item }) =>
      list(item, 'item')
        .map(toListedStage)
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  });
