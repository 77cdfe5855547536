import { Collation } from './findings/collate';
import { policyDocument } from './collect/policy-document';
import { readPermissions } from './collect/permissions';
import { Coverage, type CoverageState, type Gap } from './findings/coverage';
import { Evaluation, type EvaluationState } from './findings/evaluation';
import type { Finding } from './findings/finding';
import { notYetMade } from './findings/not-yet-made';
import { judgeAccount, judgeApi, type Judgement } from './findings/judge';
import { easeSpareStages } from './findings/spare-stages';
import { reachOf } from './gateway/reach';
import { emptyMatrix, joinMatrices, MatrixRoom, type MatrixState, type RoomyMatrix } from './matrix-room';
import { NO_ACCOUNT, type Account, type Place, type SharedAccount } from './model/account';
import { deploymentsOf } from './model/deployment';
import { isKnown, known, mapKnown, type Known } from './model/known';
import type { ApiSummary, RestApi } from './model/rest-api';
import type { AuditResult, IamPolicy } from './result';
import type { Rule } from './rules/rule';
import { addStats, type AccountSource, type Left, type ReadStats } from './source';

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
  /** Cells of the access matrix that the run may keep, shared evenly by the regions; none when absent. */
  readonly matrixRoom?: number;
  /** What earlier invocations of the same run had done; the sources go on from there. */
  readonly before?: RunState;
}

type Totals = Omit<AuditResult['summary'], 'findings' | 'suppressed'>;

/** What a run has done of one region. */
export interface RegionState {
  readonly region: string;
  /** `null` until the region is judged. */
  readonly place: Place | null;
  readonly summaries: readonly ApiSummary[];
  readonly matrix: MatrixState;
  /** `null`: nothing, the region is judged. */
  readonly left: Left | null;
}

/** What a run has done when its time was up, as plain data: enough to go on in another process and to end as if it had not stopped. */
export interface RunState {
  readonly runId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly source: AuditResult['run']['source'];
  readonly regions: readonly RegionState[];
  readonly findings: readonly Finding[];
  readonly coverage: CoverageState;
  readonly evaluation: EvaluationState;
  readonly totals: Totals;
  readonly stats: ReadStats;
}

/** What a run found, and what it really looked at. */
export interface Audit {
  /** Without history and suppressions: every finding is new. */
  readonly result: AuditResult;
  readonly evaluation: Evaluation;
  readonly matrix: RoomyMatrix;
}

class Run {
  readonly collation: Collation;
  readonly coverage: Coverage;
  readonly evaluation: Evaluation;
  readonly totals: { -readonly [K in keyof Totals]: Totals[K] };

