import type { UsagePlan } from '../../model/account';
import { goesByStageKeys, keysNaming } from '../../model/queries';
import { aws, json, patches } from '../commands';
import { keyedMethods, methodsRead } from '../keyed-methods';
import { onlyOf } from '../only';
import { agree, listMethods } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { flag, INVALID_API_KEY, type FixStep } from '../verdict';

/** The plan that is meant, when only one can be: the only one of the account, or the only one with another stage of the API. */
const likelyPlan = (plans: readonly UsagePlan[], apiId: string): UsagePlan | undefined =>
  onlyOf(plans) ??
  onlyOf(plans.filter(({ apiStages }) => apiStages.some(({ restApiId }) => restApiId === apiId)));

const firstPlan = (apiId: string, stage: string, region: string): FixStep => ({
  step: "There is no usage plan yet: create one with the stage and add each caller's key to it.",
  commands: [
    `PLAN_ID=$(${aws('apigateway', 'create-usage-plan', region, {
      name: `${apiId}-${stage}`,
      apiStages: json([{ apiId, stage }]),
      query: 'id',
      output: 'text',
    })})`,
    `${aws('apigateway', 'create-usage-plan-key', region, {
      keyId: '<API_KEY_ID>',
      keyType: 'API_KEY',
    })} --usage-plan-id "$PLAN_ID"`,
  ],
});

/** From then on keys open the stages of their plans alone: AWS makes one for each stage that keys name. */
const enablePlans = (region: string): FixStep => ({
  step: 'Enable usage plans in this Region; what keys name themselves is taken over into plans.',
  commands: [
    aws('apigateway', 'update-account', region, {
      patchOperations: patches({ op: 'add', path: '/features', value: 'UsagePlans' }),
    }),
  ],
});

export default deploymentRule({
  id: 'api-keys/stage-in-no-usage-plan',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'every-call',
  title: 'Deployed methods require an API key but their stage is in no usage plan',
  why: 'A key only opens the stages of the usage plans it belongs to. A stage in no plan has no key that opens it, so every call is refused, with or without a key. A new stage is not added to any plan by itself. The stages that a key names itself count only in a region that had keys before August 2016 and never enabled usage plans.',
  fix: [
    "Add the stage to the usage plan that holds the callers' keys; it takes effect within minutes, without a deployment.",
    'Or turn off "API key required" on the methods and deploy the stage.',
  ],
  scanners: {
    asks: 'methods without an authorizer ask for an API key, and stages have a usage plan',
    checks: ['Checkov CKV_AWS_59', 'cfn_nag W64', 'cfn_nag W68'],
    both: 'A key requirement opens only to callers whose key is in a usage plan of the stage: make the plan in the same change.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans.html',
  ],
  facts: ['KEY-1', 'KEY-2', 'KEY-9', 'KEY-10', 'KEY-11'],
  needs: ['usagePlans', 'apiKeys', 'gatewayAccount'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const { usagePlans, apiKeys, gatewayAccount } = account.slices;
    const subject = stageSubject(account, api, stage);
    const covers = usagePlans.some(({ apiStages }) =>
      apiStages.some((one) => one.restApiId === api.id && one.stage === stage.name),
    );
    if (covers) return;
    const byStageKeys = goesByStageKeys(gatewayAccount);
    if (byStageKeys && keysNaming(apiKeys, api.id, stage.name).length > 0) return;
    const { keyed, untold } = keyedMethods(deployment, subject);
    yield* untold;
    if (keyed.length === 0) return;
    yield flag({
      subject,
      affected: affectedOf(deployment, keyed),
      message: `${listMethods(keyed)} ${agree(keyed.length, 'needs', 'need')} an API key; no usage plan covers stage ${stage.name}.`,
      evidence: [
        { operation: 'GetUsagePlans', field: 'apiStages', value: `none is ${api.id}:${stage.name}` },
        { operation: methodsRead(deployment), field: 'apiKeyRequired', value: 'true' },
      ],
      fix: [
        ...(byStageKeys ? [enablePlans(account.region)] : []),
        usagePlans.length === 0
          ? firstPlan(api.id, stage.name, account.region)
          : {
              step: "Add the stage to the usage plan that holds the callers' keys.",
              commands: [
                aws('apigateway', 'update-usage-plan', account.region, {
                  usagePlanId: likelyPlan(usagePlans, api.id)?.id ?? '<USAGE_PLAN_ID>',
                  patchOperations: patches({
                    op: 'add',
                    path: '/apiStages',
                    value: `${api.id}:${stage.name}`,
                  }),
                }),
              ],
            },
      ],
    });
  },
});
