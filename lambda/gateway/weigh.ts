import type { Answer, Refusal } from './answer';

export const sameRefusal = (left: Refusal, right: Refusal): boolean =>
  left.status === right.status &&
  left.responseType === right.responseType &&
  left.errorType === right.errorType &&
  left.message === right.message &&
  left.key === right.key;

const common = <T>([first, ...others]: readonly T[]): T | null =>
  others.every((value) => value === first) ? (first ?? null) : null;

/** What is certain of an answer when one of several refusals is given: the fields on which all agree. */
export const commonRefusal = (refusals: readonly (Refusal | null)[]): Refusal => {
  const known = refusals.filter((refusal) => refusal !== null);
  if (known.length < refusals.length) {
    return { status: null, responseType: null, errorType: null, message: null, key: 'message' };
  }
  return {
    status: common(known.map(({ status }) => status)),
    responseType: common(known.map(({ responseType }) => responseType)),
    errorType: common(known.map(({ errorType }) => errorType)),
    message: common(known.map(({ message }) => message)),
    key: common(known.map(({ key }) => key)) ?? 'message',
  };
};

/**
 * One answer of several steps within a gate, in AWS's order. A step that certainly refuses decides, even after steps that cannot tell:
 * the call is refused either way, and only what the steps agree on is promised of the answer.
 */
export const weigh = (steps: readonly (Answer | null)[], otherwise: Answer): Answer => {
  const doubts: Extract<Answer, { outcome: 'cannot-tell' }>[] = [];
  const refusals = (): readonly (Refusal | null)[] => doubts.map((doubt) => doubt.otherwise);
  for (const step of steps) {
    if (step?.outcome === 'cannot-tell') doubts.push(step);
    if (step?.outcome === 'refuses') {
      return { ...step, refusal: commonRefusal([...refusals(), step.refusal]) };
    }
  }
  const [first] = doubts;
  if (first === undefined) return otherwise;
  return { ...first, otherwise: refusals().includes(null) ? null : commonRefusal(refusals()) };
};
