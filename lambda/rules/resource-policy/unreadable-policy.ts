import { policyOf } from '../../gateway/policy/best-case';
import { parsePolicy } from '../../gateway/policy/parse';
import { isKnown, valueOr } from '../../model/known';
import { policyField, policyRead, replacePolicy } from '../policies';
import { redeploy, thenDeploy } from '../commands';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag, NOT_KNOWN } from '../verdict';

const EXCERPT = 200;

export default deploymentRule({
  id: 'resource-policy/unreadable-policy',
  gate: 'resource-policy',
  symptom: NOT_KNOWN,
  reach: 'possible',
  title: 'The resource policy is no policy document',
  why: 'The text that stands as resource policy is not what API Gateway saves, so what it does to calls cannot be said. Nothing about this policy was checked.',
  fix: ['Replace the policy by a complete document, and deploy the API.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-policy-language-overview.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  ],
  facts: ['POL-22'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    if (!isKnown(deployment.policy)) {
      yield cannotTell(stageSubject(account, api, stage), deployment.policy);
      return;
    }
    const parsed = policyOf(deployment, account)?.parsed;
    if (parsed?.kind !== 'fault') return;
    const document = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '<PRINCIPAL>',
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
        },
      ],
    };
    yield flag({
      subject: apiSubject(account, api),
      key: parsed.because,
      affected: affectedOf(deployment, valueOr(deployment.methods, [])),
      message: `The resource policy cannot be understood: ${parsed.because}.`,
      evidence: [
        {
          operation: policyRead(deployment),
          field: policyField(deployment),
          value: (deployment.policy.value ?? '').slice(0, EXCERPT),
        },
      ],
      fix:
        parsePolicy(valueOr(api.draft.policy, null) ?? '').kind === 'policy'
          ? [redeploy(api, [stage], account.region)]
          : thenDeploy(deployment, account.region, {
              step: 'Replace the policy by a complete document that says who may call.',
              commands: [replacePolicy(api, account.region, document)],
            }),
    });
  },
});
