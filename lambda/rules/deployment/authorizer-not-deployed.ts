import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { redeploy } from '../commands';
import { agree, listNames, quote } from '../phrases';
import { apiRule } from '../rule';
import { differingAuthorizers, distinctGaps } from '../snapshot-differences';
import { apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag, AUTHORIZER_REFUSES } from '../verdict';

export default apiRule({
  id: 'deployment/authorizer-not-deployed',
  gate: 'authentication',
  symptom: AUTHORIZER_REFUSES,
  reach: 'some-calls',
  title: 'The stage serves an older form of an authorizer',
  why: 'An authorizer is frozen into the deployment with its user pools, function, role, identity sources, expression and time to live. A changed authorizer passes the test button of the console, which asks the draft, while callers still meet the old one.',
  fix: [
    'Deploy the API to the stage, if the draft is what callers should meet. A deployment takes all other changes of the draft along.',
    'Otherwise bring the authorizer of the draft back to what is deployed.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html'],
  facts: ['DEP-1', 'DEP-2', 'DEP-12', 'DEP-14'],
  needs: [],

  *check(api, account) {
    if (!isKnown(api.stages)) {
      yield cannotTell(apiSubject(account, api), api.stages);
      return;
    }
    for (const stage of api.stages.value) {
      const subject = stageSubject(account, api, stage);
      const { differences, gaps } = differingAuthorizers([
        { snapshot: stage.snapshot, variables: stage.variables },
        { snapshot: api.draft, variables: stage.variables },
      ]);
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
      if (differences.length === 0) continue;
      const names = differences.map(({ authorizer }) => quote(authorizer.name));
      const fields = [...new Set(differences.flatMap((one) => one.differences.map(({ field }) => field)))];
      yield flag({
        subject,
        affected: differences.flatMap(({ methods }) =>
          methods.map((method) => ({ restApiId: api.id, stage: stage.name, method: methodLabel(method) })),
        ),
        message: `Stage ${stage.name} serves an older form of ${agree(names.length, 'authorizer', 'authorizers')} ${listNames(names)}: ${listNames(fields, 7)} ${agree(fields.length, 'differs', 'differ')} from the draft.`,
        evidence: differences.flatMap(({ authorizer, differences: found }) =>
          found.map(({ field, left, right }) => ({
            operation: 'GetExport',
            field: `${authorizer.name} ${field}`,
            value: `deployed ${left}, draft ${right}`,
          })),
        ),
        fix: [redeploy(api, [stage], account.region)],
      });
    }
  },
});
