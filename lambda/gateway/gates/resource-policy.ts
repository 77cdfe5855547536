import { isKnown, type Known } from '../../model/known';
import { passes, refuses, unsure, type Answer, type Refusal } from '../answer';
import { callerOf, isPrivate, keysOfCall, resourceOf, type RoutedCall } from '../call';
import { combine, precheck, type Outcome, type PolicyAnswer } from '../policy/combine';
import { evaluatePolicy, type PolicyVerdict } from '../policy/evaluate';
import { INVOKE } from '../policy/resource';
import { readPolicy } from '../policy-texts';
import { notAuthorized } from '../refusals';

/** What the API's resource policy says of a call, before the caller's side is asked. */
export interface PolicyView {
  readonly answer: PolicyAnswer;
  readonly because: string;
}

const OPEN = { denies: 'unknown', allows: 'unknown', delegated: false } as const;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const same = (left: PolicyVerdict, right: PolicyVerdict): boolean =>
  left.denies === right.denies && left.allows === right.allows;

const evaluate = (text: string, call: RoutedCall, signatureCounts: boolean): PolicyView => {
  const parsed = readPolicy(text);
  if (parsed.kind === 'none') return { answer: 'none', because: 'The API has no resource policy.' };
  if (parsed.kind === 'fault') {
    return { answer: OPEN, because: `The resource policy cannot be evaluated: ${parsed.because}.` };
  }
  const caller = callerOf(call.identity, signatureCounts);
  const keys = keysOfCall(
    call.request,
    caller,
    isPrivate(call.deployment.api) ? 'private' : 'public',
    call.viaDomainArn,
  );
  const verdictFor = (path: string): PolicyVerdict =>
    evaluatePolicy(parsed.policy, {
      principal: caller,
      action: INVOKE,
      resource: resourceOf({ ...call, path }),
      keys,
    });
  const verdict = verdictFor(call.path);
  const plain = decoded(call.path);
  if (plain !== call.path && !same(verdict, verdictFor(plain))) {
    return {
      answer: OPEN,
      because: 'Whether policies match a path in its percent-encoded or its plain form is not documented.',
    };
  }
  return {
    answer: verdict,
    because: `${verdict.because.charAt(0).toUpperCase()}${verdict.because.slice(1)}.`,
  };
};

export const viewPolicy = (
  policy: Known<string | null>,
  call: RoutedCall,
  signatureCounts: boolean,
): PolicyView => {
  if (!isKnown(policy)) {
    return { answer: OPEN, because: `The resource policy could not be read: ${policy.detail}.` };
  }
  return policy.value === null
    ? { answer: 'none', because: 'The API has no resource policy.' }
    : evaluate(policy.value, call, signatureCounts);
};

/** MSG-13, MSG-14; the end of the text is left open where it is not known which kind of denial it is. */
export const policyRefusal = (call: RoutedCall, who: string, how: Outcome['how']): Refusal => {
  const refusal = notAuthorized(who, resourceOf(call), how === 'explicit' ? 'explicit-deny' : 'no-allow');
  return how === null ? { ...refusal, message: null } : refusal;
};

const CAUSES = { explicit: 'policy-denies', implicit: 'policy-allows-not' } as const;

/** NONE and Cognito methods: the policy must allow the anonymous caller by itself (POL-1, POL-5). */
export const judgeForAnonymous = (call: RoutedCall, authorizationType: string): Answer => {
  const { answer, because } = viewPolicy(call.deployment.policy, call, false);
  const outcome = combine({
    authorizationType,
    endpoint: isPrivate(call.deployment.api) ? 'private' : 'public',
    caller: 'anonymous',
    identity: 'allow',
    policy: answer,
  });
  const fact = outcome.facts[0] ?? 'POL-1';
  switch (outcome.outcome) {
    case 'admitted':
      return passes(because, fact);
    case 'refused':
      return refuses(
        outcome.how === null ? 'policy-allows-not' : CAUSES[outcome.how],
        policyRefusal(call, 'anonymous', outcome.how),
        answer === 'none'
          ? 'A private API refuses every call until it has a resource policy that allows it.'
          : because,
        fact,
      );
    case 'cannot-tell':
      return unsure(because, fact, policyRefusal(call, 'anonymous', null));
  }
};

/** CUSTOM methods: before the function runs, only an explicit Deny counts (POL-2, ORD-12). */
export const judgeBeforeFunction = (call: RoutedCall): Answer => {
  const { answer, because } = viewPolicy(call.deployment.policy, call, false);
  if (answer === 'none' && isPrivate(call.deployment.api)) return judgeForAnonymous(call, 'CUSTOM');
  switch (precheck(answer)) {
    case 'goes-on':
      return passes(
        answer === 'none' || answer.allows === true
          ? because
          : 'The resource policy does not deny the call; for a Lambda authorizer that is enough.',
        'POL-2',
      );
    case 'refused':
      return refuses('policy-denies', policyRefusal(call, 'anonymous', 'explicit'), because, 'POL-2');
    case 'cannot-tell':
      return unsure(because, 'POL-2', policyRefusal(call, 'anonymous', 'explicit'));
  }
};
