import type { AuditResult, ReportedFinding } from '../result';
import { csvCell } from './escape';
import { acceptedWords } from './words';

const COLUMNS: readonly (readonly [
  name: string,
  value: (finding: ReportedFinding, result: AuditResult) => string,
])[] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severity],
  ['reach', ({ reach }) => reach],
  ['callers', ({ callers }) => callers ?? ''],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['message', ({ message }) => message],
  ['account', (_, { run }) => run.account],
  ['region', ({ subject }) => subject.region],
  ['rest_api_id', ({ subject }) => subject.restApiId ?? ''],
  ['stage', ({ subject }) => subject.stage ?? ''],
  ['method', ({ subject }) => subject.method ?? ''],
  ['user_pool_id', ({ subject }) => subject.userPoolId ?? ''],
  ['client_id', ({ subject }) => subject.clientId ?? ''],
  ['subject', ({ subject }) => subject.label],
  ['subject_arn', ({ subject }) => subject.arn],
  ['status', ({ symptom }) => String(symptom.status ?? '')],
  ['response_type', ({ symptom }) => symptom.responseType ?? ''],
  ['body', ({ symptom }) => symptom.body ?? ''],
  ['affected_count', ({ affectedCount }) => String(affectedCount)],
  [
    'affected',
    ({ affected }) => affected.map((ref) => `${ref.restApiId}/${ref.stage} ${ref.method}`).join('\n'),
  ],
  ['when', ({ when }) => when],
  ['change', ({ change }) => change],
  ['first_seen', ({ firstSeen }) => firstSeen],
  ['fix', ({ fix }) => fix.map(({ step }) => step).join('\n')],
  ['commands', ({ fix }) => fix.flatMap(({ commands }) => commands).join('\n')],
  ['docs', ({ docs }) => docs],
  ['suppressed', ({ suppressed }) => (suppressed === undefined ? '' : acceptedWords(suppressed))],
];

/** One line a finding, RFC 4180; an incomplete audit has a line for each gap, with the severity `gap`. */
export const csvReport = (result: AuditResult): string => {
  const header = COLUMNS.map(([name]) => csvCell(name));
  const findings = result.findings.map((finding) =>
    COLUMNS.map(([, value]) => csvCell(value(finding, result))),
  );
  const { gaps, failedRules } = result.coverage;
  const gapRow = (filled: Readonly<Record<string, string>>): readonly string[] =>
    COLUMNS.map(([name]) =>
      csvCell(
        Object.hasOwn(filled, name) ? (filled[name] ?? '') : name === 'account' ? result.run.account : '',
      ),
    );
  const incomplete = [
    ...gaps.map(({ region, operation, subject, because, detail }) =>
      gapRow({ severity: 'gap', title: `${operation} ${because}`, message: detail, region, subject }),
    ),
    ...failedRules.map(({ rule, at, message }) =>
      gapRow({ severity: 'gap', rule, title: 'Rule failed', message, subject: at }),
    ),
  ];
  return [header, ...findings, ...incomplete].map((row) => `${row.join(',')}\r\n`).join('');
};
