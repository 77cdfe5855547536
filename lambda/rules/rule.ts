import type { GateId } from '../gateway/gates';
import type { SharedAccount, SliceName, Slices } from '../model/account';
import type { Deployment } from '../model/deployment';
import type { ApiSummary, RestApi } from '../model/rest-api';
import type { OtherSymptoms, Reach, Symptom, Verdict } from './verdict';

/** The part of the account that a rule declared to need; the engine does not call it unless all of that was read. */
export type View<Needs extends SliceName> = Omit<SharedAccount, 'slices'> & {
  readonly slices: { readonly [K in Needs]: Slices[K] };
};

interface Words {
  /** `family/fault-as-a-noun-phrase`; the file, its test and its page have the same name. */
  readonly id: string;
  readonly aliases?: readonly string[];
  /** The gate that refuses. */
  readonly gate: GateId;
  readonly symptom: Symptom;
  readonly otherwise?: OtherSymptoms;
  /** The strongest reach the rule claims; a verdict may claim less, or more where the catalogue says so. */
  readonly reach: Reach;
  /** Who meets it, when not all callers: shown after the severity. */
  readonly callers?: string;
  /** The fault as a fact, at most 90 characters, without a full stop. */
  readonly title: string;
  /** The mechanism, one paragraph. */
  readonly why: string;
  /** Ordered; the first step alone stops the bleeding; the redeploy step where a deployment freezes what changes. */
  readonly fix: readonly [string, ...string[]];
  /** Where security scanners ask for what brings the fault about, or pass over it. */
  readonly scanners?: {
    /** Reads on from "that". */
    readonly asks: string;
    /** The scanner's name and its id of the check. */
    readonly checks: readonly [string, ...string[]];
    /** How to have both: a sentence or two. */
    readonly both: string;
  };
  /** AWS pages. */
  readonly sources: readonly [string, ...string[]];
  /** Ids of the facts it rests on. */
  readonly facts: readonly [string, ...string[]];
}

/** Judges each configuration that a stage serves or would serve. */
export interface DeploymentRule<Needs extends SliceName = never> extends Words {
  readonly scope: 'deployment';
  readonly needs: readonly Needs[];
  check(deployment: Deployment, account: View<Needs>): Iterable<Verdict>;
}

/** Judges an API as a whole: draft against deployed, stages against each other. */
export interface ApiRule<Needs extends SliceName = never> extends Words {
  readonly scope: 'api';
  readonly needs: readonly Needs[];
  check(api: RestApi, account: View<Needs>): Iterable<Verdict>;
}

/** Judges what the APIs share, once all of them were seen. */
export interface AccountRule<Needs extends SliceName = never> extends Words {
  readonly scope: 'account';
  readonly needs: readonly Needs[];
  check(account: View<Needs>, apis: readonly ApiSummary[]): Iterable<Verdict>;
}

// Method parameters are compared bivariantly, so a rule of few needs fits here; the engine hands each rule what it declared.
export type Rule = DeploymentRule<SliceName> | ApiRule<SliceName> | AccountRule<SliceName>;

/** These infer `needs`, so that reading a slice that was not declared does not compile. */
export const deploymentRule = <const Needs extends SliceName = never>(
  rule: Omit<DeploymentRule<Needs>, 'scope'>,
): DeploymentRule<Needs> => ({ scope: 'deployment', ...rule });

export const apiRule = <const Needs extends SliceName = never>(
  rule: Omit<ApiRule<Needs>, 'scope'>,
): ApiRule<Needs> => ({ scope: 'api', ...rule });

export const accountRule = <const Needs extends SliceName = never>(
  rule: Omit<AccountRule<Needs>, 'scope'>,
): AccountRule<Needs> => ({ scope: 'account', ...rule });
