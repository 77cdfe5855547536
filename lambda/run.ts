import { Collation } from './findings/collate';
import { policyDocument } from './collect/policy-document';
import { readPermissions } from './collect/permissions';
import { Coverage, type Gap } from './findings/coverage';
import { Evaluation } from './findings/evaluation';
import { judgeAccount, judgeApi, type Judgement } from './findings/judge';
import { reachOf } from './gateway/reach';
import type { Account, SharedAccount } from './model/account';
import { deploymentsOf } from './model/deployment';
import { isKnown, known, mapKnown, type Known } from './model/known';
import type { ApiSummary, RestApi } from './model/rest-api';
import type { AuditResult, IamPolicy } from './result';
import type { Rule } from './rules/rule';
import { addStats, type AccountSource } from './source';

export interface Progress {
  readonly region: string;
  readonly done: number;
  readonly total: number;
}

export interface AuditRequest {
  /** One a region. */
  readonly sources: readonly AccountSource[];
  readonly rules: readonly Rule[];
  /** Only some APIs are read, so one that was not seen may still exist. */
  readonly partial?: boolean;
  readonly runId: string;
  readonly clock: () => Date;
  readonly progress?: (at: Progress) => void;
  /** Receives each account whole, for `--save`; the run keeps no account in memory otherwise. */
  readonly keep?: (account: Account) => void;
}

/** What a run found, and what it really looked at. */
export interface Audit {
  /** Without history and suppressions: every finding is new. */
  readonly result: AuditResult;
  readonly evaluation: Evaluation;
}

class Run {
  readonly collation = new Collation();
  readonly coverage = new Coverage();
  readonly evaluation: Evaluation;
  readonly totals = { apis: 0, stages: 0, methods: 0, unreachableMethods: 0 };

  constructor({ rules, partial = false, sources }: AuditRequest) {
    this.evaluation = new Evaluation(
      rules.map(({ id }) => id),
      partial,
    );
    for (const { region } of sources) this.evaluation.addRegion(region);
  }

  take(judgement: Judgement): void {
    this.collation.add(judgement.raised);
    this.coverage.addUntold(judgement.untold);
    this.coverage.crashes.push(...judgement.crashes);
    this.evaluation.addUntold(judgement.untold);
    this.evaluation.addCrashes(judgement.crashes);
  }

  count(api: RestApi, shared: SharedAccount): void {
    this.totals.apis += 1;
    if (!isKnown(api.stages)) return;
    for (const stage of api.stages.value) {
      this.totals.stages += 1;
      const [served] = deploymentsOf(api, stage);
      if (served === undefined || !isKnown(served.methods)) continue;
      this.totals.methods += served.methods.value.length;
      for (const method of served.methods.value) {
        if (reachOf(served, method, shared) === 'unreachable') this.totals.unreachableMethods += 1;
      }
    }
  }
}

const summaryOf = (api: RestApi): ApiSummary => ({
  id: api.id,
  name: api.name,
  endpointTypes: api.endpointTypes,
  disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
  stageNames: mapKnown(api.stages, (stages) => stages.map((stage) => stage.name)),
});

const auditRegion = async (
  run: Run,
  source: AccountSource,
  { rules, progress, keep }: AuditRequest,
): Promise<SharedAccount> => {
  const summaries: ApiSummary[] = [];
  const kept: RestApi[] = [];
  let listed: Known<readonly RestApi[]> = known(kept);
  const report = (done: number, total: number): void => progress?.({ region: source.region, done, total });
  for await (const collected of source.apis(report)) {
    if ('state' in collected) {
      listed = collected;
      run.evaluation.addUnlisted(source.region);
      run.coverage.addReads(source.region, collected);
      continue;
    }
    const { api, shared } = collected;
    run.take(judgeApi(rules, api, shared));
    run.coverage.addReads(source.region, api);
    run.evaluation.addJudged(source.region, api.id);
    run.count(api, shared);
    summaries.push(summaryOf(api));
    if (keep !== undefined) kept.push(api);
  }
  const shared = await source.shared();
  run.take(judgeAccount(rules, shared, isKnown(listed) ? known(summaries) : listed));
  run.coverage.addReads(source.region, shared.slices);
  keep?.({ ...shared, schemaVersion: 1, restApis: listed });
  return shared;
};

/** What to allow so that nothing is denied next time: in this account and, where there is one only, this region. */
const missingPolicy = (
  gaps: readonly Gap[],
  [first, ...others]: readonly SharedAccount[],
): IamPolicy | undefined => {
  const denied = new Set(
    gaps.filter(({ because }) => because === 'denied').map(({ operation }) => operation),
  );
  if (first === undefined || denied.size === 0) return undefined;
  const { accountId, partition, region } = first;
  return policyDocument(
    readPermissions.filter(({ operation }) => denied.has(operation)),
    { accountId, partition, ...(others.length > 0 ? {} : { region }) },
  );
};

/** Collects, judges and reports; regions run side by side and share nothing. */
export const audit = async (request: AuditRequest): Promise<Audit> => {
  const { sources, clock, runId } = request;
  const startedAt = clock();
  const run = new Run(request);
  const shared = await Promise.all(sources.map((source) => auditRegion(run, source, request)));
  const finishedAt = clock();
  const findings = run.collation.findings();
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const gaps = run.coverage.gaps();
  const missing = missingPolicy(gaps, shared);
  const failedRules = run.coverage.crashes.map(({ ruleId, at, message }) => ({ rule: ruleId, at, message }));
  const result: AuditResult = {
    schemaVersion: '1',
    run: {
      id: runId,
      source: sources[0]?.kind ?? 'live',
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      account: shared[0]?.accountId ?? 'unknown',
      regions: sources.map(({ region }) => region),
    },
    summary: {
      ...run.totals,
      findings: { error: count('error'), warning: count('warning'), note: count('note') },
      suppressed: 0,
    },
    findings: findings.map((finding) => ({
      ...finding,
      change: 'new',
      firstSeen: startedAt.toISOString(),
    })),
    coverage: {
      complete: gaps.length === 0 && failedRules.length === 0,
      gaps,
      failedRules,
      ...(missing === undefined ? {} : { missingPolicy: missing }),
    },
    stats: {
      ...addStats(sources.map((source) => source.stats())),
      durationMs: finishedAt.getTime() - startedAt.getTime(),
    },
  };
  return { result, evaluation: run.evaluation };
};
