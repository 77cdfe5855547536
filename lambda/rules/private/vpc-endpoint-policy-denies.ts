import { bestCase, questionFor, type BestCase, type Question } from '../../gateway/policy/best-case';
import { compilePolicy, type CompiledPolicy } from '../../gateway/policy/compile';
import { parsePolicy, type Policy } from '../../gateway/policy/parse';
import type { SharedAccount } from '../../model/account';
import type { VpcEndpoint } from '../../model/edge';
import { isKnown, unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import type { RestApi } from '../../model/rest-api';
import { aws } from '../commands';
import { namedEndpoints, standingEndpoints } from '../endpoints-named';
import { agree, listMethods } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

/** Full access is AWS's default, and what there is where no policy was told (PRV-5). */
const compiledPolicy = (
  endpoint: VpcEndpoint,
  account: Pick<SharedAccount, 'accountId' | 'partition' | 'region'>,
  api: RestApi,
): CompiledPolicy | 'open' | { readonly because: string } => {
  const parsed = endpoint.policy === null ? null : parsePolicy(endpoint.policy);
  if (parsed === null || parsed.kind === 'none') return 'open';
  return parsed.kind === 'fault' ? parsed : compilePolicy(parsed.policy, account, api.id, false);
};

/** The methods that an endpoint's policy closes to everybody, and those that it closes to callers who do not sign. */
interface Lost {
  readonly policy: Policy | null;
  readonly forAll: readonly Method[];
  readonly unsigned: readonly Method[];
}

const isRefusal = ({ verdict }: BestCase): boolean => verdict === 'explicit-deny' || verdict === 'no-allow';

/**
 * The best a caller of the method meets at the endpoint: anonymous with a bearer token; signed on AWS_IAM methods, and where the
 * client may sign as well, on open ones (PRV-3, PRV-4). `mustSign`: an open method that those who do not sign cannot call.
 */
const atEndpoint = (
  policy: CompiledPolicy,
  question: Question,
): { readonly best: BestCase; readonly mustSign: boolean } => {
  const through = { ...question, endpoint: 'private', filters: true } as const;
  const anonymous = bestCase(policy, { ...through, authorizationType: 'NONE' });
  const signed = bestCase(policy, { ...through, authorizationType: 'AWS_IAM' });
  const worst = isRefusal(anonymous) ? signed : anonymous;
  switch (question.authorizationType) {
    case 'AWS_IAM':
      return { best: signed, mustSign: false };
    case 'NONE':
      return {
        best: [anonymous, signed].find(({ verdict }) => verdict === 'admits') ?? worst,
        mustSign: signed.verdict === 'admits' && isRefusal(anonymous),
      };
    case 'CUSTOM':
    case 'COGNITO_USER_POOLS':
      return { best: anonymous, mustSign: false };
  }
};

export default deploymentRule({
  id: 'private/vpc-endpoint-policy-denies',
  gate: 'endpoint',
  symptom: { status: 403, responseType: null, body: null },
  reach: 'every-call',
  callers: 'through that VPC endpoint',
  title: 'The policy of the VPC endpoint refuses the calls before the API sees them',
  why: "The endpoint's own policy is asked first. To it a call with a bearer token is anonymous, so an Allow that names principals or an organization refuses every method with a Lambda or Cognito authorizer, and an Allow that lists other APIs refuses this one.",
  fix: [
    "Allow calls of this API in the endpoint's policy; it takes effect without a deployment.",
    'Or put the default policy, full access, back, and leave the decision to the API.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html',
  ],
  facts: ['PRV-2', 'PRV-3', 'PRV-4', 'PRV-5'],
  needs: ['vpcEndpoints'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const vpcEndpoints = standingEndpoints(account.slices.vpcEndpoints);
    if (!api.endpointTypes.includes('PRIVATE') || vpcEndpoints.length === 0) return;
    const subject = stageSubject(account, api, stage);
    if (!isKnown(deployment.policy)) {
      yield cannotTell(subject, deployment.policy);
      return;
    }
    const { associated, admitted } = namedEndpoints(deployment, account);
    const named = [...associated, ...admitted];
    const used = vpcEndpoints.filter(({ id }) => named.includes(id));
    // Where the API names none, callers may use any, and only what all of them refuse is a fault.
    const asked = used.length > 0 ? used : named.length > 0 ? [] : vpcEndpoints;
    if (asked.every((endpoint) => compiledPolicy(endpoint, account, api) === 'open')) return;
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const lostAt = new Map<VpcEndpoint, Lost>();
    for (const endpoint of asked) {
      const policy = compiledPolicy(endpoint, account, api);
      const lost = {
        policy: policy !== 'open' && 'policy' in policy ? policy.policy : null,
        forAll: [] as Method[],
        unsigned: [] as Method[],
      };
      const reasons = new Set<string>();
      for (const method of deployment.methods.value) {
        if (policy === 'open') continue;
        if (!isKnown(method.authorizationType)) {
          yield cannotTell(subject, method.authorizationType);
          continue;
        }
        const question = questionFor(deployment, method, account);
        if (question === null || question.verbs.length === 0) continue;
        if ('because' in policy) {
          reasons.add(policy.because);
          continue;
        }
        const { best, mustSign } = atEndpoint(policy, question);
        if (best.verdict === 'cannot-tell') {
          reasons.add(best.because.replaceAll('resource policy', 'endpoint policy'));
        }
        if (isRefusal(best)) lost.forAll.push(method);
        if (mustSign) lost.unsigned.push(method);
      }
      for (const detail of reasons) {
        const gap = {
          operation: 'DescribeVpcEndpoints',
          subject: `policy of ${endpoint.id}`,
          detail,
        } as const;
        yield cannotTell(subject, unreadable({ because: 'unsupported', ...gap }));
      }
      lostAt.set(endpoint, lost);
    }
    const everywhere = (methods: readonly Method[], to: 'forAll' | 'unsigned'): readonly Method[] =>
      methods.filter(
        (method) => used.length > 0 || [...lostAt.values()].every((lost) => lost[to].includes(method)),
      );
    for (const [endpoint, lost] of lostAt) {
      const methods = everywhere(lost.forAll, 'forAll');
      const unsigned = everywhere(lost.unsigned, 'unsigned');
      if (lost.policy === null) continue;
      const { statements, document: before } = lost.policy;
      const document = {
        ...before,
        Statement: [
          ...statements.map(({ source }) => source),
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: `arn:${account.partition}:execute-api:${account.region}:${account.accountId}:${api.id}/*`,
          },
        ],
      };
      const denies = statements.some(({ effect }) => effect === 'Deny');
      const evidence = [
        { operation: 'DescribeVpcEndpoints', field: 'PolicyDocument', value: JSON.stringify(before) },
      ];
      const opened = `Allow calls of this API in the policy of ${endpoint.id}${
        denies ? '; take the API out of its Deny statements too' : ''
      }. The API's own policy and authorizers go on deciding.`;
      const commands = [
        aws('ec2', 'modify-vpc-endpoint', account.region, {
          vpcEndpointId: endpoint.id,
          policyDocument: { json: document },
        }),
      ];
      if (methods.length > 0) {
        yield flag({
          subject: apiSubject(account, api),
          key: endpoint.id,
          affected: affectedOf(deployment, methods),
          message: `The policy of ${endpoint.id} admits no caller to ${listMethods(methods)}: it refuses anonymous and bearer callers, or this API.`,
          evidence,
          fix: [{ step: opened, commands }],
        });
      }
      if (unsigned.length > 0) {
        yield flag({
          subject: apiSubject(account, api),
          key: `${endpoint.id} unsigned`,
          reach: 'possible',
          affected: affectedOf(deployment, unsigned),
          message: `The policy of ${endpoint.id} admits only callers who sign, also to ${listMethods(unsigned)}, which ${agree(unsigned.length, 'asks', 'ask')} for no signature itself: a call with a bearer token or without a signature gets 403.`,
          evidence,
          fix: [{ step: `Sign all calls through ${endpoint.id}. Otherwise: ${opened}`, commands }],
        });
      }
    }
  },
});
