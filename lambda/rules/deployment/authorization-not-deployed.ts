import { methodLabel } from '../../model/method';
import { redeploy } from '../commands';
import { plural } from '../phrases';
import { apiRule } from '../rule';
import { describe, differingMethods, distinctGaps, pairMethods } from '../snapshot-differences';
import { stagesAgainstDraft } from '../stages-against-draft';
import { cannotTell, flag, REFUSED } from '../verdict';

export default apiRule({
  id: 'deployment/authorization-not-deployed',
  gate: 'authentication',
  symptom: REFUSED,
  reach: 'some-calls',
  title: 'The stage asks callers for something else than the draft says',
  why: 'Authorization type, authorizer, scopes and the need for an API key are frozen into the deployment. Until the next one, callers meet the old setting, while the console, the command line and templates show the new one: clients set up for the new setting are refused.',
  fix: [
    'Deploy the API to the stage, if the draft is what callers should meet. A deployment takes all other changes of the draft along.',
    'Otherwise bring the draft back to what is deployed, so that the next deployment does not break the clients.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html',
  ],
  facts: ['DEP-1', 'DEP-2', 'DEP-10', 'DEP-15'],
  needs: [],

  *check(api, account) {
    yield* stagesAgainstDraft(
      api,
      account,
      ({ methods }) => methods,
      function* ({ stage, subject, deployed, draft }) {
        const { differences, gaps } = differingMethods(pairMethods(deployed, draft).both, [
          { snapshot: stage.snapshot, variables: stage.variables },
          { snapshot: api.draft, variables: stage.variables },
        ]);
        for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
        const [first] = differences;
        if (first === undefined) return;
        const others = differences.length - 1;
        yield flag({
          subject,
          affected: differences.map(({ method }) => ({
            restApiId: api.id,
            stage: stage.name,
            method: methodLabel(method),
          })),
          message: `In stage ${stage.name} ${describe(first, ['deployed', 'in the draft'])}${others > 0 ? `; ${plural(others, 'more method')} ${others === 1 ? 'differs' : 'differ'} too` : ''}.`,
          evidence: differences.flatMap(({ method, differences: found }) =>
            found.map(({ field, left, right }) => ({
              operation:
                field === 'authorizationType' || field === 'apiKeyRequired' ? 'GetDeployment' : 'GetExport',
              field: `${methodLabel(method)} ${field}`,
              value: `deployed ${left}, draft ${right}`,
            })),
          ),
          fix: [redeploy(api, [stage], account.region)],
        });
      },
    );
  },
});
