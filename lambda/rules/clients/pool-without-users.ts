import { activeOAuthFlows, fetchesClientTokens, tokensOfClient, unknownFlowsOf } from '../../gateway/tokens';
import { isKnown } from '../../model/known';
import { regionOf } from '../client-fixes';
import { poolsInUse } from '../cognito-guards';
import { aws } from '../commands';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, NO_TOKEN } from '../verdict';

export default deploymentRule({
  id: 'clients/pool-without-users',
  gate: 'authorization',
  symptom: NO_TOKEN,
  reach: 'possible',
  title: 'A user pool seems to have no users, and its app clients serve people only',
  why: 'Cognito estimates the number of users in the pool as zero. Where every app client is for people who sign in, and none come from an external provider, nobody can get a token. The estimate lags behind.',
  fix: ['Create users, or let them sign up; check that the authorizer trusts the pool that is in use.'],
  sources: [
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html',
  ],
  facts: ['CLI-20'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { pools, gaps } = poolsInUse(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { pool, methods } of pools) {
      // Users of a migration trigger arrive when they sign in.
      if (pool.estimatedUsers !== 0 || pool.triggers['UserMigration'] !== undefined) continue;
      const subject = userPoolSubject(account, pool);
      if (!isKnown(pool.clients)) {
        yield cannotTell(subject, pool.clients);
        continue;
      }
      let people = false;
      let others = false;
      const untold = [];
      for (const client of pool.clients.value) {
        if (!isKnown(client.settings)) {
          untold.push(client.settings);
          continue;
        }
        const settings = client.settings.value;
        // Machines need no user, and federated ones appear when they first sign in.
        const machine =
          activeOAuthFlows(settings).includes('client_credentials') || fetchesClientTokens(settings);
        const federated = settings.identityProviders.some((name) => name !== 'COGNITO');
        if (machine || federated || unknownFlowsOf(settings).length > 0) others = true;
        else if (tokensOfClient(pool, client, settings).length > 0) people = true;
      }
      if (others) continue;
      if (untold.length > 0) {
        for (const gap of untold) yield cannotTell(subject, gap);
        continue;
      }
      if (!people) continue;
      yield flag({
        subject,
        affected: affectedOf(deployment, methods),
        message: `User pool ${quote(pool.name)} (${pool.id}) has an estimated 0 users, and its app clients serve people who sign in.`,
        evidence: [{ operation: 'DescribeUserPool', field: 'EstimatedNumberOfUsers', value: '0' }],
        fix: [
          {
            step: 'Create a user, or let people sign up. If the users are in another pool, the authorizer trusts the wrong one.',
            commands: [
              aws('cognito-idp', 'admin-create-user', regionOf(pool), {
                userPoolId: pool.id,
                username: '<USER_NAME>',
              }),
            ],
          },
        ],
      });
    }
  },
});
