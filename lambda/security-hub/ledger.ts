import * as z from 'zod';
import type { Bucket } from '../history/bucket';
import { findingSchema } from '../report/schema';
import type { Identity } from './asff';

export const LEDGER_KEY = 'state/security-hub.json';

/** A finding that Security Hub may hold as active. */
export interface Listed {
  readonly identity: Identity;
  /** Of what it took last; `null`: it was about to be sent, and nobody knows whether it arrived. */
  readonly digest: string | null;
  /** When it took it, ISO 8601. */
  readonly at: string;
}

/** By the id of the finding. */
export type Ledger = ReadonlyMap<string, Listed>;

const schema = z.object({
  schemaVersion: z.literal('1'),
  findings: z.array(
    z.object({
      identity: findingSchema
        .pick({ id: true, rule: true, severity: true, title: true, subject: true, docs: true })
        .extend({ firstSeen: z.iso.datetime() }),
      digest: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  ),
});

const parse = (text: string): Ledger | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? new Map(parsed.data.findings.map((one) => [one.identity.id, one])) : null;
  } catch {
    return null;
  }
};

export interface ReadLedger {
  readonly ledger: Ledger;
  /** The object is there and cannot be understood: what was sent is forgotten. */
  readonly lost: boolean;
}

/** @throws BucketError */
export const readLedger = async (bucket: Bucket): Promise<ReadLedger> => {
  const stored = await bucket.read(LEDGER_KEY);
  const ledger = stored === null ? new Map<string, Listed>() : parse(stored.text);
  return { ledger: ledger ?? new Map<string, Listed>(), lost: ledger === null };
};

/** Two runs that write at the same moment need one more attempt each; more than this is trouble. */
const ATTEMPTS = 5;

/**
 * Writes what `change` makes of the ledger that is there, however often another run writes meanwhile.
 *
 * @throws BucketError
 * @throws Error when other runs kept writing
 */
export const rewriteLedger = async (bucket: Bucket, change: (ledger: Ledger) => Ledger): Promise<void> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const stored = await bucket.read(LEDGER_KEY);
    const before = stored === null ? null : parse(stored.text);
    const findings = [...change(before ?? new Map<string, Listed>()).values()];
    const text = `${JSON.stringify({ schemaVersion: '1', findings })}\n`;
    if (await bucket.write(LEDGER_KEY, text, stored === null ? 'absent' : { version: stored.etag })) return;
  }
  throw new Error(`${LEDGER_KEY}: other runs wrote at the same time, ${ATTEMPTS} times`);
};
