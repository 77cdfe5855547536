import type { Explanation } from '../../../lambda/explain/explain';
import type { Answer } from '../loop-kit/world';
import type { AccountSeed, CallSeed, MethodSeed } from './generate';

/** One call: what was loaded, what was sent, what we say, what MiniStack answers. */
export interface Compared {
  readonly account: AccountSeed;
  readonly call: CallSeed;
  /** The method that takes the call, as we route it. */
  readonly method: MethodSeed | null;
  readonly decision: Explanation['decision'];
  readonly answer: Answer;
}

/** A place where MiniStack 1.5.33 is known to part from AWS, and the fact that we go by. */
export interface Parting {
  readonly fact: string;
  readonly because: string;
  readonly holds: (compared: Compared) => boolean;
}

const bodyHas = ({ body }: Answer, text: string): boolean => body.includes(text);

/** The text of a refusal, under either key. */
const textOf = (body: string): string => {
  const { message = '', Message = message } = JSON.parse(body) as {
    readonly message?: string;
    readonly Message?: string;
  };
  return Message;
};

export const partings: readonly Parting[] = [
  {
    fact: 'COG-5',
    because: 'MiniStack takes access tokens at methods without scopes',
    holds: ({ method, call, decision, answer }) =>
      method?.type === 'COGNITO_USER_POOLS' &&
      method.scopes.length === 0 &&
      /^(?:access|read|write) token/.test(call.credential) &&
      decision.gate === 'authentication' &&
      answer.status !== 401,
  },
  {
    fact: 'ORD-12',
    because: 'MiniStack never evaluates the policy at Cognito and Lambda methods',
    holds: ({ account, method, decision, answer }) =>
      account.policy !== null &&
      (method?.type === 'COGNITO_USER_POOLS' || method?.type === 'CUSTOM') &&
      decision.gate === 'resource-policy' &&
      !bodyHas(answer, 'resource-based policy'),
  },
  {
    fact: 'MSG-14',
    because: 'MiniStack writes the refusal of a signed caller with a small key and a __type',
    holds: ({ method, decision, answer }) =>
      method?.type === 'AWS_IAM' &&
      answer.status === decision.status &&
      answer.errorType === decision.errorType &&
      textOf(answer.body) === textOf(decision.body ?? ''),
  },
  {
    fact: 'MSG-9',
    because: 'MiniStack answers an unknown route alike, whatever the Authorization header holds',
    holds: ({ method, decision, answer }) =>
      method === null &&
      decision.gate === 'route' &&
      decision.errorType === 'IncompleteSignatureException' &&
      answer.status === decision.status &&
      answer.errorType === 'MissingAuthenticationTokenException',
  },
  {
    fact: 'RTE-1',
    because: 'MiniStack does not look for a {param} sibling where the literal path lacks the verb',
    holds: ({ call, method, decision, answer }) =>
      method?.path.includes('{id}') === true &&
      call.path === '/pets/7' &&
      decision.gate !== 'route' &&
      bodyHas(answer, 'Missing Authentication Token'),
  },
  {
    fact: 'KEY-1',
    because: 'MiniStack sends no x-amzn-errortype when it refuses an API key',
    holds: ({ decision, answer }) =>
      decision.gate === 'api-key' &&
      answer.errorType === null &&
      answer.status === decision.status &&
      bodyHas(answer, 'Forbidden'),
  },
];
