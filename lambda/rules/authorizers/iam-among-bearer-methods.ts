import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { redeployTo, updateMethod } from '../authorizer-fixes';
import { methodsRead } from '../keyed-methods';
import { agree, listMethods } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject } from '../subjects';
import { BEARER_FOR_SIGNATURE, cannotTell, flag } from '../verdict';

const BEARER: readonly string[] = ['CUSTOM', 'COGNITO_USER_POOLS'];

export default deploymentRule({
  id: 'authorizers/iam-among-bearer-methods',
  gate: 'authentication',
  // Which gateway response type applies, and which of two texts, is not settled (MSG-9, MSG-10).
  symptom: { status: 403, responseType: null, body: null },
  otherwise: BEARER_FOR_SIGNATURE,
  reach: 'possible',
  callers: 'callers with a bearer token',
  title: 'Some methods ask for AWS signatures while others of the API take tokens',
  why: 'A method of type AWS_IAM reads the Authorization header as an AWS signature. A client that sends the same bearer token to every method meets 403 there, with a text about a missing Credential or an invalid key=value pair, which looks like a broken token.',
  fix: [
    'Sign the calls to these methods, or give them the authorizer of the others.',
    'Deploy the API to the stage after a change.',
  ],
  scanners: {
    asks: 'every method has a Cognito authorizer',
    checks: ['cdk-nag AwsSolutions-COG4'],
    both: 'It objects to IAM and Lambda authorization alike: suppress it where callers sign, rather than giving their methods an authorizer whose tokens they lack.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
  ],
  facts: ['IAM-2', 'MSG-9', 'MSG-10', 'MIS-23'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    const subject = apiSubject(account, api);
    if (!isKnown(deployment.methods)) {
      yield cannotTell(subject, deployment.methods);
      return;
    }
    const gaps = new Set<Unreadable>();
    const signed: Method[] = [];
    const bearer: Method[] = [];
    for (const method of deployment.methods.value) {
      const type = method.authorizationType;
      if (!isKnown(type)) gaps.add(type);
      // A preflight that asks for a signature is cors/preflight-needs-authorization.
      else if (type.value === 'AWS_IAM' && method.verb !== 'OPTIONS') signed.push(method);
      else if (BEARER.includes(type.value) && method.verb !== 'OPTIONS') bearer.push(method);
    }
    for (const gap of gaps) yield cannotTell(subject, gap);
    const [example] = bearer;
    if (signed.length === 0 || example === undefined) return;
    const authorizer = isKnown(example.authorizer) ? example.authorizer.value : null;
    const type = isKnown(example.authorizationType) ? example.authorizationType.value : 'CUSTOM';
    const { authorizers } = api.draft;
    const inDraft = isKnown(authorizers)
      ? authorizers.value.find(({ key, name }) => key === authorizer || name === authorizer)
      : undefined;
    yield flag({
      subject,
      affected: affectedOf(deployment, signed),
      message: `${listMethods(signed)} ${agree(signed.length, 'asks', 'ask')} for AWS signatures (AWS_IAM), while ${listMethods(bearer)} ${agree(bearer.length, 'takes', 'take')} bearer tokens.`,
      evidence: [{ operation: methodsRead(deployment), field: 'authorizationType', value: 'AWS_IAM' }],
      fix: [
        {
          step: 'Sign the calls to these methods. If they are meant to take tokens, give them the authorizer of the others:',
          commands: signed.map((method) =>
            updateMethod(
              deployment,
              method,
              account.region,
              { op: 'replace', path: '/authorizationType', value: type },
              { op: 'replace', path: '/authorizerId', value: inDraft?.id ?? '<AUTHORIZER_ID>' },
            ),
          ),
        },
        redeployTo(deployment, account.region),
      ],
    });
  },
});
