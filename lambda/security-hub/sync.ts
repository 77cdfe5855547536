import type { Bucket } from '../history/bucket';
import { reasonOf } from '../reason';
import { count } from '../report/words';
import type { AuditResult } from '../result';
import type { Audit } from '../run';
import { importInto, type Imported } from './import-findings';
import { readLedger, rewriteLedger, type Ledger, type Listed } from './ledger';
import { planImports, type Import } from './plan';

/** Something that people should know; told once while it lasts. */
export interface Trouble {
  /** The same as long as the trouble is the same. */
  readonly key: string;
  readonly saying: string;
}

const trouble = (key: string, saying: string): Trouble => ({ key: `security-hub ${key}`, saying });

const ADVICE: Readonly<Record<string, string>> = {
  InvalidAccessException: ' (is Security Hub enabled in this region?)',
  AccessDeniedException: ' (allow securityhub:BatchImportFindings)',
};

const troubleOf = ({ region, taken, wanted, error }: Imported): readonly Trouble[] =>
  error === null
    ? []
    : [
        trouble(
          `${region} ${error}`,
          `Security Hub of ${region} took ${taken.length} of ${count(wanted, 'change')}: ${error}${ADVICE[error] ?? ''}. The next run sends the rest.`,
        ),
      ];

const byRegion = (imports: readonly Import[]): ReadonlyMap<string, readonly Import[]> => {
  const regions = new Map<string, Import[]>();
  for (const one of imports) {
    const { region } = one.identity.subject;
    regions.set(region, [...(regions.get(region) ?? []), one]);
  }
  return regions;
};

/** Before they are sent, so that what arrives is known to have been sent, whatever happens then: it could never be archived otherwise. */
const announce = async (
  bucket: Bucket,
  ledger: Ledger,
  imports: readonly Import[],
  at: string,
): Promise<void> => {
  const unlisted = imports.filter(({ identity, digest }) => digest !== null && !ledger.has(identity.id));
  if (unlisted.length === 0) return;
  await rewriteLedger(bucket, (current) => {
    const next = new Map(current);
    for (const { identity } of unlisted) {
      if (!next.has(identity.id)) next.set(identity.id, { identity, digest: null, at });
    }
    return next;
  });
};

const settle = async (bucket: Bucket, taken: readonly Import[], at: string): Promise<void> => {
  if (taken.length === 0) return;
  await rewriteLedger(bucket, (current) => {
    const next = new Map<string, Listed>(current);
    for (const { identity, digest } of taken) {
      if (digest === null) next.delete(identity.id);
      else next.set(identity.id, { identity, digest, at });
    }
    return next;
  });
};

/**
 * Brings Security Hub up to date with a run: each region's findings into that region's. What could not be sent stays in the ledger, and the
 * next run sends it. Without the ledger nothing is sent, because nobody would know what to archive later.
 *
 * @returns what people should know; nothing when all went well. Never throws.
 */
export const syncSecurityHub = async (
  { evaluation }: Audit,
  result: AuditResult,
  { bucket, isTimeLeft }: { readonly bucket: Bucket; readonly isTimeLeft: () => boolean },
): Promise<readonly Trouble[]> => {
  const { startedAt: at } = result.run;
  const troubles: Trouble[] = [];
  let imports: readonly Import[];
  try {
    const { ledger, lost } = await readLedger(bucket);
    if (lost) {
      troubles.push(
        trouble(
          'ledger lost',
          'What was sent to Security Hub is forgotten, so findings that were resolved meanwhile stay active there until it deletes them, 90 days after their last update.',
        ),
      );
    }
    imports = planImports(ledger, result, evaluation);
    await announce(bucket, ledger, imports, at);
  } catch (error) {
    return [trouble('ledger', `Security Hub was not updated: ${reasonOf(error)}. The next run does it.`)];
  }
  const imported = await Promise.all(
    [...byRegion(imports)].map(([region, ofRegion]) => importInto(region, ofRegion, isTimeLeft)),
  );
  troubles.push(...imported.flatMap(troubleOf));
  try {
    await settle(
      bucket,
      imported.flatMap(({ taken }) => taken),
      at,
    );
  } catch (error) {
    troubles.push(
      trouble(
        'ledger',
        `What Security Hub took could not be remembered: ${reasonOf(error)}. The next run sends it again.`,
      ),
    );
  }
  return troubles;
};
