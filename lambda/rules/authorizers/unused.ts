import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import type { Authorizer, RestApi, Snapshot } from '../../model/rest-api';
import { aws, patches, redeploy } from '../commands';
import { agree, listMethods, quote } from '../phrases';
import { apiRule } from '../rule';
import { apiSubject, authorizerSubject } from '../subjects';
import { BEARER_FOR_SIGNATURE, cannotTell, flag, type MethodRef } from '../verdict';

/** Every configuration that callers of the API meet. */
const servedSnapshots = (api: RestApi): readonly { readonly stage: string; readonly snapshot: Snapshot }[] =>
  isKnown(api.stages)
    ? api.stages.value.flatMap(({ name, snapshot, canary }) => [
        { stage: name, snapshot },
        ...(canary === null || canary.percentTraffic === 0
          ? []
          : [{ stage: name, snapshot: canary.snapshot }]),
      ])
    : [];

/** Does a snapshot use the authorizer: yes, no, or the reason why nobody can say. */
const uses = (snapshot: Snapshot, authorizer: Authorizer): boolean | Unreadable => {
  if (!isKnown(snapshot.methods)) return snapshot.methods;
  let gap: Unreadable | null = null;
  for (const method of snapshot.methods.value) {
    if (!isKnown(method.authorizer)) gap = method.authorizer;
    // Snapshots name authorizers by id or, in exports, by name.
    else if (method.authorizer.value === authorizer.key || method.authorizer.value === authorizer.name)
      return true;
  }
  return gap ?? false;
};

const signedMethods = (snapshot: Snapshot): readonly Method[] =>
  isKnown(snapshot.methods)
    ? snapshot.methods.value.filter(
        ({ authorizationType }) => isKnown(authorizationType) && authorizationType.value === 'AWS_IAM',
      )
    : [];

export default apiRule({
  id: 'authorizers/unused',
  gate: 'authentication',
  symptom: { status: 403, responseType: null, body: null },
  otherwise: BEARER_FOR_SIGNATURE,
  reach: 'possible',
  callers: 'callers with a bearer token',
  title: 'An authorizer is attached to no deployed method',
  why: 'An authorizer guards only the methods that name it, once they are deployed. Callers who hold its tokens and meet methods of type AWS_IAM instead get a 403 that complains about their Authorization header.',
  fix: [
    'Attach the authorizer to the methods that it is meant to guard, and deploy the API to the stage.',
    'Or delete the authorizer, so that nobody counts on it.',
  ],
  scanners: {
    asks: 'the API has an authorizer',
    checks: ['Prowler apigateway_restapi_authorizers_enabled', 'CloudSploit apigatewayAuthorization'],
    both: 'They pass as soon as one exists, attached or not: do not take their word for methods being guarded.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
  ],
  facts: ['COG-29', 'MSG-9', 'MSG-10', 'IAM-2'],
  needs: [],

  *check(api, account) {
    const subject = apiSubject(account, api);
    if (!isKnown(api.draft.authorizers)) {
      yield cannotTell(subject, api.draft.authorizers);
      return;
    }
    const authorizers = api.draft.authorizers.value;
    if (authorizers.length === 0) return;
    if (!isKnown(api.stages)) {
      yield cannotTell(subject, api.stages);
      return;
    }
    const served = servedSnapshots(api);
    if (served.length === 0) return;
    for (const authorizer of authorizers) {
      // In the draft but not deployed is a fault of deployment, which other rules name.
      const answers = [api.draft, ...served.map(({ snapshot }) => snapshot)].map((one) =>
        uses(one, authorizer),
      );
      if (answers.includes(true)) continue;
      const gap = answers.find((answer) => typeof answer !== 'boolean');
      if (gap !== undefined) {
        yield cannotTell(authorizerSubject(account, api, authorizer), gap);
        continue;
      }
      const affected: MethodRef[] = [];
      const signed = new Map<string, Method>();
      for (const { stage, snapshot } of served) {
        for (const method of signedMethods(snapshot)) {
          const label = `${method.verb} ${method.path}`;
          signed.set(label, method);
          if (!affected.some((ref) => ref.stage === stage && ref.method === label)) {
            affected.push({ restApiId: api.id, stage, method: label });
          }
        }
      }
      const wanted = authorizer.kind === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
      const none = `No deployed method uses authorizer ${quote(authorizer.name)}`;
      yield flag({
        subject: authorizerSubject(account, api, authorizer),
        affected,
        message:
          signed.size === 0
            ? `${none}.`
            : `${none}, while ${listMethods([...signed.values()])} ${agree(signed.size, 'asks', 'ask')} for AWS signatures: callers with a bearer token are refused there.`,
        evidence: [
          { operation: 'GetAuthorizers', field: 'name', value: authorizer.name },
          { operation: 'GetExport', field: 'security', value: 'no method names it' },
        ],
        fix: [
          {
            step: 'Attach the authorizer to a method that it is meant to guard, type and authorizer in one call.',
            commands: [
              aws('apigateway', 'update-method', account.region, {
                restApiId: api.id,
                resourceId: '<RESOURCE_ID>',
                httpMethod: '<METHOD>',
                patchOperations: patches(
                  { op: 'replace', path: '/authorizationType', value: wanted },
                  { op: 'replace', path: '/authorizerId', value: authorizer.id ?? '<AUTHORIZER_ID>' },
                ),
              }),
            ],
          },
          redeploy(api, api.stages.value, account.region),
        ],
      });
    }
  },
});
