import pc from 'picocolors';
import { composeAlerts } from '../lambda/alert/compose';
import { suppress, type Suppression } from '../lambda/findings/suppression';
import { readState, writeState, type State } from '../lambda/history/state';
import { csvReport } from '../lambda/report/csv';
import { githubReport } from '../lambda/report/github';
import { htmlReport } from '../lambda/report/html';
import { jsonReport } from '../lambda/report/json';
import { junitReport } from '../lambda/report/junit';
import { ocsfReport } from '../lambda/report/ocsf';
import { sarifReport } from '../lambda/report/sarif';
import { textReport } from '../lambda/report/text';
import type { AuditResult, ReportedFinding } from '../lambda/result';
import { catalogue } from '../lambda/rules/catalogue';
import { findingOf, resultOf } from '../test/alert/many';

const RULES = catalogue.map(({ id }) => id);
const SEVERITIES = ['error', 'warning', 'note'] as const;
const CHANGES = ['new', 'open', 'open', 'new', 'resolved', 'open', 'not-evaluated'] as const;

/** As an account with trouble everywhere has them: 30 an API, of every rule, severity and history. */
const manyFindings = (count: number): readonly ReportedFinding[] =>
  Array.from({ length: count }, (_, index) =>
    findingOf(`api${Math.floor(index / 30)}`, index % 30, {
      rule: RULES[index % RULES.length] ?? '',
      severity: SEVERITIES[index % 3] ?? 'note',
      change: CHANGES[index % CHANGES.length] ?? 'new',
    }),
  );

/** What a baseline of these findings holds, and a few patterns beside. */
const acceptAll = (findings: readonly ReportedFinding[]): readonly Suppression[] =>
  [
    { rule: 'cors/*', subject: '*old*' },
    { rule: '*', subject: 'none' },
    ...findings.map(({ rule, subject }) => ({ rule, subject: subject.arn })),
  ].map((one) => ({ ...one, reason: 'known', owner: 'team', until: '2026-12-31' }));

const PLAIN = { width: 100, colors: pc.createColors(false) };

/** What the next run reads of this one. */
const rememberAll = (findings: readonly ReportedFinding[]): State | null => {
  const at = '2026-11-28T09:00:00.000Z';
  return readState(
    writeState({
      schemaVersion: '1',
      runId: 'bench',
      savedAt: at,
      findings: findings.map((finding) => ({ finding, firstSeen: at, lastSeen: at })),
      troubles: [],
      announced: [],
      lastDigest: null,
    }),
  );
};

const WRITERS: Readonly<Record<string, (result: AuditResult) => unknown>> = {
  text: (result) => textReport(result, PLAIN),
  json: jsonReport,
  html: htmlReport,
  sarif: (result) => sarifReport(result),
  junit: junitReport,
  csv: csvReport,
  ocsf: ocsfReport,
  github: githubReport,
  history: ({ findings }) => rememberAll(findings),
  alerts: (result) => composeAlerts(result, { alias: 'prod', full: true }),
  suppressions: ({ findings }) => suppress(findings, acceptAll(findings), Date.parse('2026-11-28')),
};

const secondsOf = (write: (result: AuditResult) => unknown, result: AuditResult): number => {
  const before = process.cpuUsage();
  write(result);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Writes every format at each size and prints the seconds of CPU, as JSON, one format a line: `reports SIZE...`. Run in a process of its own. */
const main = (sizes: readonly number[]): void => {
  const results = sizes.map((size) => resultOf(manyFindings(size)));
  for (const [name, write] of Object.entries(WRITERS)) {
    // The first writing compiles.
    write(resultOf(manyFindings(2000)));
    const seconds = results.map((result) => secondsOf(write, result));
    console.log(JSON.stringify({ name, sizes, seconds }));
  }
};

main(process.argv.slice(2).map(Number));
