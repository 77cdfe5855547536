import { openRegion } from '../../lambda/collect/live';
import type { Pacer } from '../../lambda/collect/pace';
import { gatherAccount } from '../../lambda/gather-account';
import type { Account } from '../../lambda/model/account';
import type { AuditResult } from '../../lambda/result';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import type { AccountSource } from '../../lambda/source';
import { startSandbox } from '../../sandbox/endpoint';
import { buildAccount, type Sketch } from './build-account';
import { ACCOUNT_ID, REGION } from './places';

const clock = (): Date => new Date('2026-01-01T00:00:00Z');

/** The endpoint on loopback has no quotas. */
const UNPACED: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

/** Serves the account of a sketch on loopback and hands out what reads it as AWS is read. */
const withSource = async <T>(sketch: Sketch, use: (source: AccountSource) => Promise<T>): Promise<T> => {
  const sandbox = await startSandbox({ account: buildAccount(sketch) });
  try {
    const source = openRegion({
      region: REGION,
      accountId: ACCOUNT_ID,
      partition: 'aws',
      scannedRegions: [REGION],
      clock,
      endpoint: sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
      attempts: 1,
      pacerOf: () => UNPACED,
    });
    return await use(source);
  } finally {
    await sandbox.close();
  }
};

/** Judges the account of a sketch with the whole catalogue. */
export const auditSketch = async (sketch: Sketch): Promise<AuditResult> =>
  withSource(sketch, async (source) => {
    const { result } = await audit({ sources: [source], rules: catalogue, runId: 'reported', clock });
    return result;
  });

/** The account of a sketch, as the collectors read it. */
export const readSketch = async (sketch: Sketch): Promise<Account> => withSource(sketch, gatherAccount);
