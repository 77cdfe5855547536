import type { AuditResult } from '../../../lambda/result';
import type { Call, World } from './world';

type Finding = AuditResult['findings'][number];

/** A sign-in that the user pool refuses: there is no call to make. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

/** AWS does not let the fault be made. */
export class FaultRefused extends Error {
  override readonly name = 'FaultRefused';
}

/** What a loop made, and may need to know again. */
export interface Place {
  readonly restApiId: string;
}

/** One fault from health to health, whoever's AWS it is made in. */
export interface Loop<Made extends Place = Place> {
  readonly family: string;
  /** What is wrong, as a fact. */
  readonly fault: string;
  /** The rule that names it; `null`: the audit is right to be silent, as `silentBecause` says. */
  readonly rule: string | null;
  readonly silentBecause?: string;
  /** Why it cannot be made in just any real account. */
  readonly notLive?: string;
  /**
   * What MiniStack does otherwise than AWS, and why: how it answers calls, what it puts into tokens, or what it tells an audit. There the loop
   * is rehearsed as far as that; a real account shows all of it.
   */
  readonly leftToAws?: { readonly from: 'calls' | 'tokens' | 'judging'; readonly because: string };
  /** Makes what is healthy. */
  seed(world: World): Promise<Made>;
  /**
   * The call of somebody who should get in, who fetches a new token for it.
   *
   * @throws SignInRefused
   */
  call(world: World, place: Made): Promise<Call>;
  breakIt(world: World, place: Made): Promise<void>;
  /** The id or name that the subject of the finding has to hold; the API's id unless said. */
  subject?(place: Made): string;
  /** The refusal comes before the call: there is no token to call with. */
  readonly atSignIn?: boolean;
  /** The fault is about TLS. */
  readonly overTls?: boolean;
  /** Its rule looks at the account, not at one API. */
  readonly ofAccount?: boolean;
  /** Why `explain` cannot tell what the call gets. */
  readonly untoldBecause?: string;
  /** What the right answer is; 200 unless said. */
  readonly right?: number;
  /** What only a person knows, by placeholder. */
  fill?(world: World, place: Made): Readonly<Record<string, string>>;
  /** What the fix leaves to a person, done before its commands. */
  byHand?(world: World, place: Made): Promise<void>;
  /** A line of shell for what the steps leave to a person between two commands: it goes before the one that reads a file. */
  readonly edit?: string;
  /** Why the printed commands are not run, and `byHand` does what the step says besides. */
  readonly unpasted?: string;
  /** How long the fault and its fix take to reach callers of AWS, in milliseconds, where that is longer than usual. */
  readonly settling?: number;
  /** Where the emulator is known to part from AWS in this refusal, and why we believe AWS. */
  readonly partings?: readonly Parting[];
}

export interface Parting {
  readonly in: 'errorType' | 'body';
  readonly because: string;
}

export type { Finding };

/** Keeps the type of the place within one file. */
export const defineLoop = <Made extends Place>(loop: Loop<Made>): Loop => loop;
