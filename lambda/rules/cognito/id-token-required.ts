import type { Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { guardsOf, splitByToken, scopesRead } from '../cognito-guards';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

export default deploymentRule({
  id: 'cognito/id-token-required',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'possible',
  callers: 'callers that send an access token',
  title: 'Cognito methods without scopes take ID tokens only',
  why: 'Without authorization scopes a Cognito authorizer treats the token as an ID token and refuses access tokens with 401. Many clients send the access token by habit, and Postman attaches it by default.',
  fix: [
    'Send the ID token to these methods.',
    'Or list scopes on the methods, so that they take access tokens, and deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
  ],
  facts: ['COG-1', 'COG-5', 'COG-8', 'TST-1'],
  needs: [],

  *check(deployment, account) {
    const subject = apiSubject(account, deployment.api);
    const { guards, gaps } = guardsOf(deployment, 'COGNITO_USER_POOLS');
    const untold = new Set<Unreadable>(gaps);
    const methods: Method[] = [];
    for (const guard of guards) {
      const { scopeless, gaps: unsaid } = splitByToken(guard.methods);
      for (const gap of unsaid) untold.add(gap);
      // A guarded preflight takes no token at all: cors/preflight-needs-authorization.
      methods.push(...scopeless.filter(({ verb }) => verb !== 'OPTIONS'));
    }
    for (const gap of untold) yield cannotTell(subject, gap);
    if (methods.length === 0) return;
    yield flag({
      subject,
      affected: affectedOf(deployment, methods),
      message: 'Methods of this API that list no scopes take ID tokens; an access token gets 401 there.',
      evidence: [{ operation: scopesRead(deployment), field: 'authorizationScopes', value: 'none' }],
      fix: [
        {
          step: 'Send the ID token to these methods, in Postman too, which attaches the access token by default. Methods that access tokens should open need a scope, and a deployment.',
          commands: [],
        },
      ],
    });
  },
});
