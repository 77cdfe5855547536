import { composeAlerts } from './alert/compose';
import { untold, type Message } from './alert/message';
import { historyMessages } from './alert/notice';
import { suppressionKey, troublesOf } from './alert/told';
import { isDigestDue, type DigestDay } from './digest-day';
import { settle } from './findings/settle';
import { readSuppressions, SuppressionFileError } from './findings/suppression-file';
import type { Suppression } from './findings/suppression';
import { BucketError, type Bucket } from './history/bucket';
import { tellOnce, type Delivery } from './history/claim';
import { linksTo, type ReportLinks } from './history/report-links';
import { recall, REPORTS, save, type Recalled } from './history/memory';
import type { State } from './history/state';
import type { RoomyMatrix } from './matrix-room';
import { reasonOf } from './reason';
import { htmlReport } from './report/html';
import { jsonReport } from './report/json';
import { isStanding } from './report/words';
import type { Trouble } from './security-hub/sync';
import type { Audience, AuditResult, HistoryState } from './result';
import type { Audit } from './run';

/** Where people put what they accept, in the bucket of the history. */
export const SUPPRESSIONS_KEY = 'suppressions.yaml';

export interface Conclusion {
  readonly bucket: Bucket;
  readonly alias: string | null;
  /** Of the bucket. */
  readonly region: string;
  /** How long the link to the report is to last; 0: no link. */
  readonly reportLinkHours: number;
  readonly digestDay: DigestDay;
  /** Tells open findings again, and that nothing was found. */
  readonly full: boolean;
  /** Without it nobody is told, so nothing is remembered as told either. */
  readonly notify: boolean;
  /** Every rule was asked about every API of the usual regions. */
  readonly whole: boolean;
  /** Who hears alerts; `null`: nobody is to be told. */
  readonly audience?: Audience | null;
  /** Absent: Security Hub is not wanted. */
  readonly updateSecurityHub?: (audited: Audit, result: AuditResult) => Promise<readonly Trouble[]>;
  readonly send: (messages: readonly Message[]) => Promise<Delivery>;
}

interface Accepted {
  readonly suppressions: readonly Suppression[] | null;
  readonly notices: readonly string[];
}

const readAccepted = async (bucket: Bucket): Promise<Accepted> => {
  try {
    const stored = await bucket.read(SUPPRESSIONS_KEY);
    return { suppressions: stored === null ? null : readSuppressions(stored.text), notices: [] };
  } catch (error) {
    if (!(error instanceof SuppressionFileError) && !(error instanceof BucketError)) throw error;
    const notice = `${SUPPRESSIONS_KEY} could not be used, so nothing is suppressed: ${reasonOf(error)}.`;
    return { suppressions: null, notices: [notice] };
  }
};

const recallOrNot = async (
  bucket: Bucket,
): Promise<Recalled | { readonly kind: 'unavailable'; readonly detail: string }> => {
  try {
    return await recall(bucket);
  } catch (error) {
    return { kind: 'unavailable', detail: reasonOf(error) };
  }
};

/** The result as it was stored. */
interface Reported {
  readonly result: AuditResult;
  readonly links: ReportLinks | null;
}

const storeReport = async (
  result: AuditResult,
  { rows, leftOut }: RoomyMatrix,
  { bucket, region, reportLinkHours }: Conclusion,
): Promise<Reported> => {
  const name = `${REPORTS}${result.run.startedAt.slice(0, 10)}/${encodeURIComponent(result.run.id)}`;
  const { history = { state: 'first' } } = result;
  const stored = { ...result, history: { ...history, report: `s3://${bucket.name}/${name}.json` } };
  try {
    await bucket.write(`${name}.json`, jsonReport(stored));
    await bucket.write(`${name}.html`, htmlReport({ ...stored, matrix: rows }, leftOut));
    const links = await linksTo(bucket, `${name}.html`, { region, hours: reportLinkHours });
    return { result: stored, links };
  } catch (error) {
    const detail = `the report could not be stored: ${reasonOf(error)}`;
    return { result: unavailable(result, detail), links: null };
  }
};

const unavailable = (result: AuditResult, detail: string): AuditResult => ({
  ...result,
  history: { state: 'unavailable', detail: result.history?.detail ?? detail },
});

