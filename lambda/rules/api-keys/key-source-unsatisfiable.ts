import type { Deployment } from '../../model/deployment';
import { isKnown, valueOr } from '../../model/known';
import { methodLabel, type Method } from '../../model/method';
import { aws, patches, redeploy } from '../commands';
import { keyedMethods, methodsRead, resourceIdOf } from '../keyed-methods';
import { onlyOf } from '../only';
import { agree, listMethods } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, stageSubject } from '../subjects';
import { cannotTell, flag, INVALID_API_KEY, type FixStep } from '../verdict';

const takeFromHeader = (apiId: string, region: string): FixStep => ({
  step: 'Take the key from the x-api-key header.',
  commands: [
    aws('apigateway', 'update-rest-api', region, {
      restApiId: apiId,
      patchOperations: patches({ op: 'replace', path: '/apiKeySource', value: 'HEADER' }),
    }),
  ],
});

/** Where other methods take their key from an authorizer, the source stays: an open method gets that authorizer, a guarded one no key. */
const supplyKey = (
  deployment: Deployment,
  method: Method,
  supplied: readonly Method[],
  region: string,
): FixStep => {
  const open = isKnown(method.authorizationType) && method.authorizationType.value === 'NONE';
  const change = (operations: { readonly json: unknown }): string =>
    aws('apigateway', 'update-method', region, {
      restApiId: deployment.api.id,
      resourceId: resourceIdOf(deployment, method.path),
      httpMethod: method.verb,
      patchOperations: operations,
    });
  if (!open) {
    return {
      step: `${methodLabel(method)} keeps its authorization and no longer asks for a key, because ${listMethods(supplied)} ${agree(supplied.length, 'takes its', 'take theirs')} from an authorizer.`,
      commands: [change(patches({ op: 'replace', path: '/apiKeyRequired', value: 'false' }))],
    };
  }
  const keys = supplied.map(({ authorizer }) => valueOr(authorizer, null));
  const authorizers = valueOr(deployment.authorizers, []).filter(({ key }) => keys.includes(key));
  return {
    step: `Give ${methodLabel(method)} the Lambda authorizer that supplies the key to ${listMethods(supplied)}.`,
    commands: [
      change(
        patches(
          { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
          {
            op: 'replace',
            path: '/authorizerId',
            value: onlyOf(authorizers)?.id ?? '<AUTHORIZER_ID>',
          },
        ),
      ),
    ],
  };
};

export default deploymentRule({
  id: 'api-keys/key-source-unsatisfiable',
  gate: 'api-key',
  symptom: INVALID_API_KEY,
  reach: 'every-call',
  title: 'The API takes its key from a Lambda authorizer that the method does not have',
  why: 'With the API key source AUTHORIZER, API Gateway ignores the x-api-key header and takes the key from the answer of the Lambda authorizer of the method. A method without one never has a key, so it refuses every call.',
  fix: [
    'Take the key from the header, if callers send x-api-key: set the API key source to HEADER and deploy.',
    'Where other methods get their key from a Lambda authorizer, give an open method that authorizer too, and turn off "API key required" on a method that is guarded otherwise.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html'],
  facts: ['KEY-6', 'LAM-21'],
  needs: [],

  *check(deployment, account) {
    const { api, stage } = deployment;
    if (api.apiKeySource !== 'AUTHORIZER') return;
    const subject = stageSubject(account, api, stage);
    const { keyed, untold } = keyedMethods(deployment, subject);
    yield* untold;
    const refused: Method[] = [];
    const supplied: Method[] = [];
    for (const method of keyed) {
      if (!isKnown(method.authorizationType)) yield cannotTell(subject, method.authorizationType);
      else if (method.authorizationType.value === 'CUSTOM') supplied.push(method);
      else refused.push(method);
    }
    if (refused.length === 0) return;
    const steps =
      supplied.length === 0
        ? [takeFromHeader(api.id, account.region)]
        : refused.map((method) => supplyKey(deployment, method, supplied, account.region));
    yield flag({
      subject,
      affected: affectedOf(deployment, refused),
      message: `${listMethods(refused)} ${agree(refused.length, 'needs', 'need')} an API key, which this API takes from a Lambda authorizer, and ${agree(refused.length, 'has', 'have')} none: an x-api-key header is ignored.`,
      evidence: [
        { operation: 'GetRestApis', field: 'apiKeySource', value: 'AUTHORIZER' },
        { operation: methodsRead(deployment), field: 'apiKeyRequired', value: 'true' },
      ],
      fix: [...steps, redeploy(api, [stage], account.region)],
    });
  },
});