  constructor({ rules, partial = false, sources, before }: AuditRequest) {
    this.collation = new Collation(before?.findings);
    this.coverage = new Coverage(before?.coverage);
    this.evaluation = new Evaluation(
      rules.map(({ id }) => id),
      partial,
      before?.evaluation,
    );
    this.totals = { ...(before?.totals ?? { apis: 0, stages: 0, methods: 0, unreachableMethods: 0 }) };
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
  { sources, rules, progress, keep, matrixRoom = 0, before }: AuditRequest,
): Promise<RegionState> => {
  const { region } = source;
  const earlier = before?.regions.find((one) => one.region === region);
  const summaries = [...(earlier?.summaries ?? [])];
  const matrix = new MatrixRoom(earlier?.matrix ?? emptyMatrix(Math.floor(matrixRoom / sources.length)));
  const judged = summaries.length;
  const kept: RestApi[] = [];
  let listed: Known<readonly RestApi[]> = known(kept);
  const report = (done: number, total: number): void =>
    progress?.({ region, done: judged + done, total: judged + total });
  for await (const collected of source.apis(report)) {
    if ('state' in collected) {
      listed = collected;
      run.evaluation.addUnlisted(region);
      run.coverage.addReads(region, collected);
      continue;
    }
    const { api, shared } = collected;
    const judgement = judgeApi(rules, api, shared);
    run.take({ ...judgement, raised: easeSpareStages(judgement.raised, api, shared) });
    run.coverage.addReads(region, api);
    run.evaluation.addJudged(region, api.id);
    run.count(api, shared);
    matrix.add(collected);
    summaries.push(summaryOf(api));
    if (keep !== undefined) kept.push(api);
  }
  const left = source.left?.() ?? null;
  const done = { region, summaries, matrix: matrix.state() };
  if (left !== null) return { ...done, place: null, left };
  const shared = await source.shared();
  run.take(judgeAccount(rules, shared, isKnown(listed) ? known(summaries) : listed));
  run.coverage.addReads(region, shared.slices);
  run.coverage.addLeftOut(region, source.leftOut ?? []);
  keep?.({ ...shared, schemaVersion: 1, restApis: listed });
  const { accountId, partition } = shared;
  return { ...done, place: { accountId, partition, region }, left: null };
};

/** What to allow so that nothing is denied next time: in this account and, where there is one only, this region. */
const missingPolicy = (gaps: readonly Gap[], [first, ...others]: readonly Place[]): IamPolicy | undefined => {
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

/** A run that came to its end, or what it had done when its time was up. */
export type Ran = { readonly audited: Audit } | { readonly state: RunState };

const accountIn = ([first]: readonly Place[]): string =>
  first === undefined || first.accountId === NO_ACCOUNT ? 'unknown' : first.accountId;

const resultOf = (state: RunState, run: Run, finishedAt: Date): AuditResult => {
  const { runId, startedAt, regions } = state;
  const collated = run.collation.findings();
  const findings = state.source === 'template' ? collated.map(notYetMade) : collated;
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const gaps = run.coverage.gaps();
  const places = regions.flatMap(({ place }) => (place === null ? [] : [place]));
  const missing = missingPolicy(gaps, places);
  const failedRules = run.coverage.crashes.map(({ ruleId, at, message }) => ({ rule: ruleId, at, message }));
  return {
    schemaVersion: '1',
    run: {
      id: runId,
      source: state.source,
      startedAt,
      finishedAt: finishedAt.toISOString(),
      account: accountIn(places),
      regions: regions.map(({ region }) => region),
    },
    summary: {
      ...run.totals,
      findings: { error: count('error'), warning: count('warning'), note: count('note') },
      suppressed: 0,
    },
    findings: findings.map((finding) => ({ ...finding, change: 'new', firstSeen: startedAt })),
    coverage: {
      complete: gaps.length === 0 && failedRules.length === 0,
      gaps,
      failedRules,
      ...(missing === undefined ? {} : { missingPolicy: missing }),
    },
    stats: { ...state.stats, durationMs: finishedAt.getTime() - Date.parse(startedAt) },
  };
};

/** Collects and judges until all is done or the sources stop; regions work side by side and share nothing. */
export const runAudit = async (request: AuditRequest): Promise<Ran> => {
  const { sources, clock, runId, before } = request;
  const startedAt = before?.startedAt ?? clock().toISOString();
  const run = new Run(request);
  const now = await Promise.all(sources.map((source) => auditRegion(run, source, request)));
  // In the order in which the run began with them.
  const regions = (before?.regions ?? now).map(
    (one) => now.find(({ region }) => region === one.region) ?? one,
  );
  const state: RunState = {
    runId,
    startedAt,
    source: sources[0]?.kind ?? before?.source ?? 'live',
    regions,
    findings: run.collation.state(),
    coverage: run.coverage.state(),
    evaluation: run.evaluation.state(),
    totals: run.totals,
    stats: addStats([...(before === undefined ? [] : [before.stats]), ...sources.map((one) => one.stats())]),
  };
  if (regions.some(({ left }) => left !== null)) return { state };
  return {
    audited: {
      result: resultOf(state, run, clock()),
      evaluation: run.evaluation,
      matrix: joinMatrices(regions.map(({ matrix }) => matrix)),
    },
  };
};

/** An audit from beginning to end, of sources that do not stop. */
export const audit = async (request: AuditRequest): Promise<Audit> => {
  const ran = await runAudit(request);
  if ('state' in ran) throw new Error('the sources ended before their end');
  return ran.audited;
};
