import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { authorizerOf } from '../../model/queries';
import { redeployTo, updateMethod } from '../authorizer-fixes';
import { methodsRead } from '../keyed-methods';
import { onlyOf } from '../only';
import { agree, listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject } from '../subjects';
import { BUILT_IN_500, AUTHORIZER_CONFIGURATION_ERROR, cannotTell, flag } from '../verdict';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'],
  CUSTOM: ['TOKEN', 'REQUEST'],
};

export default deploymentRule({
  id: 'authorizers/authorizer-missing',
  gate: 'authentication',
  symptom: AUTHORIZER_CONFIGURATION_ERROR,
  otherwise: BUILT_IN_500,
  reach: 'every-call',
  title: 'Methods name an authorizer that the API does not have',
  why: 'A method keeps the id of its authorizer when the authorizer is deleted. With nothing to ask, API Gateway cannot admit anyone, and it refuses to deploy an API in this state: callers meet 401 or 500, or the stage stays behind the draft.',
  fix: [
    'Set the methods to an authorizer that exists, type and authorizer in one call.',
    'Deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
  ],
  facts: ['COG-30', 'COG-31', 'MSG-23', 'MSG-24'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    const subject = apiSubject(account, api);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const gaps = new Set<Unreadable>();
    const orphans = new Map<string, { key: string | null; type: string; methods: Method[] }>();
    for (const method of deployment.methods.value) {
      if (!isKnown(method.authorizationType)) {
        gaps.add(method.authorizationType);
        continue;
      }
      const type = method.authorizationType.value;
      if (KINDS[type] === undefined) continue;
      const named = authorizerOf(deployment, method);
      if (!isKnown(named)) gaps.add(named);
      else if (named.value === 'missing' || named.value === 'none') {
        const key = isKnown(method.authorizer) ? method.authorizer.value : null;
        const id = `${type} ${key ?? ''}`;
        const orphan = orphans.get(id) ?? { key, type, methods: [] };
        orphan.methods.push(method);
        orphans.set(id, orphan);
      }
    }
    for (const gap of gaps) yield cannotTell(subject, gap);
    for (const { key, type, methods } of orphans.values()) {
      const { authorizers } = api.draft;
      const fitting = isKnown(authorizers)
        ? authorizers.value.filter(({ kind }) => KINDS[type]?.includes(kind))
        : [];
      const only = onlyOf(fitting);
      const names = key === null ? 'no authorizer' : `authorizer ${quote(key)}`;
      const lacks = key === null ? '' : ', which the API does not have';
      yield flag({
        subject,
        key: `${type} ${key ?? ''}`,
        affected: affectedOf(deployment, methods),
        message: `${listMethods(methods)} ${agree(methods.length, 'is', 'are')} of type ${type} and ${agree(methods.length, 'names', 'name')} ${names}${lacks}.`,
        evidence: [
          { operation: methodsRead(deployment), field: 'authorizerId', value: key ?? 'none' },
          { operation: 'GetAuthorizers', field: 'items', value: `none is ${key ?? 'named'}` },
        ],
        fix: [
          {
            step: 'Set the methods to an authorizer that exists, type and authorizer in one call.',
            commands: methods.map((method) =>
              updateMethod(
                deployment,
                method,
                account.region,
                { op: 'replace', path: '/authorizationType', value: type },
                { op: 'replace', path: '/authorizerId', value: only?.id ?? '<AUTHORIZER_ID>' },
              ),
            ),
          },
          redeployTo(deployment, account.region),
        ],
      });
    }
  },
});
