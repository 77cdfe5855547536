import type { AuditResult, ReportedFinding } from '../result';
import type { Rule } from '../rules/rule';
import { urlPart } from '../url-part';
import { VERSION } from '../version';
import { jsonText, oneLine, sarifText } from './escape';
import { acceptedWords, reachWords, symptomWords } from './words';

const HOME = 'https://github.com/api-auth-auditor/api-auth-auditor';

/**
 * A finding in a live account has no file, and code scanning drops results without one: the path names the API instead, the same in
 * every run. What is at fault stands in the logical location.
 */
const locationOf = ({ subject }: ReportedFinding): object => ({
  physicalLocation: {
    artifactLocation: {
      uri: ['aws', subject.region, subject.restApiId ?? subject.userPoolId ?? 'shared']
        .map(urlPart)
        .join('/'),
    },
    region: { startLine: 1 },
  },
  logicalLocations: [
    { name: oneLine(subject.label), fullyQualifiedName: oneLine(subject.arn), kind: 'resource' },
  ],
});

const fixText = ({ fix }: ReportedFinding): string =>
  fix.map(({ step, commands }) => [step, ...commands].map(sarifText).join('\n')).join('\n');

const BASELINE = { new: 'new', open: 'unchanged', resolved: 'absent', 'not-evaluated': 'unchanged' } as const;

const ruleOf = (finding: ReportedFinding, rules: readonly Rule[]): object => {
  const rule = rules.find(({ id }) => id === finding.rule);
  const why = rule?.why ?? finding.title;
  return {
    id: finding.rule,
    name: finding.rule.replaceAll(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sarifText(finding.title) },
    fullDescription: { text: sarifText(why) },
    help: { text: sarifText([why, ...(rule?.fix ?? [])].join(' ')) },
    helpUri: finding.docs,
    defaultConfiguration: { level: finding.severity },
    properties: { tags: [finding.rule.split('/')[0] ?? 'rules'] },
  };
};

/**
 * SARIF 2.1.0. Gaps are notifications of the tool, and the run counts as unsuccessful when a rule failed.
 *
 * @param rules where the words on a rule come from; a finding whose rule is not among them brings its title only.
 */
export const sarifReport = (result: AuditResult, rules: readonly Rule[] = []): string => {
  const ids = [...new Set(result.findings.map(({ rule }) => rule))].sort();
  const { gaps, failedRules } = result.coverage;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'api-auth-auditor',
            semanticVersion: VERSION,
            informationUri: HOME,
            rules: ids.flatMap((id) => {
              const example = result.findings.find(({ rule }) => rule === id);
              return example === undefined ? [] : [ruleOf(example, rules)];
            }),
          },
        },
        automationDetails: {
          id: `api-auth-auditor/${result.run.account}/${result.run.regions.join('+')}/`,
        },
        invocations: [
          {
            executionSuccessful: failedRules.length === 0,
            startTimeUtc: result.run.startedAt,
            endTimeUtc: result.run.finishedAt,
            toolExecutionNotifications: [
              ...gaps.map(({ operation, subject, because, detail, region }) => ({
                level: 'warning',
                message: {
                  text: sarifText(`${region}: ${operation} of ${subject} ${because}: ${detail}`),
                },
              })),
              ...failedRules.map(({ rule, at, message }) => ({
                level: 'error',
                message: { text: sarifText(`rule ${rule} failed at ${at}: ${message}`) },
              })),
            ],
          },
        ],
        results: result.findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: finding.severity,
          message: {
            text: [
              sarifText(finding.message),
              sarifText(
                `Callers: ${reachWords(finding)}; they get ${symptomWords(finding.symptom)}. At ${finding.subject.label}.`,
              ),
              fixText(finding),
            ].join('\n'),
          },
          locations: [locationOf(finding)],
          partialFingerprints: { primaryLocationLineHash: `${finding.id}:1`, 'finding/v1': finding.id },
          ...(finding.suppressed === undefined
            ? {}
            : {
                suppressions: [
                  {
                    kind: 'external',
                    status: 'accepted',
                    justification: sarifText(acceptedWords(finding.suppressed)),
                  },
                ],
              }),
          baselineState: BASELINE[finding.change],
        })),
      },
    ],
  };
  return jsonText(log);
};
