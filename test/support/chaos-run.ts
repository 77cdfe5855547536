import type { AuditResult } from '../../lambda/result';
import { FAULT_KINDS } from '../../sandbox/faults';
import { auditSandbox, compareRuns, namesOf } from './hostile';

export interface ChaosRun {
  readonly seed: number;
  readonly rate: number;
  readonly calls: number;
  readonly ended: boolean;
  readonly equal: number;
  readonly covered: number;
  readonly invented: readonly string[];
  readonly lost: readonly string[];
  /** Rules that threw. */
  readonly crashed: readonly string[];
}

const GONE = ['orders0001'];

/** The account undisturbed: whole, and with an API deleted between list and read. */
export const undisturbed = async (): Promise<{
  readonly whole: AuditResult;
  readonly deleted: AuditResult;
}> => ({
  whole: (await auditSandbox()).result,
  deleted: (await auditSandbox({ deletedApis: GONE })).result,
});

/** Every kind of fault alike, small pages, two attempts a call; an API is deleted meanwhile where the seed is odd. */
export const runChaos = async (
  { whole, deleted }: Awaited<ReturnType<typeof undisturbed>>,
  seed: number,
  rate: number,
): Promise<ChaosRun> => {
  const each = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, rate / FAULT_KINDS.length]));
  const isGone = seed % 2 === 1;
  try {
    const audited = await auditSandbox(
      { pageSize: 3, faults: { seed, ...each }, ...(isGone ? { deletedApis: GONE } : {}) },
      { attempts: 2, requestTimeout: 250 },
    );
    const { equal, covered, lost, invented } = compareRuns(isGone ? deleted : whole, audited);
    return {
      seed,
      rate,
      calls: audited.result.stats.awsCalls,
      ended: true,
      equal,
      covered: covered.length,
      invented: namesOf(invented),
      lost: namesOf(lost),
      crashed: audited.result.coverage.failedRules.map(({ rule, message }) => `${rule}: ${message}`),
    };
  } catch (error) {
    const crashed = [error instanceof Error ? error.message : String(error)];
    return { seed, rate, calls: 0, ended: false, equal: 0, covered: 0, invented: [], lost: [], crashed };
  }
};
