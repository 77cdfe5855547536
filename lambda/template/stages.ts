import { known, mapKnown, type Known } from '../model/known';
import type { Canary, MethodSetting, Snapshot, Stage } from '../model/rest-api';
import {
  each,
  fields,
  flagAt,
  gapAt,
  has,
  inside,
  numberAt,
  requiredTextAt,
  standInAt,
  textAt,
} from './properties';
import type { Readable } from './readable';
import { isObject, Unresolved } from './value';

/** A variable that is not known leaves the others as they are. */
const variablesAt = (from: Readable, name: string): Known<Readonly<Record<string, string>>> => {
  const given = from.property(name) ?? {};
  if (given instanceof Unresolved) return gapAt(from, name, given.because);
  if (!isObject(given)) return gapAt(from, name, 'it is no object');
  const variables = inside(from, name);
  return known(Object.fromEntries(Object.keys(given).map((key) => [key, standInAt(variables, key) ?? ''])));
};

const settingAt = (from: Readable): Known<MethodSetting> =>
  fields({
    loggingLevel: textAt(from, 'LoggingLevel'),
    cachingEnabled: flagAt(from, 'CachingEnabled'),
    // CloudFormation has no property for these two; they are what API Gateway sets.
    requireAuthorizationForCacheControl: known(false),
    unauthorizedCacheControlHeaderStrategy: known(null),
  });

/** `/~1pets~1{id}` and `GET` are `pets/{id}/GET`. */
const settingKey = (resourcePath: string, verb: string): string =>
  `${resourcePath.replace(/^\//, '').replaceAll('~1', '/').replace(/^\//, '')}/${verb}`;

/** A description of a stage inside a deployment may set for all methods what a stage sets for each. */
const OF_ALL_METHODS = ['LoggingLevel', 'CachingEnabled'];

const settingsAt = (from: Readable): Known<Stage['methodSettings']> => {
  const list = each(from, 'MethodSettings');
  if (list.state === 'unreadable') return list;
  const settings = new Map<string, MethodSetting>();
  if (OF_ALL_METHODS.some((name) => has(from, name))) {
    const setting = settingAt(from);
    if (setting.state === 'unreadable') return setting;
    settings.set('*/*', setting.value);
  }
  for (const one of list.value) {
    const read = fields({
      path: requiredTextAt(one, 'ResourcePath'),
      verb: requiredTextAt(one, 'HttpMethod'),
      setting: settingAt(one),
    });
    if (read.state === 'unreadable') return read;
    settings.set(settingKey(read.value.path, read.value.verb), read.value.setting);
  }
  return known(Object.fromEntries(settings));
};

/** Names of the canary's properties: a deployment has other ones than a stage (DEP-21). */
export const CANARY_OF_STAGE = { setting: 'CanarySetting', deploymentId: 'DeploymentId' } as const;

const canaryAt = (
  stage: Readable,
  snapshotOf: (deploymentId: string | null) => Snapshot,
): Known<Canary | null> => {
  const { setting, deploymentId } = CANARY_OF_STAGE;
  if (!has(stage, setting)) return known(null);
  const canary = inside(stage, setting);
  const read = fields({
    deploymentId: textAt(canary, deploymentId),
    percentTraffic: mapKnown(numberAt(canary, 'PercentTraffic'), (percent) => percent ?? 0),
    variableOverrides: variablesAt(canary, 'StageVariableOverrides'),
  });
  return mapKnown(read, (one) => ({ ...one, snapshot: snapshotOf(one.deploymentId) }));
};

/** A stage, from its own resource or from the description in a deployment. */
export const toStage = (
  from: Readable,
  name: string,
  deploymentId: string | null,
  snapshotOf: (deploymentId: string | null) => Snapshot,
): Known<Stage> =>
  fields({
    name: known(name),
    deploymentId: known(deploymentId),
    variables: variablesAt(from, 'Variables'),
    webAclArn: known(null),
    cacheClusterEnabled: flagAt(from, 'CacheClusterEnabled'),
    methodSettings: settingsAt(from),
    accessLogFormat: textAt(inside(from, 'AccessLogSetting'), 'Format'),
    canary: canaryAt(from, snapshotOf),
    snapshot: known(snapshotOf(deploymentId)),
  });
