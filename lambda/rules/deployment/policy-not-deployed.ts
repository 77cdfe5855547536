import { isKnown, unreadable } from '../../model/known';
import { methodLabel } from '../../model/method';
import { canonicalPolicy } from '../../model/policy-canonical';
import { redeploy } from '../commands';
import { apiRule } from '../rule';
import { stagesAgainstDraft } from '../stages-against-draft';
import { apiLabel } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, cannotTell, flag } from '../verdict';

export default apiRule({
  id: 'deployment/policy-not-deployed',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'some-calls',
  title: 'The stage enforces an older resource policy than the API shows',
  why: 'The resource policy is frozen into the deployment. After an edit, the console and GetRestApi show the new text, and the stage goes on enforcing the old one until the API is deployed again.',
  fix: [
    'Deploy the API to the stage, if the policy of the draft is the one that callers should meet. A deployment takes all other changes of the draft along.',
    'Otherwise bring the policy of the draft back to what is deployed.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html',
  ],
  facts: ['DEP-2', 'DEP-14', 'POL-14', 'POL-23'],
  needs: [],

  *check(api, account) {
    yield* stagesAgainstDraft(
      api,
      account,
      ({ policy }) => policy,
      function* ({ stage, subject, deployed, draft }) {
        if (deployed === draft) return;
        // private/private-api-without-policy says that.
        if (deployed === null && api.endpointTypes.includes('PRIVATE')) return;
        const [before, after] = [deployed, draft].map((text) =>
          text === null ? 'none' : canonicalPolicy(text, account, api.id),
        );
        if (before === null || after === null) {
          yield cannotTell(
            subject,
            unreadable({
              because: 'broken',
              operation: before === null ? 'GetExport' : 'GetRestApis',
              subject: `${apiLabel(api)} stage ${stage.name}`,
              detail: `the resource policy ${before === null ? 'that is deployed' : 'of the draft'} is no policy document`,
            }),
          );
          return;
        }
        if (before === after) return;
        const { methods } = stage.snapshot;
        const how =
          deployed === null
            ? 'enforces no resource policy, and the draft has one'
            : draft === null
              ? 'still enforces a resource policy that the draft no longer has'
              : 'enforces a resource policy that differs in meaning from that of the draft';
        yield flag({
          subject,
          affected: isKnown(methods)
            ? methods.value.map((method) => ({
                restApiId: api.id,
                stage: stage.name,
                method: methodLabel(method),
              }))
            : [],
          message: `Stage ${stage.name} ${how}.`,
          evidence: [
            { operation: 'GetExport', field: 'x-amazon-apigateway-policy', value: deployed ?? 'none' },
            { operation: 'GetRestApis', field: 'policy', value: draft ?? 'none' },
          ],
          fix: [redeploy(api, [stage], account.region)],
        });
      },
    );
  },
});
