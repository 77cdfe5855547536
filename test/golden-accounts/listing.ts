import type { AuditResult, ReportedFinding } from '../../lambda/result';

const affectedOf = ({ affected }: ReportedFinding): string =>
  affected.length === 0
    ? '-'
    : affected.map(({ restApiId, stage, method }) => `${restApiId}/${stage} ${method}`).join(', ');

const lineOf = (finding: ReportedFinding): string =>
  [
    finding.severity,
    finding.rule,
    finding.subject.label,
    finding.message,
    affectedOf(finding),
    ...(finding.when === 'now' ? [] : [finding.when]),
  ].join(' | ');

/** One line a finding. */
export const listing = ({ findings }: AuditResult): string => `${findings.map(lineOf).join('\n')}\n`;

/** What is printed as proof and what to be pasted, under the rule that prints it. */
export const fixListing = ({ findings }: AuditResult): string =>
  findings
    .map(({ rule, subject, evidence, fix }) =>
      [
        `# ${rule} | ${subject.label}`,
        ...evidence.map(({ operation, field, value }) => `  ${field} = ${value} (${operation})`),
        ...fix.flatMap(({ step, commands }) => [`  ${step}`, ...commands.map((command) => `  $ ${command}`)]),
        '',
      ].join('\n'),
    )
    .join('\n');
