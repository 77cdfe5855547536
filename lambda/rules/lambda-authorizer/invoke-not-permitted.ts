import {
  authorizerSourceArn,
  functionArnOf,
  functionBehind,
  invocationOf,
} from '../../gateway/invoke-permission';
import { isKnown } from '../../model/known';
import { parseArn } from '../../model/arn';
import { resolveVariables } from '../../model/stage-variables';
import { guardsOf } from '../cognito-guards';
import { addPermission } from '../function-fixes';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { BUILT_IN_500, AUTHORIZER_CONFIGURATION_ERROR, cannotTell, flag } from '../verdict';

export default deploymentRule({
  id: 'lambda-authorizer/invoke-not-permitted',
  gate: 'authorization',
  symptom: AUTHORIZER_CONFIGURATION_ERROR,
  otherwise: BUILT_IN_500,
  reach: 'every-call',
  title: 'API Gateway may not invoke the function of a Lambda authorizer',
  why: "API Gateway invokes the function with the authorizer's credentials role or, without one, by the function's own policy: a statement for apigateway.amazonaws.com whose source covers APIID/authorizers/ID. A permission for methods of the API does not cover its authorizer. Without either the caller meets 500.",
  fix: ['Add the permission to the function. It is in force at once, without a deployment.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html',
  ],
  facts: ['LAM-14', 'LAM-15', 'LAM-16', 'LAM-17', 'LAM-18', 'MSG-23', 'MSG-24'],
  needs: ['functions'],

  *check(deployment, account) {
    const { api, variables } = deployment;
    const { guards, gaps } = guardsOf(deployment, 'CUSTOM');
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods } of guards) {
      // What a role may do is not read.
      if (authorizer.credentials !== null || authorizer.uri === null) continue;
      const uri = resolveVariables(authorizer.uri, variables);
      // An undefined variable, a URI of another form and a missing function are said by other rules.
      const arn = uri === null ? null : functionArnOf(uri);
      if (arn === null) continue;
      const subject = authorizerSubject(account, api, authorizer);
      const entry = functionBehind(arn, account.slices.functions, account);
      if (!isKnown(entry)) {
        yield cannotTell(subject, entry);
        continue;
      }
      const { configuration, policy } = entry.value;
      if (isKnown(configuration) && configuration.value === null) continue;
      if (!isKnown(policy)) {
        yield cannotTell(subject, policy);
        continue;
      }
      const sourceArn = authorizerSourceArn(account, api.id, authorizer.id);
      const may = invocationOf(policy.value, {
        service: 'apigateway.amazonaws.com',
        sourceArn,
        sourceAccount: account.accountId,
        functionArn: arn,
      });
      if (typeof may !== 'string') yield cannotTell(subject, may);
      if (may !== 'refused') continue;
      const name = parseArn(arn)?.resource.replace(/^function:/, '') ?? arn;
      yield flag({
        subject,
        key: arn,
        affected: affectedOf(deployment, methods),
        message: `No statement in the policy of function ${name} lets API Gateway invoke it for authorizer ${quote(authorizer.name)}, which has no credentials role.`,
        evidence: [
          { operation: 'GetAuthorizers', field: 'authorizerCredentials', value: 'none' },
          {
            operation: 'GetPolicy',
            field: 'Policy',
            value: policy.value === null ? 'none' : `no statement covers ${sourceArn}`,
          },
        ],
        fix: [
          {
            step: 'Let API Gateway invoke the function for this authorizer. It is in force at once.',
            commands: [
              addPermission(arn, policy.value, {
                statementId: `api-gateway-${api.id}-authorizer-${authorizer.id ?? 'all'}`,
                principal: 'apigateway.amazonaws.com',
                sourceArn,
              }),
            ],
          },
        ],
      });
    }
  },
});
