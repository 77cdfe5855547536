import { createHash } from 'node:crypto';
import type { Place } from '../model/account';
import { isKnown } from '../model/known';
import type { Snapshot } from '../model/rest-api';
import { open, seal } from '../sealed';
import type { SummaryMethod } from './deployments';
import type { ExportedApi } from './export-document';
import type { ListedStage } from './stages';

/** Where snapshots of deployments outlast a run. Either may fail: the deployment is then read as if nothing had been kept. */
export interface SnapshotStore {
  /** `null`: nothing is there. */
  read(key: string): Promise<string | null>;
  write(key: string, text: string): Promise<unknown>;
}

/** Exports are addressed by stage (DEP-12), so a deployment is kept for each stage that serves it. */
export interface SnapshotName {
  readonly restApiId: string;
  readonly stage: string;
  readonly deploymentId: string;
}

/** What a deployment froze, as read. Holds nothing that the model has no place for, so no secret. */
export interface KeptSnapshot {
  readonly summary: readonly SummaryMethod[];
  /** `null`: a canary alone serves the deployment, and AWS exports no canary (DEP-18). */
  readonly exported: ExportedApi | null;
}

export const SNAPSHOTS = 'deployments/';

/** Raise its number when the summary or the export is read in another way: what was kept before is then read again. */
const KIND = 'deployment 1';

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const sorted = (items: readonly unknown[]): readonly string[] =>
  items.map((item) => JSON.stringify(item)).sort();

/** A stage that changed this recently may have changed again while it was read. */
const SETTLED_MS = 60_000;

/**
 * What must still hold for a kept snapshot to be what AWS would answer now; `null`: that cannot be told.
 *
 * A deployment is immutable (DEP-1), yet not stated is whether an export shows its policy and gateway responses or those of the draft
 * (DEP-19); so the draft must be as it was. And an export is asked of a stage, not of a deployment: the stage must not have changed
 * since, or what was kept may belong to a deployment that it served in between.
 */
export const proofOf = (draft: Snapshot, stage: ListedStage, now: Date): string | null => {
  const { authorizers, policy, gatewayResponses } = draft;
  if (!isKnown(authorizers) || !isKnown(policy) || !isKnown(gatewayResponses)) return null;
  if (stage.lastUpdated === null || Date.parse(stage.lastUpdated) > now.getTime() - SETTLED_MS) return null;
  return hashOf([sorted(authorizers.value), policy.value, sorted(gatewayResponses.value), stage.lastUpdated]);
};

interface Entry {
  /** The name, account and region included. */
  readonly of: string;
  readonly proof: string;
  readonly kept: KeptSnapshot;
}

/** Deployments that an earlier run has read, each good for as long as its proof holds. */
export class SnapshotCache {
  private failed = false;
  private found = 0;

  constructor(
    private readonly store: SnapshotStore,
    private readonly place: Place,
    readonly clock: () => Date,
  ) {}

  /** Deployments that were not read from AWS. */
  get hits(): number {
    return this.found;
  }

  /** `null`: not kept, not by this program, or no longer sure to be what AWS would answer. */
  async find(name: SnapshotName, proof: string): Promise<KeptSnapshot | null> {
    if (this.failed) return null;
    const text = await this.orNothing(this.store.read(this.keyOf(name)));
    const entry = text === null ? null : open<Entry>(KIND, text);
    if (entry === null || entry.of !== this.keyOf(name, true) || entry.proof !== proof) return null;
    this.found += 1;
    return entry.kept;
  }

  async keep(name: SnapshotName, proof: string, kept: KeptSnapshot): Promise<void> {
    if (this.failed) return;
    const entry: Entry = { of: this.keyOf(name, true), proof, kept };
    await this.orNothing(this.store.write(this.keyOf(name), seal(KIND, entry)));
  }

  private keyOf({ restApiId, stage, deploymentId }: SnapshotName, whole = false): string {
    const { accountId, region } = this.place;
    const path = [region, restApiId, stage, deploymentId].map(encodeURIComponent).join('/');
    return whole ? `${accountId}/${path}` : `${SNAPSHOTS}${path}.json`;
  }

  /** A store that failed once is left alone: it would cost every deployment its time. */
  private async orNothing<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch {
      this.failed = true;
      return null;
    }
  }
}
