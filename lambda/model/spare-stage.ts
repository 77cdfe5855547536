import type { SharedAccount } from './account';
import { isKnown, valueOr } from './known';
import type { RestApi, Stage } from './rest-api';

/** What AWS SAM calls it. */
const NAME = 'Stage';

const isUnset = ({
  variables,
  webAclArn,
  cacheClusterEnabled,
  methodSettings,
  accessLogFormat,
  canary,
}: Stage) =>
  Object.keys(variables).length === 0 &&
  webAclArn === null &&
  !cacheClusterEnabled &&
  Object.keys(methodSettings).length === 0 &&
  accessLogFormat === null &&
  canary === null;

/** Whether a usage plan or a domain, as far as they could be read, leads callers to the stage. */
const isLedTo = (
  { id }: RestApi,
  name: string,
  { usagePlans, domains }: SharedAccount['slices'],
): boolean => {
  const isIt = ({
    restApiId,
    stage,
  }: {
    readonly restApiId: string;
    readonly stage: string | null;
  }): boolean => restApiId === id && stage === name;
  return (
    valueOr(usagePlans, []).some(({ apiStages }) => apiStages.some(isIt)) ||
    valueOr(domains, []).some(
      ({ mappings, routingRules }) =>
        valueOr(mappings, []).some(isIt) || valueOr(routingRules, []).some(isIt),
    )
  );
};

/**
 * The stage that AWS SAM makes beside the one that the template names, unless the template says `OpenApiVersion`: nothing is set on it, it
 * serves the deployment of the other, and nobody is given its URL. `null`: the stage is not that.
 *
 * @returns the other stage
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
export const madeBeside = (api: RestApi, stage: Stage, account: SharedAccount): Stage | null => {
  if (stage.name !== NAME || stage.deploymentId === null || !isKnown(api.stages) || !isUnset(stage))
    return null;
  const other = api.stages.value.find(
    ({ name, deploymentId }) => name !== NAME && deploymentId === stage.deploymentId,
  );
  return other === undefined || isLedTo(api, NAME, account.slices) ? null : other;
};
