import { parseUserPoolArn } from '../../model/arn';
import { replaceProvider } from '../authorizer-fixes';
import { cognitoGuards } from '../cognito-guards';
import { listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/user-pool-missing',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'A Cognito authorizer trusts a user pool that does not exist',
  why: 'The authorizer keeps the ARN of a deleted pool, and API Gateway never checks that it exists. No new token of that pool can be issued, and a pool that was made anew has another id, so its tokens are refused until the authorizer names it.',
  fix: [
    'Make the authorizer trust the pool that issues the tokens of your callers, and take the missing one off.',
    'Deploy the API to the stage: authorizers are frozen in deployments.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html',
  ],
  facts: ['COG-22', 'COG-28', 'COG-29'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const others = trusted.filter(({ standing }) => standing.is === 'pool' || standing.is === 'unreadable');
      for (const { provider, standing } of trusted) {
        if (standing.is === 'unreadable') {
          yield cannotTell(authorizerSubject(account, api, authorizer), standing.gap);
        }
        const { arn } = provider;
        if (standing.is !== 'missing' || arn === null) continue;
        const named = parseUserPoolArn(arn);
        const poolId = named?.poolId ?? arn;
        const [only] = others.length === 1 ? others : [];
        const replacement = only?.provider.arn ?? '<USER_POOL_ARN>';
        yield flag({
          // The pool, not the authorizer: one deleted pool behind several APIs is one cause.
          subject: {
            arn,
            label: `user pool ${poolId}`,
            region: account.region,
            userPoolId: poolId,
          },
          ...(others.length > 0 ? { reach: 'some-calls' } : {}),
          affected: affectedOf(deployment, methods),
          message:
            others.length > 0
              ? `User pool ${poolId}, which authorizer ${quote(authorizer.name)} trusts, does not exist; only tokens of ${listNames(others.map((other) => parseUserPoolArn(other.provider.arn ?? '')?.poolId ?? 'the other pool'))} can pass.`
              : `User pool ${poolId}, which authorizer ${quote(authorizer.name)} trusts, does not exist: no token can pass.`,
          evidence: [
            { operation: 'GetAuthorizers', field: 'providerARNs', value: provider.stored },
            { operation: 'DescribeUserPool', field: 'error', value: 'ResourceNotFoundException' },
          ],
          fix: replaceProvider(deployment, authorizer, provider.stored, account, replacement),
        });
      }
    }
  },
});
