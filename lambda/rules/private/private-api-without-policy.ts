import { policyOf } from '../../gateway/policy/best-case';
import { parsePolicy, type JsonObject } from '../../gateway/policy/parse';
import { isKnown, valueOr } from '../../model/known';
import { redeploy, thenDeploy } from '../commands';
import { policyField, policyRead, replacePolicy } from '../policies';
import { deploymentRule } from '../rule';
import { API_PRIVATE } from '../scanner-checks';
import { affectedOf, apiSubject, stageSubject } from '../subjects';
import { ANONYMOUS_NOT_AUTHORIZED, cannotTell, flag } from '../verdict';

/** AWS's pattern for private APIs: allow, and deny whatever comes another way than through the endpoints. */
const endpointsOnly = (vpcEndpointIds: readonly string[]): JsonObject => {
  const statement = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  const ids = vpcEndpointIds.length === 0 ? ['<VPC_ENDPOINT_ID>'] : vpcEndpointIds;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...statement },
      { Effect: 'Deny', ...statement, Condition: { StringNotEquals: { 'aws:SourceVpce': ids } } },
    ],
  };
};

export default deploymentRule({
  id: 'private/private-api-without-policy',
  gate: 'resource-policy',
  symptom: ANONYMOUS_NOT_AUTHORIZED,
  reach: 'every-call',
  title: 'The private API has no resource policy, so it refuses every call',
  why: 'A private API is closed until its resource policy allows callers. Associating a VPC endpoint gives the API a name; it is not a permission.',
  fix: [
    'Attach a resource policy that allows calls through the VPC endpoints of the callers, and deploy the API.',
  ],
  scanners: {
    ...API_PRIVATE,
    both: 'A private API serves nobody until a resource policy allows its VPC endpoints: write the policy before the type is changed.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html',
  ],
  facts: ['PRV-1', 'PRV-6'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    if (!api.endpointTypes.includes('PRIVATE')) return;
    if (!isKnown(deployment.policy)) {
      yield cannotTell(stageSubject(account, api, stage), deployment.policy);
      return;
    }
    if (policyOf(deployment, account)?.parsed.kind !== 'none') return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(stageSubject(account, api, stage), deployment.methods);
      return;
    }
    if (deployment.methods.value.length === 0) return;
    const { policy } = api.draft;
    const attached = parsePolicy(valueOr(policy, null) ?? '').kind !== 'none';
    const attach = {
      step:
        api.vpcEndpointIds.length === 0
          ? 'Attach a policy that admits calls through the VPC endpoint of the callers only.'
          : 'Attach a policy that admits calls through the associated VPC endpoints only.',
      commands: [replacePolicy(api, account.region, endpointsOnly(api.vpcEndpointIds))],
    };
    yield flag({
      subject: apiSubject(account, api),
      affected: affectedOf(deployment, deployment.methods.value),
      message: attached
        ? 'The API is private, and what is deployed has no resource policy; the policy of the draft was never deployed.'
        : 'The API is private and has no resource policy, so every call is refused.',
      evidence: [
        { operation: 'GetRestApis', field: 'endpointConfiguration.types', value: 'PRIVATE' },
        { operation: policyRead(deployment), field: policyField(deployment), value: 'none' },
      ],
      fix: attached
        ? [redeploy(api, [stage], account.region)]
        : thenDeploy(deployment, account.region, attach),
    });
  },
});
