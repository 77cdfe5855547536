import { parseIdentitySource } from '../../gateway/identity-source';
import { redeployTo, updateAuthorizer } from '../authorizer-fixes';
import { guardsOf } from '../cognito-guards';
import { looksMisnamed } from '../identity-source-names';
import { agree, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED } from '../verdict';

/** Context values that depend on the caller; the others are there with every call. */
const MAY_LACK = /^(?:identity\.(?!sourceIp$)|authorizer\.|wafResponseCode)/;

export default deploymentRule({
  id: 'lambda-authorizer/identity-source-optional',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'possible',
  callers: 'callers that leave one of them out',
  title: 'A Lambda authorizer asks for identity sources that callers may leave out',
  why: 'Every identity source of a REQUEST authorizer must be there and not be empty, whether answers are cached or not. When one is absent API Gateway refuses with 401 and does not call the function, so its log shows nothing.',
  fix: [
    'Keep only what every caller sends as identity source.',
    'Or remove all of them, which needs a time to live of 0; then deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
  ],
  facts: ['LAM-4', 'LAM-5', 'LAM-6', 'LAM-8'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = guardsOf(deployment, 'CUSTOM');
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods } of guards) {
      if (authorizer.kind !== 'REQUEST') continue;
      const names: string[] = [];
      let usual = 0;
      for (const stored of authorizer.identitySources) {
        const source = parseIdentitySource(stored);
        if (source.from === 'header' && source.name.toLowerCase() === 'authorization') usual += 1;
        // What repeats the mapping syntax is authorizers/token-source-malformed.
        if (source.from === 'header' && !looksMisnamed(source.name)) names.push(`header ${source.name}`);
        else if (source.from === 'querystring' && !looksMisnamed(source.name)) {
          names.push(`query parameter ${source.name}`);
        } else if (source.from === 'context' && MAY_LACK.test(source.name)) {
          names.push(`context value ${source.name}`);
        }
      }
      if (names.length === 0 || (names.length === 1 && usual === 1)) continue;
      yield flag({
        subject: authorizerSubject(account, api, authorizer),
        affected: affectedOf(deployment, methods),
        message: `Authorizer ${quote(authorizer.name)} is asked only when a call has the ${listNames(names)}; a call without ${agree(names.length, 'it', 'one of them')} gets 401.`,
        evidence: [
          {
            operation: 'GetAuthorizers',
            field: 'identitySource',
            value: authorizer.identitySources.join(','),
          },
        ],
        fix: [
          {
            step: 'If some callers leave one out, keep only what all of them send as identity source:',
            commands: [
              updateAuthorizer(deployment, authorizer, account.region, {
                op: 'replace',
                path: '/identitySource',
                value:
                  usual === 1 ? 'method.request.header.Authorization' : 'method.request.header.<HEADER_NAME>',
              }),
            ],
          },
          redeployTo(deployment, account.region),
        ],
      });
    }
  },
});
