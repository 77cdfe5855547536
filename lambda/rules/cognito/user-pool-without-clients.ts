import { unreadPools, workingPools } from '../../gateway/trusted-pools';
import { isKnown, type Unreadable } from '../../model/known';
import { regionOf } from '../client-fixes';
import { cognitoGuards } from '../cognito-guards';
import { aws, json } from '../commands';
import { agree, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject, userPoolSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/user-pool-without-clients',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'No user pool that an authorizer trusts has an app client',
  why: 'Tokens are issued to app clients. A pool without one issues none, so nobody can hold a token that the authorizer accepts.',
  fix: ['Create an app client in the pool for the callers. Nothing has to be deployed.'],
  sources: ['https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html'],
  facts: ['COG-17', 'CLI-12'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const pools = workingPools(trusted);
      const [first] = pools;
      if (pools.some(({ clients }) => isKnown(clients) && clients.value.length > 0)) continue;
      const unread: Unreadable[] = [...unreadPools(trusted)];
      for (const { clients } of pools) if (!isKnown(clients)) unread.push(clients);
      const [gap] = unread;
      if (gap !== undefined) {
        yield cannotTell(authorizerSubject(account, api, authorizer), gap);
        continue;
      }
      // Without any pool, cognito/user-pool-missing and its kin speak.
      if (first === undefined) continue;
      const named = pools.map((pool) => `${quote(pool.name)} (${pool.id})`);
      yield flag({
        subject:
          pools.length === 1 ? userPoolSubject(account, first) : authorizerSubject(account, api, authorizer),
        affected: affectedOf(deployment, methods),
        message: `User ${agree(pools.length, 'pool', 'pools')} ${listNames(named)} behind authorizer ${quote(authorizer.name)} ${agree(pools.length, 'has', 'have')} no app client.`,
        evidence: [{ operation: 'ListUserPoolClients', field: 'UserPoolClients', value: '[]' }],
        fix: [
          {
            step: 'Create an app client for the callers; this one is for applications in which people sign in.',
            commands: [
              aws('cognito-idp', 'create-user-pool-client', regionOf(first), {
                userPoolId: first.id,
                clientName: '<CLIENT_NAME>',
                explicitAuthFlows: json(['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']),
              }),
            ],
          },
        ],
      });
    }
  },
});
