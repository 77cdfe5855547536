import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { aws, patches } from '../commands';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, INVALID_API_KEY } from '../verdict';

export default deploymentRule({
  id: 'api-keys/stage-in-no-usage-plan',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'every-call',
  title: 'Deployed methods require an API key but their stage is in no usage plan',
  why: 'A key only opens the stages of the usage plans it belongs to. A stage in no plan has no key that opens it, so every call is refused, with or without a key. A new stage is not added to any plan by itself.',
  fix: [
    "Add the stage to the usage plan that holds the callers' keys; it takes effect within minutes, without a deployment.",
    'Or turn off "API key required" on the methods and deploy the stage.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html'],
  facts: ['KEY-1', 'KEY-2', 'KEY-10'],
  needs: ['usagePlans'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const { usagePlans } = account.slices;
    const subject = stageSubject(account, api, stage);
    const covers = usagePlans.some(({ apiStages }) =>
      apiStages.some((one) => one.restApiId === api.id && one.stage === stage.name),
    );
    if (covers) return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const keyed = [];
    for (const method of deployment.methods.value) {
      if (!isKnown(method.apiKeyRequired)) yield cannotTell(subject, method.apiKeyRequired);
      else if (method.apiKeyRequired.value) keyed.push(method);
    }
    if (keyed.length === 0) return;
    const [only] = usagePlans.length === 1 ? usagePlans : [];
    yield flag({
      subject,
      affected: affectedOf(deployment, keyed),
      message: `${keyed.map(methodLabel).join(', ')} need an API key; no usage plan covers stage ${stage.name}.`,
      evidence: [
        { operation: 'GetUsagePlans', field: 'apiStages', value: `none is ${api.id}:${stage.name}` },
        { operation: 'GetDeployment', field: 'apiKeyRequired', value: 'true' },
      ],
      fix: [
        {
          step: "Add the stage to the usage plan that holds the callers' keys.",
          commands: [
            aws('apigateway', 'update-usage-plan', account.region, {
              usagePlanId: only?.id ?? '<USAGE_PLAN_ID>',
              patchOperations: patches({ op: 'add', path: '/apiStages', value: `${api.id}:${stage.name}` }),
            }),
          ],
        },
      ],
    });
  },
});
