import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { createHash } from 'node:crypto';
import type { Evaluation } from '../findings/evaluation';
import { isStanding } from '../report/words';
import type { AuditResult } from '../result';
import { activeFinding, archivedFinding, identityOf, type Identity } from './asff';
import type { Ledger } from './ledger';

/** One finding to import. */
export interface Import {
  readonly identity: Identity;
  readonly finding: AwsSecurityFinding;
  /** Of an active finding; `null`: it is archived, and forgotten once Security Hub took it. */
  readonly digest: string | null;
}

/**
 * Security Hub deletes what was not updated for 90 days, and every update is an event for whoever listens: what did not change is sent
 * again well before the one and not more often.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html
 */
const REFRESH_DAYS = 30;
const DAY_MS = 86_400_000;

/** Of all that people would see change. */
const digestOf = (finding: AwsSecurityFinding): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...finding, UpdatedAt: null, LastObservedAt: null }))
    .digest('hex')
    .slice(0, 16);

const isStale = (at: string, now: string): boolean =>
  Date.parse(now) - Date.parse(at) > REFRESH_DAYS * DAY_MS;

/**
 * What Security Hub has to be told, given what it may hold: findings that are new there, changed, or not refreshed for long, and those to be
 * archived because they were resolved or accepted. What this run could not judge stays as it is.
 */
export const planImports = (
  ledger: Ledger,
  { run, findings }: AuditResult,
  evaluation: Pick<Evaluation, 'covers'>,
): readonly Import[] => {
  const { account, startedAt: at } = run;
  const active = findings.filter(isStanding).flatMap((finding): readonly Import[] => {
    const imported = activeFinding(finding, account, at);
    const digest = digestOf(imported);
    const listed = ledger.get(finding.id);
    const known = listed !== undefined && listed.digest === digest && !isStale(listed.at, at);
    return known ? [] : [{ identity: identityOf(finding), finding: imported, digest }];
  });
  const byId = new Map(findings.map((one) => [one.id, one]));
  const archived = [...ledger.values()].flatMap(({ identity }): readonly Import[] => {
    const now = byId.get(identity.id);
    if (now !== undefined && (isStanding(now) || now.change === 'not-evaluated')) return [];
    if (now === undefined && !evaluation.covers(identity.rule, identity.subject)) return [];
    const why = now?.suppressed === undefined || now.change === 'resolved' ? 'resolved' : 'accepted';
    return [{ identity, finding: archivedFinding(identity, why, account, at), digest: null }];
  });
  return [...active, ...archived];
};
