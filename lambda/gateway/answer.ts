import type { GateId } from './gates';

/** What a refused caller receives, before the API's own gateway responses rewrite it. */
export interface Refusal {
  /** `null`: no HTTP answer, or sources disagree. */
  readonly status: number | null;
  /** Gateway response type; `null` before an API is known (CRS-14) or where it is not documented. */
  readonly responseType: string | null;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string | null;
  /** The text of `$context.error.message`; `…` stands for what cannot be known. `null`: not known at all. */
  readonly message: string | null;
  /** Built-in bodies of policy and Lambda denials say `Message` (MSG-13). */
  readonly key: 'message' | 'Message';
}

/** A name for what went wrong, for those who advise: rules and fixes hang on it, never on wording. */
export type Cause = string;

interface Words {
  /** One sentence for people. */
  readonly because: string;
  /** Ids of the facts it rests on. */
  readonly fact: string;
}

export type Answer =
  | (Words & { readonly outcome: 'passes' })
  | (Words & {
      readonly outcome: 'cannot-tell';
      /** What the caller would receive if this gate refused, where there is only one way to refuse. */
      readonly otherwise: Refusal | null;
    })
  | (Words & { readonly outcome: 'refuses'; readonly refusal: Refusal; readonly cause: Cause });

export const passes = (because: string, fact: string): Answer => ({ outcome: 'passes', because, fact });

export const refuses = (cause: Cause, refusal: Refusal, because: string, fact: string): Answer => ({
  outcome: 'refuses',
  cause,
  refusal,
  because,
  fact,
});

export const unsure = (because: string, fact: string, otherwise: Refusal | null = null): Answer => ({
  outcome: 'cannot-tell',
  because,
  fact,
  otherwise,
});

/** One gate's answer in the trace of a decision. */
export interface GateTrace {
  readonly gate: GateId;
  readonly outcome: 'passes' | 'refuses' | 'cannot-tell' | 'not-reached';
  readonly because: string;
  readonly fact: string;
}
