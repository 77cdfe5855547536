import { parseIdentitySource } from '../../gateway/identity-source';
import { redeployTo, updateAuthorizer } from '../authorizer-fixes';
import { guardsOf } from '../cognito-guards';
import { listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

/** Context values that set the entries of different routes apart (LAM-11). */
const ROUTE: readonly string[] = ['httpMethod', 'path', 'resourcePath', 'resourceId'];

const DEFAULT_TTL = 300;

export default deploymentRule({
  id: 'lambda-authorizer/cached-answer-spans-routes',
  gate: 'authorization',
  symptom: {
    status: 403,
    responseType: 'ACCESS_DENIED',
    body: '{"Message":"User is not authorized to access this resource"}',
  },
  reach: 'possible',
  title: 'A cached answer of a Lambda authorizer serves several methods',
  why: 'API Gateway keeps the policy that the function returned and uses it for every method behind the same authorizer, as long as the identity sources are the same. A function that allows only the method it was asked about makes the next, different call fail with 403 until the entry expires.',
  fix: [
    'Let the function return a policy for everything that the caller may do, such as the whole stage.',
    'Or set the time to live to 0, and deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
    'https://repost.aws/knowledge-center/api-gateway-lambda-authorization-errors',
  ],
  facts: ['LAM-9', 'LAM-10', 'LAM-11', 'LAM-22', 'MSG-26'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    const { guards, gaps } = guardsOf(deployment, 'CUSTOM');
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const { authorizer, methods } of guards) {
      const ttl = authorizer.resultTtl ?? DEFAULT_TTL;
      if (ttl === 0 || methods.length < 2) continue;
      const sources = authorizer.identitySources.map(parseIdentitySource);
      if (
        authorizer.kind === 'REQUEST' &&
        sources.some((source) => source.from === 'context' && ROUTE.includes(source.name))
      ) {
        continue;
      }
      yield flag({
        subject: authorizerSubject(account, api, authorizer),
        affected: affectedOf(deployment, methods),
        message: `Authorizer ${quote(authorizer.name)} keeps an answer for ${ttl} seconds and serves ${listMethods(methods)} from it: a policy that covers only the method asked about refuses the others.`,
        evidence: [
          { operation: 'GetAuthorizers', field: 'authorizerResultTtlInSeconds', value: String(ttl) },
          {
            operation: 'GetAuthorizers',
            field: 'identitySource',
            value: authorizer.identitySources.join(',') || 'none',
          },
        ],
        fix: [
          {
            step: 'If the function allows only the method it was asked about, let it allow all that the caller may do. Until then, switch the cache off:',
            commands: [
              updateAuthorizer(deployment, authorizer, account.region, {
                op: 'replace',
                path: '/authorizerResultTtlInSeconds',
                value: '0',
              }),
            ],
          },
          redeployTo(deployment, account.region),
        ],
      });
    }
  },
});
