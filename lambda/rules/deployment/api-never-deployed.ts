import { isKnown } from '../../model/known';
import { aws } from '../commands';
import { listMethods, plural } from '../phrases';
import { apiRule } from '../rule';
import { apiSubject } from '../subjects';
import { cannotTell, flag, FORBIDDEN, type FixStep } from '../verdict';

const withoutPolicy: FixStep = {
  step: 'The API is private and has no resource policy: AWS refuses to deploy it until it has one that allows the VPC endpoints of its callers.',
  commands: [],
};

export default apiRule({
  id: 'deployment/api-never-deployed',
  gate: 'stage',
  symptom: FORBIDDEN,
  reach: 'every-call',
  title: 'The API has methods but no stage',
  why: 'What is edited in the console or by a template is a draft. Callers reach a stage, which serves a deployment of that draft. Without a stage there is nothing to call: the host answers Forbidden whatever the path, while the test button of the console works, because it calls the draft.',
  fix: ['Deploy the API to a stage.', 'Give callers the URL with the name of the stage in it.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
  ],
  facts: ['DEP-1', 'DEP-8', 'MSG-7'],
  needs: [],

  *check(api, account) {
    const subject = apiSubject(account, api);
    if (!isKnown(api.stages)) {
      yield cannotTell(subject, api.stages);
      return;
    }
    if (api.stages.value.length > 0) return;
    const { methods, policy } = api.draft;
    if (!isKnown(methods)) {
      yield cannotTell(subject, methods);
      return;
    }
    if (methods.value.length === 0) return;
    const unfinished = methods.value.filter(
      ({ integration }) => isKnown(integration) && integration.value === null,
    );
    const steps: FixStep[] = [];
    if (api.endpointTypes.includes('PRIVATE') && isKnown(policy) && policy.value === null) {
      steps.push(withoutPolicy);
    }
    if (unfinished.length > 0) {
      steps.push({
        step: `Give ${listMethods(unfinished)} an integration: AWS refuses to deploy a method without one.`,
        commands: [],
      });
    }
    yield flag({
      subject,
      affected: [],
      message: `The API defines ${plural(methods.value.length, 'method')} (${listMethods(methods.value)}) and no stage: nobody can call it.`,
      evidence: [{ operation: 'GetStages', field: 'item', value: '[]' }],
      fix: [
        ...steps,
        {
          step: 'Deploy the API to a new stage.',
          commands: [
            aws('apigateway', 'create-deployment', account.region, {
              restApiId: api.id,
              stageName: '<STAGE_NAME>',
            }),
          ],
        },
      ],
    });
  },
});
