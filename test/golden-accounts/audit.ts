import type { Account } from '../../lambda/model/account';
import type { AuditResult } from '../../lambda/result';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import { savedSource } from '../../lambda/source';

/** The whole catalogue over saved accounts, one a Region; the clock stands still. */
export const auditAccounts = async (accounts: readonly Account[]): Promise<AuditResult> => {
  const { result } = await audit({
    sources: accounts.map((one) => savedSource(one, 'saved')),
    rules: catalogue,
    runId: 'golden',
    clock: () => new Date('2026-11-23T09:00:00.000Z'),
  });
  return result;
};