/** `null`: this run knew of no suppressions, which does not mean that there are none. */
const announcedOf = ({ suppressions }: AuditResult): readonly string[] | null =>
  suppressions === undefined ? null : [...suppressions.expired, ...suppressions.expiring].map(suppressionKey);

const stateOf = (
  audited: Audit,
  recalled: Recalled,
  { suppressions }: Accepted,
  { whole }: Conclusion,
  { digest, troubles }: { readonly digest: boolean; readonly troubles: readonly Trouble[] },
): State => {
  const { startedAt, id } = audited.result.run;
  const last = recalled.kind === 'kept' ? recalled.state : null;
  const { kept, result } = settle(audited, { before: last?.findings ?? [], suppressions, whole });
  return {
    schemaVersion: '1',
    runId: id,
    savedAt: audited.result.run.finishedAt,
    findings: kept,
    // A run that looked at a part knows nothing of troubles elsewhere.
    troubles: [
      ...new Set([
        ...(whole ? [] : (last?.troubles ?? [])),
        ...troublesOf(result),
        ...troubles.map(({ key }) => key),
      ]),
    ],
    announced: announcedOf(result) ?? last?.announced ?? [],
    // The first run tells everything: it is its own digest.
    lastDigest: digest || last === null ? startedAt : last.lastDigest,
  };
};

/**
 * Sets a run against the last one, stores its report, tells people what changed, and remembers it: in this order, so that what could not
 * be told or remembered is told by the next run, and nothing is lost. S3 and SNS may fail at any step: the result is still returned, and
 * says so.
 */
export const conclude = async (audited: Audit, given: Conclusion): Promise<AuditResult> => {
  const { bucket, alias, digestDay, full, notify, whole, audience = null, send } = given;
  const recalled = await recallOrNot(bucket);
  const accepted = await readAccepted(bucket);
  const last = recalled.kind === 'kept' ? recalled.state : null;
  const before = recalled.kind === 'first' ? [] : (last?.findings ?? null);
  const settled = settle(audited, { before, suppressions: accepted.suppressions, whole }).result;
  const history: HistoryState = {
    state: recalled.kind,
    ...('detail' in recalled ? { detail: recalled.detail } : {}),
  };
  const { result, links } = await storeReport(
    { ...settled, history, ...(audience === null ? {} : { audience }) },
    audited.matrix,
    given,
  );
  if (!notify) return result;

  const troubles = (await given.updateSecurityHub?.(audited, result)) ?? [];
  const { run, findings } = result;
  const digest =
    whole &&
    last !== null &&
    isDigestDue(digestDay, run.startedAt, last.lastDigest) &&
    findings.some(isStanding);
  const compose = (of: AuditResult): readonly Message[] =>
    composeAlerts(of, {
      alias,
      full: full || digest,
      always: full,
      notices: [
        ...accepted.notices,
        ...troubles.filter(({ key }) => last?.troubles.includes(key) !== true).map(({ saying }) => saying),
      ],
      report: links,
      ...(last === null ? {} : { told: last }),
    });
  const messages = compose(result);
  let final = result;
  if (messages.length > 0) {
    try {
      const sent = await tellOnce(bucket, run.id, (told, unclaimed) => {
        if (unclaimed === null) return send(untold(messages, told));
        final = unavailable(result, unclaimed);
        return send(compose(final));
      });
      final = { ...final, alerts: { state: sent ? 'sent' : 'sent-before' } };
    } catch (error) {
      return { ...final, alerts: { state: 'failed', detail: reasonOf(error) } };
    }
  }
  if (recalled.kind === 'unavailable') return final;
  try {
    await save(bucket, recalled, (current) =>
      stateOf(audited, current, accepted, given, { digest, troubles }),
    );
    return final;
  } catch (error) {
    const detail = `what this run found could not be remembered: ${reasonOf(error)}`;
    const unsaved = unavailable(final, detail);
    // Said already where the claim failed too.
    if (final.history?.state === 'unavailable') return unsaved;
    const audited = { account: run.account, alias, regions: run.regions, runId: run.id };
    try {
      await tellOnce(bucket, `${run.id}-history`, (told) =>
        send(untold(historyMessages(audited, detail), told)),
      );
      return unsaved;
    } catch (second) {
      return { ...unsaved, alerts: { state: 'failed', detail: reasonOf(second) } };
    }
  }
};
