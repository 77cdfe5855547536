import type { AuditResult, ReportedFinding } from '../result';
import { codeBlock, codeSpan, markdown } from './escape';
import { summaryLines } from './text';
import { acceptedWords, affectedLines, isAccepted, isStanding, reachWords, symptomWords } from './words';

/** GitHub refuses a step summary above 1 MiB. */
const MOST_BYTES = 1_000_000;
const ACCEPTED_BYTES = 100_000;

const MARKS = { error: '🔴', warning: '🟠', note: '🔵' } as const;

const section = (finding: ReportedFinding): string => {
  const fix = finding.fix.flatMap(({ step, commands }, index) => [
    `${index + 1}. ${markdown(step)}`,
    ...(commands.length === 0 ? [] : ['', codeBlock(commands.join('\n'), 'sh'), '']),
  ]);
  return [
    `### ${MARKS[finding.severity]} ${markdown(finding.title)}`,
    '',
    `[${codeSpan(finding.rule)}](${finding.docs}) at ${markdown(finding.subject.label)}`,
    '',
    `Callers: ${markdown(reachWords(finding))}; they get ${codeSpan(symptomWords(finding.symptom))}`,
    '',
    markdown(finding.message),
    '',
    ...affectedLines(finding.affected).map((line) => `- ${markdown(line)}`),
    '',
    ...fix,
    '',
  ].join('\n');
};

/** A line each, so that they take little of the room; counted where it is full. */
const acceptedLines = (findings: readonly ReportedFinding[], room: number): string => {
  const accepted = findings.filter(isAccepted);
  if (accepted.length === 0) return '';
  const lines = ['### Suppressed', ''];
  let left = room;
  for (const [index, { title, subject, rule, suppressed }] of accepted.entries()) {
    const terms = suppressed === undefined ? '' : `: ${markdown(acceptedWords(suppressed))}`;
    const line = `- ${markdown(title)} at ${markdown(subject.label)}, ${codeSpan(rule)}${terms}`;
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) {
      lines.push(`- … and ${accepted.length - index} more`);
      break;
    }
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
};

/** Markdown for the summary of a GitHub Actions step; whole findings are left out where it would not fit. */
export const githubReport = (result: AuditResult): string => {
  const [verdict = '', looked = ''] = summaryLines(result);
  const { gaps, failedRules } = result.coverage;
  const trouble = gaps.length + failedRules.length;
  const head = [
    `## API auth audit: ${markdown(verdict)}`,
    '',
    markdown(looked),
    '',
    ...(result.coverage.complete
      ? []
      : [
          `> [!WARNING]`,
          `> Incomplete: ${trouble} reads or rules failed, so silence is no proof there.`,
          '',
          ...new Set(gaps.map(({ operation, because }) => `- ${codeSpan(operation)} ${because}`)),
          ...failedRules.map(({ rule }) => `- rule ${codeSpan(rule)} failed`),
          '',
        ]),
  ].join('\n');
  const accepted = acceptedLines(result.findings, ACCEPTED_BYTES);
  const parts: string[] = [head];
  let bytes = Buffer.byteLength(head) + Buffer.byteLength(accepted);
  const standing = result.findings.filter(isStanding);
  for (const [index, finding] of standing.entries()) {
    const text = section(finding);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > MOST_BYTES) {
      parts.push(`… and ${standing.length - index} more findings that do not fit here.\n`);
      break;
    }
    parts.push(text);
  }
  return [...parts, ...(accepted === '' ? [] : [accepted])].join('\n');
};
