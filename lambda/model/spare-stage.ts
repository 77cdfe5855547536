import type { SharedAccount } from './account';
import { valueOr } from './known';
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
const isLedTo = ({ id }: RestApi, { usagePlans, domains }: SharedAccount['slices']): boolean => {
  const isIt = (one: { readonly restApiId: string; readonly stage: string | null }): boolean =>
    one.restApiId === id && one.stage === NAME;
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
 * serves the deployment of the other, and nobody is given its URL.
 *
 * @returns both, or `null` where no stage is that
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
export const spareStageOf = (
  api: RestApi,
  account: SharedAccount,
): { readonly spare: Stage; readonly beside: Stage } | null => {
  const stages = valueOr(api.stages, []);
  const spare = stages.find(({ name }) => name === NAME);
  if (spare === undefined || spare.deploymentId === null || !isUnset(spare)) return null;
  const beside = stages.find((one) => one !== spare && one.deploymentId === spare.deploymentId);
  return beside === undefined || isLedTo(api, account.slices) ? null : { spare, beside };
};
