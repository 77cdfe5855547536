import { audit } from '../run';
import { settle } from '../findings/settle';
import { baseline, readSuppressions, SuppressionFileError } from '../findings/suppression-file';
import { isDay, type Suppression } from '../findings/suppression';
import type { Account } from '../model/account';
import { count, isStanding } from '../report/words';
import { oneLine } from '../report/escape';
import { catalogue } from '../rules/catalogue';
import { rulesForSelection, selectRules } from '../rules/select-rules';
import type { Rule } from '../rules/rule';
import type { MatrixRow } from '../gateway/matrix';
import type { AuditResult } from '../result';
import type { AccountSource, CollectedApi } from '../source';
import { auditExitCode, mayListNothing, type FailOn } from './exit-codes';
import { readText, writeText } from './files';
import { lookOf, WRITERS, type Format } from './formats';
import type { Io } from './io';
import { ProgressBar } from './progress-bar';
import { matrixRows } from '../matrix-rows';
import { RequestedApis } from './requested-apis';
import { unknownRule } from './rules-command';
import { UsageError } from './usage-error';
import { watchSource } from './watch-source';

export interface AuditOptions {
  readonly region: readonly string[];
  readonly allRegions?: boolean;
  readonly profile?: string;
  readonly api: readonly string[];
  readonly rule: readonly string[];
  readonly from?: string;
  readonly template?: string;
  readonly parameter?: readonly string[];
  readonly account?: string;
  readonly sandbox?: boolean;
  readonly save?: string;
  readonly format: Format;
  readonly output?: string;
  readonly matrix?: boolean;
  readonly failOn: FailOn;
  readonly suppressions?: string;
  readonly writeBaseline?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly until?: string;
}

type Terms = Pick<Suppression, 'owner' | 'reason' | 'until'>;

/** Sources of an audit, one a region, and what to do once they were read. */
export interface Opened {
  readonly sources: readonly AccountSource[];
  readonly close: () => Promise<void>;
}

const chosenRules = (wanted: readonly string[]): readonly Rule[] => {
  const selection = selectRules(catalogue, wanted);
  if ('unknown' in selection) throw new UsageError(unknownRule(selection));
  return selection.rules;
};

const readSuppressionFile = async (file: string | undefined): Promise<readonly Suppression[] | null> => {
  if (file === undefined) return null;
  try {
    return readSuppressions(await readText(file));
  } catch (error) {
    if (!(error instanceof SuppressionFileError)) throw error;
    throw new UsageError(`${oneLine(file)}: ${oneLine(error.message)}.`);
  }
};

/** Who accepts what a baseline holds, why and until when: nobody can accept without saying so. */
const termsOf = ({ writeBaseline, owner, reason, until }: AuditOptions): Terms | null => {
  const given = [owner, reason, until].filter((one) => one !== undefined).length;
  if (writeBaseline === undefined) {
    if (given > 0) throw new UsageError('--owner, --reason and --until belong to --write-baseline.');
    return null;
  }
  if (owner === undefined || reason === undefined || until === undefined) {
    throw new UsageError('--write-baseline needs --owner, --reason and --until.');
  }
  if (!isDay(until)) throw new UsageError('--until takes a day such as 2026-12-31.');
  return { owner, reason, until };
};

/** Audits, writes the report where it belongs, and answers the exit code. */
export const runAudit = async (
  options: AuditOptions,
  open: (options: AuditOptions) => Promise<Opened>,
  save: (accounts: readonly Account[]) => string,
  io: Io,
): Promise<number> => {
  const rules = chosenRules(options.rule);
  const judging = rulesForSelection(rules, options.api.length > 0);
  if (judging.length === 0) {
    throw new UsageError(
      'The rules given judge what the APIs of an account share; they need an audit without --api.',
    );
  }
  const suppressions = await readSuppressionFile(options.suppressions);
  const terms = termsOf(options);
  const requested = new RequestedApis(options.api);
  const bar = new ProgressBar(io.stderr, io.clock);
  const accounts: Account[] = [];
  const withMatrix = options.matrix === true || options.format === 'html';
  const rows: MatrixRow[] = [];
  const see = (collected: CollectedApi): boolean => {
    if (!requested.takes(collected.api)) return false;
    if (withMatrix) rows.push(...matrixRows(collected));
    return true;
  };
  const { sources, close } = await open(options);
  try {
    const audited = await audit({
      sources: sources.map((source) => watchSource(source, see)),
      rules: judging,
      partial: options.api.length > 0,
      runId: io.makeId(),
      clock: io.clock,
      progress: (at) => bar.update(at),
      ...(options.save === undefined ? {} : { keep: (account: Account) => accounts.push(account) }),
    });
    await bar.clear();
    const settled = settle(audited, {
      before: [],
      suppressions,
      whole: options.api.length === 0 && options.rule.length === 0,
    }).result;
    const result: AuditResult = withMatrix ? { ...settled, matrix: rows } : settled;
    const missing = requested.notFound();
    if (missing.length > 0) {
      throw new UsageError(
        `There is no REST API ${missing.map(oneLine).join(', ')} in ${result.run.regions.map(oneLine).join(', ')}.`,
      );
    }
    if (judging.length < rules.length) {
      await io.stderr.write(
        `${count(rules.length - judging.length, 'rule')} about what all APIs share did not run, because of --api.\n`,
      );
    }
    if (options.save !== undefined) {
      await writeText(options.save, save(accounts));
      await io.stderr.write(`Account saved in ${oneLine(options.save)}\n`);
    }
    if (options.writeBaseline !== undefined && terms !== null) {
      const open = result.findings.filter(isStanding);
      await writeText(options.writeBaseline, baseline(open, terms, suppressions ?? []));
      await io.stderr.write(
        `Baseline with ${count(open.length, 'finding')} written to ${oneLine(options.writeBaseline)}\n`,
      );
    }
    const look = lookOf(options.output === undefined ? io.stdout : null, io.env);
    const report = WRITERS[options.format](result, look);
    if (options.output === undefined) await io.stdout.write(report);
    else {
      await writeText(options.output, report);
      await io.stderr.write(`Report written to ${oneLine(options.output)}\n`);
    }
    if (mayListNothing(result)) {
      await io.stderr.write(
        'error: Nothing was audited: the role may not list the REST APIs. The report says what to allow; "api-auth-auditor permissions" prints all that an audit needs.\n',
      );
    }
    return auditExitCode(result, options.failOn);
  } finally {
    await bar.clear();
    await close();
  }
};
