import { parseUserPoolArn } from '../../model/arn';
import { valueOr } from '../../model/known';
import type { UserPoolEntry } from '../../model/user-pool';
import { replaceProvider } from '../authorizer-fixes';
import { cognitoGuards } from '../cognito-guards';
import { onlyOf } from '../only';
import { listNames, nearest, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

/** Id and ARN of an existing pool whose id was likely meant: what follows the Region, or the Region alone would make ids alike. */
const likelyPool = (poolId: string, userPools: readonly UserPoolEntry[]): UserPoolEntry | null => {
  const [region = '', name = ''] = poolId.split('_');
  const nameOf = ({ arn }: UserPoolEntry): string =>
    (parseUserPoolArn(arn)?.poolId ?? '').slice(`${region}_`.length);
  const existing = userPools.filter(
    ({ arn, pool }) =>
      valueOr(pool, null) !== null && parseUserPoolArn(arn)?.poolId.startsWith(`${region}_`) === true,
  );
  const near = nearest(name, existing.map(nameOf));
  return near === null ? null : (existing.find((entry) => nameOf(entry) === near) ?? null);
};

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
        const only = onlyOf(others);
        const likely = likelyPool(poolId, account.slices.userPools);
        const hint =
          likely === null
            ? ''
            : `; ${parseUserPoolArn(likely.arn)?.poolId ?? likely.arn}, which does, was likely meant`;
        const replacement = likely?.arn ?? only?.provider.arn ?? '<USER_POOL_ARN>';
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
              ? `User pool ${poolId}, which authorizer ${quote(authorizer.name)} trusts, does not exist; only tokens of ${listNames(others.map((other) => parseUserPoolArn(other.provider.arn ?? '')?.poolId ?? 'the other pool'))} can pass${hint}.`
              : `User pool ${poolId}, which authorizer ${quote(authorizer.name)} trusts, does not exist: no token can pass${hint}.`,
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
