import type { AuditResult, ReportedFinding } from '../result';
import { markup } from './escape';
import {
  acceptedWords,
  affectedLines,
  groupFindings,
  isAccepted,
  isStanding,
  reachWords,
  symptomWords,
} from './words';

const details = (finding: ReportedFinding): string =>
  [
    finding.message,
    `Callers: ${reachWords(finding)}; they get ${symptomWords(finding.symptom)}`,
    `Where: ${finding.subject.label} (${finding.subject.arn})`,
    ...affectedLines(finding.affected).map((line) => `Affected: ${line}`),
    ...finding.fix.flatMap(({ step, commands }) => [`Fix: ${step}`, ...commands.map((one) => `  ${one}`)]),
    finding.docs,
  ].join('\n');

/** Errors and warnings fail; a note passes and says what it is; what somebody accepted was skipped, and says why. */
const testcase = (finding: ReportedFinding): string => {
  const attributes = `name="${markup(`${finding.title}: ${finding.subject.label}`)}" classname="${markup(finding.rule)}" time="0"`;
  const text = markup(details(finding));
  if (finding.suppressed !== undefined) {
    const message = markup(`Suppressed: ${acceptedWords(finding.suppressed)}`);
    return `    <testcase ${attributes}><skipped message="${message}"/><system-out>${text}</system-out></testcase>`;
  }
  return finding.severity === 'note'
    ? `    <testcase ${attributes}><system-out>${text}</system-out></testcase>`
    : `    <testcase ${attributes}><failure type="${finding.severity}" message="${markup(finding.message)}">${text}</failure></testcase>`;
};

const suite = (
  name: string,
  cases: readonly string[],
  { failures = 0, errors = 0, skipped = 0 }: Partial<Record<'failures' | 'errors' | 'skipped', number>>,
): string =>
  [
    `  <testsuite name="${markup(name)}" tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');

const fails = (findings: readonly ReportedFinding[]): number =>
  findings.filter((finding) => isStanding(finding) && finding.severity !== 'note').length;

/**
 * JUnit XML for build servers: a suite for each API or pool with findings, a case for each finding. The suite `coverage` is always there:
 * what could not be read is an error, so that an incomplete audit never looks like a passed one.
 */
export const junitReport = (result: AuditResult): string => {
  const shown = result.findings.filter((finding) => isStanding(finding) || isAccepted(finding));
  const suites = groupFindings(shown, result.run.regions).map(({ heading, findings }) =>
    suite(heading, findings.map(testcase), {
      failures: fails(findings),
      skipped: findings.filter(isAccepted).length,
    }),
  );
  const { gaps, failedRules } = result.coverage;
  const gapCases = [
    ...gaps.map(
      ({ operation, subject, because, detail, region }) =>
        `    <testcase name="${markup(`${operation} of ${subject}`)}" classname="coverage.${markup(region)}" time="0"><error type="${because}" message="${markup(detail)}"/></testcase>`,
    ),
    ...failedRules.map(
      ({ rule, at, message }) =>
        `    <testcase name="${markup(`${rule} at ${at}`)}" classname="coverage.rules" time="0"><error type="rule-failed" message="${markup(message)}"/></testcase>`,
    ),
  ];
  const coverage =
    gapCases.length > 0
      ? gapCases
      : ['    <testcase name="everything was read" classname="coverage" time="0"/>'];
  const seconds = (result.stats.durationMs / 1000).toFixed(3);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="api-auth-auditor" tests="${shown.length + coverage.length}" failures="${fails(shown)}" errors="${gapCases.length}" time="${seconds}">`,
    ...suites,
    suite('coverage', coverage, { errors: gapCases.length }),
    '</testsuites>',
    '',
  ].join('\n');
};
