import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { authorizerOf } from '../../model/queries';
import type { Authorizer } from '../../model/rest-api';
import { redeployTo, updateMethod } from '../authorizer-fixes';
import { methodsRead } from '../keyed-methods';
import { agree, listMethods, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { BUILT_IN_500, AUTHORIZER_CONFIGURATION_ERROR, cannotTell, flag } from '../verdict';

/** The method type that an authorizer works with; `null` for kinds that AWS added later. */
const typeFor = (authorizer: Authorizer): string | null => {
  if (authorizer.kind === 'COGNITO_USER_POOLS') return 'COGNITO_USER_POOLS';
  return authorizer.kind === 'TOKEN' || authorizer.kind === 'REQUEST' ? 'CUSTOM' : null;
};

export default deploymentRule({
  id: 'authorizers/type-mismatch',
  gate: 'authentication',
  symptom: AUTHORIZER_CONFIGURATION_ERROR,
  otherwise: BUILT_IN_500,
  reach: 'every-call',
  title: 'The authorization type of methods does not fit the authorizer that they name',
  why: 'COGNITO_USER_POOLS methods work with Cognito authorizers and CUSTOM methods with Lambda authorizers. Crossed, the authorizer cannot judge the call, and callers meet 401 or 500. A method of type NONE asks nobody: an authorizer that it names is not in force.',
  fix: [
    'Set the authorization type that fits the authorizer, type and authorizer in one call.',
    'Deploy the API to the stage.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateMethod.html'],
  facts: ['COG-31', 'COG-10', 'MSG-23', 'MSG-24'],
  needs: [],

  *check(deployment, account) {
    if (!isKnown(deployment.methods)) {
      yield cannotTell(apiSubject(account, deployment.api), deployment.methods);
      return;
    }
    const gaps = new Set<Unreadable>();
    const crossed = new Map<
      string,
      { authorizer: Authorizer; type: string; wanted: string; methods: Method[] }
    >();
    for (const method of deployment.methods.value) {
      if (!isKnown(method.authorizationType)) {
        gaps.add(method.authorizationType);
        continue;
      }
      const type = method.authorizationType.value;
      // An open preflight is right: browsers send no token with it (CRS-2).
      const asks = type === 'CUSTOM' || type === 'COGNITO_USER_POOLS';
      if (!asks && (type !== 'NONE' || method.verb === 'OPTIONS')) continue;
      const named = authorizerOf(deployment, method);
      if (!isKnown(named)) {
        gaps.add(named);
        continue;
      }
      if (named.value === 'none' || named.value === 'missing') continue;
      const authorizer = named.value;
      const wanted = typeFor(authorizer);
      if (wanted === null || wanted === type) continue;
      const id = `${authorizer.key} ${type}`;
      const entry = crossed.get(id) ?? { authorizer, type, wanted, methods: [] };
      entry.methods.push(method);
      crossed.set(id, entry);
    }
    for (const gap of gaps) yield cannotTell(apiSubject(account, deployment.api), gap);
    for (const { authorizer, type, wanted, methods } of crossed.values()) {
      const open = type === 'NONE';
      const kind = authorizer.kind === 'COGNITO_USER_POOLS' ? 'a Cognito' : `a Lambda (${authorizer.kind})`;
      yield flag({
        subject: authorizerSubject(account, deployment.api, authorizer),
        key: type,
        ...(open ? { reach: 'possible' } : {}),
        affected: affectedOf(deployment, methods),
        message: open
          ? `${listMethods(methods)} ${agree(methods.length, 'names', 'name')} authorizer ${quote(authorizer.name)} but ${agree(methods.length, 'is', 'are')} of type NONE: the authorizer is not in force and every caller is admitted.`
          : `${listMethods(methods)} ${agree(methods.length, 'is', 'are')} of type ${type}, but ${quote(authorizer.name)} is ${kind} authorizer, which works with ${wanted}.`,
        evidence: [
          { operation: methodsRead(deployment), field: 'authorizationType', value: type },
          { operation: 'GetAuthorizers', field: 'type', value: authorizer.kind },
        ],
        fix: [
          {
            step: open
              ? 'If the methods are meant to be guarded, set the authorization type that fits the authorizer, type and authorizer in one call.'
              : 'Set the authorization type that fits the authorizer, type and authorizer in one call.',
            commands: methods.map((method) =>
              updateMethod(
                deployment,
                method,
                account.region,
                { op: 'replace', path: '/authorizationType', value: wanted },
                { op: 'replace', path: '/authorizerId', value: authorizer.id ?? '<AUTHORIZER_ID>' },
              ),
            ),
          },
          redeployTo(deployment, account.region),
        ],
      });
    }
  },
});
