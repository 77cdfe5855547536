import { strangeRegionOf } from '../../gateway/trusted-pools';
import { parseUserPoolArn } from '../../model/arn';
import { replaceProvider } from '../authorizer-fixes';
import { cognitoGuards } from '../cognito-guards';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/provider-arn-region-mismatch',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: "The ARN of a trusted user pool names another Region than the pool's id",
  why: 'The id of a user pool begins with its Region, and its tokens name that Region in their issuer. An ARN with another Region in it stands for an issuer that no pool has, so no token matches. A replica of a pool has its id in another Region: of a pool that cannot be looked up from here, nobody can say that it has none.',
  fix: [
    'Put the ARN with the Region of the pool in place of the wrong one.',
    'Deploy the API to the stage: authorizers are frozen in deployments.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
  ],
  facts: ['CLI-24', 'COG-20', 'COG-22', 'COG-25'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods, trusted } of guards) {
      const subject = authorizerSubject(account, api, authorizer);
      const others = trusted.some(({ standing }) => standing.is === 'pool' || standing.is === 'unreadable');
      for (const { provider, standing } of trusted) {
        if (provider.arn === null) continue;
        const [named, poolRegion] = [parseUserPoolArn(provider.arn), strangeRegionOf(provider.arn)];
        if (named === null || poolRegion === null) continue;
        const isSure = standing.is === 'wrong-region';
        if (standing.is === 'unreadable') yield cannotTell(subject, standing.gap);
        // Of a pool that nobody here can look up, only a replica would make the ARN right (COG-25).
        if (!isSure && !(standing.is === 'unreadable' && standing.gap.because === 'unsupported')) continue;
        const right = `arn:${account.partition}:cognito-idp:${poolRegion}:${named.accountId}:userpool/${named.poolId}`;
        yield flag({
          subject,
          key: provider.stored,
          ...(isSure ? (others ? { reach: 'some-calls' } : {}) : { reach: 'possible' }),
          affected: affectedOf(deployment, methods),
          message: `Authorizer ${quote(authorizer.name)} looks for user pool ${named.poolId} in ${named.region}, but the id says ${poolRegion}${isSure ? '' : `: that is right only if the pool has a replica in ${named.region}`}.`,
          evidence: [{ operation: 'GetAuthorizers', field: 'providerARNs', value: provider.stored }],
          fix: replaceProvider(deployment, authorizer, provider.stored, account, right),
        });
      }
    }
  },
});
