import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { bytes } from '../alert/sizes';
import type { Import } from './plan';

/** Security Hub takes 100 findings in a call, of 240 KB each; a call is kept well below what their sum would be. */
const BATCH = 100;
const BATCH_BYTES = 3_000_000;

/** What one region's Security Hub did with what it was sent. */
export interface Imported {
  readonly region: string;
  readonly taken: readonly Import[];
  readonly wanted: number;
  /** AWS's word for why not all were taken; `null`: all were. */
  readonly error: string | null;
}

/** In order, at most `BATCH` and `BATCH_BYTES` each. */
const batchesOf = (imports: readonly Import[]): readonly (readonly Import[])[] => {
  const batches: Import[][] = [];
  let size = 0;
  for (const one of imports) {
    const weight = bytes(JSON.stringify(one.finding));
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH || size + weight > BATCH_BYTES) {
      batches.push([one]);
      size = weight;
    } else {
      last.push(one);
      size += weight;
    }
  }
  return batches;
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

/**
 * Imports into the Security Hub of one region. A call that fails ends it there: whoever is throttled or denied once is so again, and the next
 * run sends the rest. A finding that is refused does not stop the others.
 */
export const importInto = async (
  region: string,
  imports: readonly Import[],
  isTimeLeft: () => boolean,
): Promise<Imported> => {
  const client = new SecurityHubClient({
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  const taken: Import[] = [];
  let error: string | null = null;
  try {
    for (const batch of batchesOf(imports)) {
      if (!isTimeLeft()) {
        error = 'no time was left';
        break;
      }
      const { FailedFindings = [] } = await client.send(
        new BatchImportFindingsCommand({ Findings: batch.map(({ finding }) => finding) }),
      );
      const failed = new Set(FailedFindings.map(({ Id }) => Id));
      taken.push(...batch.filter(({ finding }) => !failed.has(finding.Id)));
      error ??= FailedFindings[0]?.ErrorCode ?? null;
    }
  } catch (thrown) {
    error = nameOf(thrown);
  } finally {
    client.destroy();
  }
  return { region, taken, wanted: imports.length, error };
};
