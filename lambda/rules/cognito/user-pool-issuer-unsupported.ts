import { regionOf } from '../client-fixes';
import { aws } from '../commands';
import { cognitoGuards } from '../cognito-guards';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/user-pool-issuer-unsupported',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'A trusted user pool issues tokens whose issuer API Gateway does not accept',
  why: 'With the issuer type UPDATED, tokens of a pool name https://issuer-cognito-idp.REGION.amazonaws.com/POOL. AWS states that Cognito authorizers of API Gateway accept the original issuer only, so every token of the pool is refused.',
  fix: [
    'Set the issuer type of the pool back to ORIGINAL, if no other consumer needs the new one; callers then need new tokens.',
    'Or verify the tokens in a Lambda authorizer.',
  ],
  sources: ['https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html'],
  facts: ['COG-24', 'CLI-24'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const others = trusted.some(({ standing }) => standing.is === 'pool' || standing.is === 'unreadable');
      for (const { standing } of trusted) {
        if (standing.is === 'unreadable') {
          yield cannotTell(authorizerSubject(account, deployment.api, authorizer), standing.gap);
        }
        if (standing.is !== 'updated-issuer') continue;
        const { pool } = standing;
        yield flag({
          subject: userPoolSubject(account, pool),
          ...(others ? { reach: 'some-calls' } : {}),
          affected: affectedOf(deployment, methods),
          message: `User pool ${quote(pool.name)} (${pool.id}) issues tokens in the updated form, which authorizer ${quote(authorizer.name)} refuses.`,
          evidence: [{ operation: 'DescribeUserPool', field: 'IssuerConfiguration.Type', value: 'UPDATED' }],
          fix: [
            {
              step: 'Look at the pool as it is, and set its issuer type back to ORIGINAL in the console. UpdateUserPool resets every setting that is not sent, so no single command is safe here. If other consumers need the updated issuer, verify the tokens in a Lambda authorizer instead.',
              commands: [
                aws('cognito-idp', 'describe-user-pool', regionOf(pool), {
                  userPoolId: pool.id,
                  query: 'UserPool.IssuerConfiguration',
                }),
              ],
            },
          ],
        });
      }
    }
  },
});
