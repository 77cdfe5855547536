import { parsePolicy } from '../../gateway/policy/parse';
import type { Deployment } from '../../model/deployment';
import { isKnown, valueOr } from '../../model/known';
import { aws, patches, redeploy } from '../commands';
import { namedEndpoints, standingEndpoints } from '../endpoints-named';
import { agree, listNames } from '../phrases';
import { policyField, policyRead, replacePolicy } from '../policies';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag, type Evidence, type FixStep } from '../verdict';

const PLACEHOLDER = '<VPC_ENDPOINT_ID>';

/** The document to change: the draft's where it names the endpoints too, since that is what a deployment takes. */
const policyText = (deployment: Deployment, ids: readonly string[]): string | null => {
  const texts = [deployment.api.draft.policy, deployment.policy].flatMap((policy) => {
    const parsed = parsePolicy(valueOr(policy, null) ?? '');
    return parsed.kind === 'policy' ? [JSON.stringify(parsed.policy.document)] : [];
  });
  return texts.find((text) => ids.some((id) => text.includes(JSON.stringify(id)))) ?? null;
};

export default deploymentRule({
  id: 'private/vpc-endpoint-missing',
  gate: 'endpoint',
  symptom: { status: 403, responseType: null, body: null },
  reach: 'some-calls',
  title: 'The private API names VPC endpoints that are not among those of this account',
  why: 'Callers reach a private API through a VPC endpoint, and the policy admits the endpoints that it names. An endpoint that was deleted and made anew has another id, and calls through the new one are refused. The endpoint may also belong to another account, which cannot be seen from here.',
  fix: [
    "If the endpoint is gone, put the id of the callers' endpoint in its place, in the policy and in the API's associations, and deploy the API.",
    'If it belongs to another account, check there that it exists.',
  ],
  scanners: {
    asks: 'the policy names VPC endpoints of the same account',
    checks: ['AWS Config sample rule API_GW_PRIVATE_RESTRICTED'],
    both: 'It compares accounts, and does not look whether the endpoint exists.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html',
  ],
  facts: ['PRV-6', 'PRV-9', 'PRV-14'],
  needs: ['vpcEndpoints'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    if (!api.endpointTypes.includes('PRIVATE')) return;
    const ofStage = stageSubject(account, api, stage);
    if (!isKnown(deployment.policy)) yield cannotTell(ofStage, deployment.policy);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(ofStage, deployment.methods);
      return;
    }
    const { associated, admitted } = namedEndpoints(deployment, account);
    const ours = standingEndpoints(account.slices.vpcEndpoints).map(({ id }) => id);
    const isOurs = (id: string): boolean => ours.includes(id);
    const named = [...new Set([...associated, ...admitted])];
    const missing = named.filter((id) => !isOurs(id));
    if (missing.length === 0) return;
    const dangling = associated.filter((id) => !isOurs(id));
    const listed = admitted.filter((id) => !isOurs(id));
    const evidence: Evidence[] = [
      {
        operation: 'DescribeVpcEndpoints',
        field: 'VpcEndpointId',
        value: ours.join(', ') || 'none for execute-api',
      },
    ];
    const fix: FixStep[] = [];
    if (dangling.length > 0) {
      evidence.push({
        operation: 'GetRestApis',
        field: 'endpointConfiguration.vpcEndpointIds',
        value: associated.join(', '),
      });
      const path = '/endpointConfiguration/vpcEndpointIds';
      fix.push({
        step: "Associate the callers' endpoint in place of the missing one, unless that is another account's.",
        commands: [
          aws('apigateway', 'update-rest-api', account.region, {
            restApiId: api.id,
            patchOperations: patches(
              { op: 'add', path, value: PLACEHOLDER },
              ...dangling.map((value) => ({ op: 'remove' as const, path, value })),
            ),
          }),
        ],
      });
    }
    const text = policyText(deployment, listed);
    if (text !== null) {
      evidence.push({
        operation: policyRead(deployment),
        field: policyField(deployment),
        value: listed.join(', '),
      });
      const repaired = listed.reduce(
        (before, id) => before.replaceAll(JSON.stringify(id), JSON.stringify(PLACEHOLDER)),
        text,
      );
      fix.push({
        step: "Name the callers' endpoint in the policy in place of the missing one, unless that is another account's.",
        commands: [replacePolicy(api, account.region, JSON.parse(repaired))],
      });
    }
    if (deployment.of !== 'draft') fix.push(redeploy(api, [stage], account.region));
    yield flag({
      subject: apiSubject(account, api),
      key: [...missing].sort().join(' '),
      ...(dangling.length > 0 || missing.length === named.length ? {} : { reach: 'possible' as const }),
      affected: affectedOf(deployment, deployment.methods.value),
      message: `${listNames(missing)} ${agree(missing.length, 'is', 'are')} not among the execute-api endpoints of this account: deleted, or another account's.`,
      evidence,
      fix,
    });
  },
});
