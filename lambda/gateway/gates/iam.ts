import { parseArn } from '../../model/arn';
import { passes, refuses, unsure, type Answer, type Refusal } from '../answer';
import { isPrivate, type RoutedCall } from '../call';
import { headerContent } from '../identity-source';
import { combine, type IdentityVerdict, type Outcome } from '../policy/combine';
import {
  CREDENTIAL_REQUIRED,
  INCOMPLETE_SIGNATURE,
  MISSING_AUTHENTICATION_TOKEN,
  MISSING_EQUAL_SIGN,
} from '../refusals';
import type { Credential, Request } from '../request';
import { policyRefusal, viewPolicy, type PolicyView } from './resource-policy';
import { judgeSignature } from './signature';

/** What API Gateway makes of an Authorization header that is no signature (MSG-8 to MSG-10, IAM-2). */
export const unsignedRefusal = (
  request: Request,
  credential: Credential,
): { readonly refusal: Refusal; readonly fact: string } => {
  const content = headerContent(request, credential, 'authorization');
  if (content.holds === 'nothing') return { refusal: MISSING_AUTHENTICATION_TOKEN, fact: 'MSG-8' };
  if (content.holds === 'signature')
    return { refusal: { ...INCOMPLETE_SIGNATURE, errorType: null }, fact: 'MSG-8' };
  const text = content.holds === 'text' ? content.text : (content.credential.value?.reveal() ?? null);
  if (text === null) {
    // JWTs hold no equal sign; without a word in front, sources differ on the text.
    return content.holds === 'credential' && content.credential.scheme !== null
      ? { refusal: MISSING_EQUAL_SIGN, fact: 'MSG-9' }
      : { refusal: INCOMPLETE_SIGNATURE, fact: 'MSG-9' };
  }
  if (text.includes('=')) return { refusal: CREDENTIAL_REQUIRED, fact: 'MSG-10' };
  return { refusal: /\s/.test(text) ? MISSING_EQUAL_SIGN : INCOMPLETE_SIGNATURE, fact: 'MSG-9' };
};

/** IAM-1, IAM-2: there is no 401 on this path. `region`: the API's. */
export const authenticateBySignature = (request: Request, credential: Credential, region: string): Answer => {
  if (credential.kind === 'signed') return judgeSignature(credential, request.at, region);
  const { refusal, fact } = unsignedRefusal(request, credential);
  return refuses(
    refusal === MISSING_AUTHENTICATION_TOKEN ? 'unsigned' : 'bearer-for-iam',
    refusal,
    refusal === MISSING_AUTHENTICATION_TOKEN
      ? 'The method wants a Signature Version 4 signature, and the call has none.'
      : 'The method wants a Signature Version 4 signature, and the Authorization header holds something else.',
    refusal === MISSING_AUTHENTICATION_TOKEN ? 'IAM-1' : fact,
  );
};

type SignedCall = {
  readonly call: RoutedCall;
  readonly arn: string;
  readonly caller: 'same-account' | 'other-account' | 'cannot-tell';
};

/** Who signed; nobody is known where there is no signature. */
const signedCall = (call: RoutedCall): SignedCall => {
  const { credential } = call.identity;
  const arn = credential.kind === 'signed' ? credential.principalArn : '';
  const account = parseArn(arn)?.accountId ?? '';
  const caller = !/^\d{12}$/.test(account)
    ? 'cannot-tell'
    : account === call.account.accountId
      ? 'same-account'
      : 'other-account';
  return { call, arn, caller };
};

const combined = ({ call, caller }: SignedCall, policy: PolicyView, identity: IdentityVerdict): Outcome =>
  combine({
    authorizationType: 'AWS_IAM',
    endpoint: isPrivate(call.deployment.api) ? 'private' : 'public',
    caller,
    identity,
    policy: policy.answer,
  });

/** The resource policy's part: refuses where no identity policy could save the call (tables A and B). */
export const judgePolicyForSigned = (call: RoutedCall): Answer => {
  const signed = signedCall(call);
  const policy = viewPolicy(call.deployment.policy, call, true);
  const best = combined(signed, policy, 'allow');
  const fact = signed.caller === 'other-account' ? 'POL-4' : 'POL-3';
  if (best.outcome === 'refused') {
    const because =
      policy.answer === 'none' && isPrivate(call.deployment.api)
        ? 'A private API refuses every call until it has a resource policy that allows it.'
        : best.how === 'implicit'
          ? `The caller belongs to another account, and the resource policy does not allow it. ${policy.because}`
          : policy.because;
    return refuses(
      best.how === 'explicit' ? 'policy-denies' : 'policy-allows-not',
      policyRefusal(call, signed.arn, best.how),
      because,
      best.facts.includes('PRV-1') ? 'PRV-1' : fact,
    );
  }
  if (best.outcome === 'admitted') return passes(policy.because, fact);
  return unsure(policy.because, fact, policyRefusal(call, signed.arn, null));
};

/** The principal's own policies: not read, so they decide only where either answer leads to the same end (IAM-5). */
export const authorizeSigned = (call: RoutedCall): Answer => {
  const signed = signedCall(call);
  if (call.identity.ownPolicies === 'allow') {
    return passes("The caller's own policies are taken to allow the call.", 'IAM-5');
  }
  const policy = viewPolicy(call.deployment.policy, call, true);
  if (combined(signed, policy, 'silent').outcome === 'admitted') {
    return passes(
      `The resource policy allows the caller, and in one account that is enough, unless the caller's own policies, boundary or organisation deny it. ${policy.because}`,
      'IAM-5',
    );
  }
  return unsure(
    `Whether ${signed.arn === '' ? 'the signer' : signed.arn} may invoke the API by its own IAM policies is not known.`,
    'IAM-5',
    policyRefusal(call, signed.arn, null),
  );
};
