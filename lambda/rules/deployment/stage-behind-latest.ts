import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { aws, patches } from '../commands';
import { agree, listMethods } from '../phrases';
import { apiRule } from '../rule';
import { differingMethods, distinctGaps, pairMethods } from '../snapshot-differences';
import { apiSubject, stageSubject } from '../subjects';
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
    const subject = apiSubject(account, api);
    if (!isKnown(api.stages)) {
      yield cannotTell(subject, api.stages);
      return;
    }
    for (const stage of api.stages.value) {
      const { latestDeploymentId: latest } = stage;
      if (latest === undefined || latest === stage.deploymentId) continue;
      // The newest deployment may be the canary's, which is meant to differ.
      if (latest === stage.canary?.deploymentId) continue;
      const ofStage = stageSubject(account, api, stage);
      const { methods } = stage.snapshot;
      if (!isKnown(methods)) {
        yield cannotTell(ofStage, methods);
        continue;
      }
      if (!isKnown(api.draft.methods)) {
        yield cannotTell(ofStage, api.draft.methods);
        continue;
      }
      // Where the stage serves what the draft says, whatever lies between is history.
      const pairing = pairMethods(methods.value, api.draft.methods.value);
      const { differences, gaps } = differingMethods(pairing.both, [
        { snapshot: stage.snapshot, variables: stage.variables },
        { snapshot: api.draft, variables: stage.variables },
      ]);
      const differing = [...pairing.onlyRight, ...differences.map(({ method }) => method)];
      if (differing.length === 0) {
        for (const gap of distinctGaps(gaps)) yield cannotTell(ofStage, gap);
        continue;
      }
      yield flag({
        subject: ofStage,
        affected: differing.map((method) => ({
          restApiId: api.id,
          stage: stage.name,
          method: methodLabel(method),
        })),
        message: `Stage ${stage.name} serves deployment ${stage.deploymentId ?? 'none'} although ${latest} is newer, and ${listMethods(differing)} ${agree(differing.length, 'differs', 'differ')} from the draft: the newer deployment likely holds the change.`,
        evidence: [
          { operation: 'GetStages', field: 'deploymentId', value: stage.deploymentId ?? 'none' },
          { operation: 'GetDeployments', field: 'items[newest].id', value: latest },
        ],
        fix: [
          {
            step: 'Point the stage to the newer deployment, unless it was rolled back on purpose.',
            commands: [
              aws('apigateway', 'update-stage', account.region, {
                restApiId: api.id,
                stageName: stage.name,
                patchOperations: patches({ op: 'replace', path: '/deploymentId', value: latest }),
              }),
            ],
          },
        ],
      });
    }
  },
});
