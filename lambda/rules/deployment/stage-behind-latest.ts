import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { aws, patches } from '../commands';
import { agree, listMethods } from '../phrases';
import { apiRule } from '../rule';
import { differingMethods, distinctGaps, pairMethods } from '../snapshot-differences';
import { stagesAgainstDraft } from '../stages-against-draft';
import { cannotTell, flag, OLDER_BEHAVIOUR } from '../verdict';

export default apiRule({
  id: 'deployment/stage-behind-latest',
  gate: 'route',
  symptom: OLDER_BEHAVIOUR,
  reach: 'possible',
  title: 'A newer deployment exists that the stage does not serve',
  why: 'A deployment reaches callers only once a stage points to it. Pipelines that make deployments without moving the stage, and deployments to another stage, leave this one behind. A stage rolled back on purpose looks the same.',
  fix: ['Point the stage to the newer deployment, unless it was rolled back on purpose.'],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html'],
  facts: ['DEP-1', 'DEP-8', 'DEP-9'],
  needs: [],

  *check(api, account) {
    const { newestDeployment } = api;
    yield* stagesAgainstDraft(
      api,
      account,
      ({ methods }) => methods,
      function* ({ stage, subject, deployed }) {
        if (!isKnown(newestDeployment)) {
          yield cannotTell(subject, newestDeployment);
          return;
        }
        // Where every stage serves the methods of the draft, whatever lies between is history.
        if (newestDeployment.value === null) return;
        const { id, snapshot } = newestDeployment.value;
        // The newest deployment may be the canary's, which is meant to differ.
        if (id === stage.deploymentId || id === stage.canary?.deploymentId) return;
        if (!isKnown(snapshot.methods)) {
          yield cannotTell(subject, snapshot.methods);
          return;
        }
        const { onlyRight, both } = pairMethods(deployed, snapshot.methods.value);
        const { differences, gaps } = differingMethods(both, [
          { snapshot: stage.snapshot, variables: stage.variables },
          { snapshot, variables: stage.variables },
        ]);
        // Of a deployment that no stage serves AWS tells no more than a summary: a gap without a remedy is not worth a word.
        for (const gap of distinctGaps(gaps)) {
          if (gap.because !== 'unsupported') yield cannotTell(subject, gap);
        }
        const differing = [...onlyRight, ...differences.map(({ method }) => method)];
        if (differing.length === 0) return;
        yield flag({
          subject,
          affected: differing.map((method) => ({
            restApiId: api.id,
            stage: stage.name,
            method: methodLabel(method),
          })),
          message: `Stage ${stage.name} serves deployment ${stage.deploymentId ?? 'none'} although ${id} is newer, and ${listMethods(differing)} ${agree(differing.length, 'differs', 'differ')} between them.`,
          evidence: [
            { operation: 'GetStages', field: 'deploymentId', value: stage.deploymentId ?? 'none' },
            { operation: 'GetDeployments', field: 'items[newest].id', value: id },
          ],
          fix: [
            {
              step: 'Point the stage to the newer deployment, unless it was rolled back on purpose.',
              commands: [
                aws('apigateway', 'update-stage', account.region, {
                  restApiId: api.id,
                  stageName: stage.name,
                  patchOperations: patches({ op: 'replace', path: '/deploymentId', value: id }),
                }),
              ],
            },
          ],
        });
      },
    );
  },
});
