import type { Gap } from '../findings/coverage';
import type { ReportLinks } from '../history/report-links';
import type { AuditResult, FailedRule, ReportedFinding } from '../result';
import { isComplete, isWorthTelling, worstOf, type Occasion } from './occasion';
import { gapKey } from './told';
import { bytes, cut, fitting, MESSAGE_BYTES } from './sizes';

/** For filter policies: at most five, closed lists of lower-case values, account and region as AWS writes them. */
export interface EventAttributes {
  readonly severity_max: 'error' | 'warning' | 'note' | 'none';
  readonly change: 'new' | 'resolved' | 'mixed' | 'none' | 'error';
  readonly account: string;
  readonly region: string;
  readonly schema: '1';
}

/** Where it ran: one message is about one region. */
interface EventRun {
  readonly id: string;
  readonly account: string;
  readonly alias: string | null;
  readonly region: string;
}

/** News of one region, with as many findings as fit. */
export interface AuditEvent {
  readonly schemaVersion: '1';
  readonly type: 'audit';
  readonly run: EventRun;
  readonly severityMax: EventAttributes['severity_max'];
  readonly change: EventAttributes['change'];
  /** Of the region. */
  readonly counts: {
    readonly new: number;
    readonly worse: number;
    /** Told before and not worse now; only a digest has them among its findings. */
    readonly open: number;
    readonly resolved: number;
  };
  /** What the run looked at, in all its regions. */
  readonly looked: Pick<AuditResult['summary'], 'apis' | 'stages' | 'methods' | 'unreachableMethods'>;
  readonly findings: readonly ReportedFinding[];
  readonly findingsLeftOut: number;
  readonly report?: ReportLinks;
  readonly notices: readonly string[];
  readonly coverage: {
    readonly complete: boolean;
    readonly gaps: readonly Gap[];
    readonly gapsLeftOut: number;
    readonly failedRules: readonly FailedRule[];
  };
}

/** What else must be known of a run. */
export interface NoticeEvent {
  readonly schemaVersion: '1';
  readonly type: 'audit-failed' | 'history-failed' | 'test';
  readonly run: EventRun;
  readonly message: string;
}

export interface MachineEvent {
  readonly attributes: EventAttributes;
  readonly body: string;
}

/** What is left of a message is room for its other fields and the attributes. */
const FINDINGS_BYTES = MESSAGE_BYTES - 50_000;
const GAPS_BYTES = 35_000;
const FAILED_RULES_BYTES = 10_000;
const AFFECTED = 20;
const NOTICES = 20;
const GAP_RULES = 20;

const inJson = (value: unknown): number => bytes(JSON.stringify(value)) + 1;

/** The same fields as in the result; lists and texts of any length are bounded, `affectedCount` still says how many. */
const bounded = (finding: ReportedFinding): ReportedFinding => ({
  ...finding,
  affected: finding.affected.slice(0, AFFECTED),
  evidence: finding.evidence.map((one) => ({ ...one, value: cut(one.value, 500) })),
});

const boundedGap = (gap: Gap): Gap => ({
  ...gap,
  subject: cut(gap.subject, 200),
  detail: cut(gap.detail, 300),
  rules: gap.rules.slice(0, GAP_RULES),
});

const changeOf = ({ told, resolved }: Occasion): EventAttributes['change'] => {
  if (told.length > 0) return resolved.length > 0 ? 'mixed' : 'new';
  return resolved.length > 0 ? 'resolved' : 'none';
};

/** The part of a run that happened in one region. */
const inRegion = (occasion: Occasion, region: string): Occasion => {
  const told = occasion.told.filter(({ subject }) => subject.region === region);
  const gaps = occasion.gaps.filter((gap) => gap.region === region);
  const keys = new Set(gaps.map(gapKey));
  return {
    ...occasion,
    regions: [region],
    told,
    open: occasion.open.filter(({ subject }) => subject.region === region),
    resolved: occasion.resolved.filter(({ subject }) => subject.region === region),
    new: told.filter(({ change }) => change === 'new').length,
    worse: told.filter(({ change, was }) => change === 'open' && was !== undefined).length,
    gaps,
    troubles: occasion.troubles.filter((one) => one.startsWith('rule ') || keys.has(one)),
  };
};

const lookedOf = ({ summary }: Occasion): AuditEvent['looked'] => {
  const { apis, stages, methods, unreachableMethods } = summary;
  return { apis, stages, methods, unreachableMethods };
};

const regionEvent = (occasion: Occasion, region: string): MachineEvent => {
  const told = [...occasion.told, ...occasion.resolved].map((finding) => bounded(finding));
  const findings = fitting(told, FINDINGS_BYTES, inJson);
  const gaps = fitting(occasion.gaps.map(boundedGap), GAPS_BYTES, inJson);
  const failedRules = fitting(occasion.failedRules, FAILED_RULES_BYTES, inJson);
  const worst = worstOf(occasion.told) ?? 'none';
  const change = changeOf(occasion);
  return {
    attributes: { severity_max: worst, change, account: occasion.account, region, schema: '1' },
    body: JSON.stringify({
      schemaVersion: '1',
      type: 'audit',
      run: { id: occasion.runId, account: occasion.account, alias: occasion.alias, region },
      severityMax: worst,
      change,
      counts: {
        new: occasion.new,
        worse: occasion.worse,
        open: occasion.open.length,
        resolved: occasion.resolved.length,
      },
      looked: lookedOf(occasion),
      findings: findings.items,
      findingsLeftOut: findings.leftOut,
      ...(occasion.report === null ? {} : { report: occasion.report }),
      notices: occasion.notices.slice(0, NOTICES).map((one) => cut(one, 500)),
      coverage: {
        complete: isComplete(occasion),
        gaps: gaps.items,
        gapsLeftOut: gaps.leftOut,
        failedRules: failedRules.items,
      },
    } satisfies AuditEvent),
  };
};

/** One message for each region that has news, so that subscribers can filter by region. */
export const eventsOf = (occasion: Occasion): readonly MachineEvent[] =>
  occasion.regions
    .map((region) => [region, inRegion(occasion, region)] as const)
    .filter(([, part]) => isWorthTelling(part))
    .map(([region, part]) => regionEvent(part, region));
