import { parseIdentitySource } from '../../gateway/identity-source';
import { updateAuthorizer, redeployTo } from '../authorizer-fixes';
import { guardsOf } from '../cognito-guards';
import { looksMisnamed } from '../identity-source-names';
import { nearest, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'authorizers/token-source-unusual',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'possible',
  callers: 'callers that send their token in the Authorization header',
  title: 'An authorizer reads its token from a header other than Authorization',
  why: 'The authorizer looks at one header only. Clients and libraries send tokens in Authorization by default; to an authorizer that reads another header such a call carries no token, and it is refused with 401 before anything looks at it.',
  fix: [
    'Send the token in the header that the authorizer reads.',
    'Or make the authorizer read Authorization, and deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
  ],
  facts: ['COG-11', 'COG-12', 'MIS-19', 'LAM-1'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    for (const type of ['COGNITO_USER_POOLS', 'CUSTOM'] as const) {
      const { guards, gaps } = guardsOf(deployment, type);
      for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
      for (const { authorizer, methods } of guards) {
        // REQUEST authorizers with unusual sources are lambda-authorizer/identity-source-optional.
        if (authorizer.kind === 'REQUEST') continue;
        const [stored, ...others] = authorizer.identitySources;
        if (stored === undefined || others.length > 0) continue;
        const source = parseIdentitySource(stored);
        if (source.from !== 'header' || source.name.toLowerCase() === 'authorization') continue;
        if (looksMisnamed(source.name) || source.name.includes('${')) continue;
        yield flag({
          subject: authorizerSubject(account, api, authorizer),
          affected: affectedOf(deployment, methods),
          message: `Authorizer ${quote(authorizer.name)} reads the token from the header ${source.name}; a token in Authorization${nearest(source.name, ['Authorization']) === null ? '' : ', which was likely meant,'} is not seen.`,
          evidence: [{ operation: 'GetAuthorizers', field: 'identitySource', value: stored }],
          fix: [
            {
              step: `Send the token in the header ${source.name}. If clients cannot, make the authorizer read Authorization:`,
              commands: [
                updateAuthorizer(deployment, authorizer, account.region, {
                  op: 'replace',
                  path: '/identitySource',
                  value: 'method.request.header.Authorization',
                }),
              ],
            },
            redeployTo(deployment, account.region),
          ],
        });
      }
    }
  },
});
