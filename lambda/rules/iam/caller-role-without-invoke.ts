import { executeApiPrefix } from '../../gateway/policy/compile';
import { isKnown, type Unreadable } from '../../model/known';
import { methodLabel, type Method } from '../../model/method';
import { aws, json } from '../commands';
import { onlyOf } from '../only';
import { agree, listMethods, listNames } from '../phrases';
import { resourcesFor } from '../policies';
import { apiRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

const roleName = (arn: string): string => arn.split('/').at(-1) ?? arn;

export default apiRule({
  id: 'iam/caller-role-without-invoke',
  gate: 'authorization',
  symptom: {
    status: 403,
    responseType: 'ACCESS_DENIED',
    body: '{"Message":"User: arn:… is not authorized to perform: execute-api:Invoke on resource: …"}',
  },
  reach: 'possible',
  callers: 'users who sign calls through an identity pool',
  title: 'No role of an identity pool may invoke the AWS_IAM methods of the API',
  why: 'Web and mobile users sign calls to AWS_IAM methods with the role that an identity pool hands out: the authenticated role, or the one of their group. When none of these roles is allowed execute-api:Invoke, every such call is refused although its signature is right. Amplify does not add that permission for APIs that it did not make.',
  fix: [
    'Allow execute-api:Invoke on the methods to the role that these users are given.',
    'Nothing to do, if only other callers sign calls to this API.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html',
  ],
  facts: ['POL-3', 'MSG-14'],
  needs: ['callerRoles'],

  *check(api, account) {
    const prefix = executeApiPrefix(account, api.id);
    const roles = account.slices.callerRoles.filter(({ use }) => use !== 'unauthenticated');
    if (roles.length === 0) return;
    const subject = apiSubject(account, api);
    if (!isKnown(api.stages)) {
      yield cannotTell(subject, api.stages);
      return;
    }
    const signed: { readonly stage: string; readonly method: Method }[] = [];
    const gaps: Unreadable[] = [];
    for (const stage of api.stages.value) {
      const { methods } = stage.snapshot;
      if (!isKnown(methods)) {
        yield cannotTell(stageSubject(account, api, stage), methods);
        continue;
      }
      for (const method of methods.value) {
        if (!isKnown(method.authorizationType)) gaps.push(method.authorizationType);
        else if (method.authorizationType.value === 'AWS_IAM') signed.push({ stage: stage.name, method });
      }
    }
    for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
    if (signed.length === 0) return;

    const refused: string[] = [];
    const unread: Unreadable[] = [];
    for (const { roleArn, mayInvoke } of roles) {
      if (!isKnown(mayInvoke)) {
        unread.push(mayInvoke);
        continue;
      }
      const answers = Object.entries(mayInvoke.value).filter(([arn]) => arn.startsWith(`${prefix}/`));
      if (answers.some(([, may]) => may)) return;
      if (answers.length > 0) refused.push(roleArn);
    }
    if (unread.length > 0) {
      for (const gap of distinctGaps(unread)) yield cannotTell(subject, gap);
      return;
    }
    if (refused.length === 0) return;
    const role = onlyOf(refused);
    const resources = signed.flatMap(({ stage, method }) => resourcesFor(stage, [method], prefix));
    yield flag({
      subject,
      affected: signed.map(({ stage, method }) => ({
        restApiId: api.id,
        stage,
        method: methodLabel(method),
      })),
      message: `The identity pools' ${agree(refused.length, 'role', 'roles')} ${listNames(refused.map(roleName))} ${agree(refused.length, 'is', 'are')} not allowed to invoke ${listMethods(signed.map(({ method }) => method))}, which ${agree(signed.length, 'asks', 'ask')} for a signature.`,
      evidence: refused.map((arn) => ({
        operation: 'SimulatePrincipalPolicy',
        field: `${arn} execute-api:Invoke`,
        value: 'not allowed',
      })),
      fix: [
        {
          step: 'Allow the calls to the role that these users are given; it takes effect within seconds, without a deployment.',
          commands: [
            aws('iam', 'put-role-policy', null, {
              roleName: role === undefined ? '<ROLE_NAME>' : roleName(role),
              policyName: `invoke-${api.id}`,
              policyDocument: json({
                Version: '2012-10-17',
                Statement: [
                  { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [...new Set(resources)] },
                ],
              }),
            }),
          ],
        },
      ],
    });
  },
});
