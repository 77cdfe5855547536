import { identify, openRegion, type Deadline } from '../collect/live';
import { pacerPerRegion } from '../collect/pace';
import type { SnapshotStore } from '../collect/snapshot-cache';
import type { Settings } from '../settings';
import type { AccountSource, Left } from '../source';

interface Reading {
  /** All that the run reads, so that a pool elsewhere is told from one that is gone. */
  readonly regions: readonly string[];
  /** All when empty. */
  readonly restApiIds: readonly string[];
  readonly clock: () => Date;
  readonly deadline?: Deadline;
  readonly snapshots?: SnapshotStore;
  /** Regions that are not judged yet, with what is left of them; all of them, from the beginning, when absent. */
  readonly left?: ReadonlyMap<string, Left>;
}

/** The regions of the function's own account, as sources. */
export const openSources = async (
  { regions, restApiIds, left, ...given }: Reading,
  settings: Settings,
): Promise<readonly AccountSource[]> => {
  const { accountId, partition } = await identify({ region: settings.region });
  const pacerOf = pacerPerRegion(settings.quotaShare ?? undefined);
  const scannedRegions = [...new Set(regions)];
  return scannedRegions
    .filter((region) => left?.has(region) ?? true)
    .map((region) => {
      const rest = left?.get(region);
      return openRegion({
        region,
        accountId,
        partition,
        scannedRegions,
        ...(restApiIds.length === 0 ? {} : { restApiIds }),
        pacerOf,
        ...given,
        ...(rest === undefined ? {} : { left: rest }),
      });
    });
};
