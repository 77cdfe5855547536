import { openRegion } from '../../lambda/collect/live';
import type { Pacer } from '../../lambda/collect/pace';
import type { AuditResult } from '../../lambda/result';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import { startSandbox } from '../../sandbox/endpoint';
import { buildAccount, type Sketch } from './build-account';
import { ACCOUNT_ID, REGION } from './places';

const clock = (): Date => new Date('2026-01-01T00:00:00Z');

/** The endpoint on loopback has no quotas. */
const UNPACED: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

/** Serves the account of a sketch on loopback, reads it as AWS is read, and judges it with the whole catalogue. */
export const auditSketch = async (sketch: Sketch): Promise<AuditResult> => {
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
    const { result } = await audit({ sources: [source], rules: catalogue, runId: 'reported', clock });
    return result;
  } finally {
    await sandbox.close();
  }
};
