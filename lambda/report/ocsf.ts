import type { Severity } from '../findings/finding';
import type { Gap } from '../findings/coverage';
import type { AuditResult, Change, ReportedFinding } from '../result';
import { VERSION } from '../version';
import { jsonText, oneLine } from './escape';
import { acceptedWords, reachWords, symptomWords } from './words';

/** Compliance Finding of OCSF 1.3.0: the class that scanners of cloud configuration write. */
const CLASS = 2003;

const SEVERITY: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  error: [4, 'High'],
  warning: [3, 'Medium'],
  note: [2, 'Low'],
};

const ACTIVITY: Readonly<Record<Change, readonly [id: number, caption: string]>> = {
  new: [1, 'Create'],
  open: [2, 'Update'],
  'not-evaluated': [2, 'Update'],
  resolved: [3, 'Close'],
};

/** `Pass` for what was resolved; `Warning` is OCSF's word for a check without a result because information is missing. */
const COMPLIANCE: Readonly<Record<Change, readonly [id: number, caption: string]>> = {
  new: [3, 'Fail'],
  open: [3, 'Fail'],
  'not-evaluated': [2, 'Warning'],
  resolved: [1, 'Pass'],
};

/** `Suppressed` only while the finding stands: a resolved one is resolved, whoever had accepted it. */
const statusOf = ({ change, suppressed }: ReportedFinding): readonly [id: number, caption: string] => {
  if (change === 'resolved') return [4, 'Resolved'];
  return suppressed === undefined ? [1, 'New'] : [3, 'Suppressed'];
};

const typeOf = (arn: string): string => {
  const [, , service = '', , , resource = ''] = arn.split(':');
  if (service === 'cognito-idp')
    return arn.includes('/client/') ? 'AwsCognitoUserPoolClient' : 'AwsCognitoUserPool';
  if (service === 'apigateway')
    return /\/stages\//.test(resource) ? 'AwsApiGatewayStage' : 'AwsApiGatewayRestApi';
  return 'Other';
};

const common = (result: AuditResult, region: string): object => ({
  category_uid: 2,
  category_name: 'Findings',
  class_uid: CLASS,
  class_name: 'Compliance Finding',
  time: Date.parse(result.run.finishedAt),
  metadata: {
    version: '1.3.0',
    profiles: ['cloud'],
    correlation_uid: result.run.id,
    product: { name: 'api-auth-auditor', vendor_name: 'api-auth-auditor', version: VERSION },
  },
  cloud: { provider: 'AWS', region, account: { uid: result.run.account, type: 'AWS Account', type_id: 10 } },
});

const activity = ([id, caption]: readonly [number, string]): object => ({
  activity_id: id,
  activity_name: caption,
  type_uid: CLASS * 100 + id,
  type_name: `Compliance Finding: ${caption}`,
});

const findingEvent = (finding: ReportedFinding, result: AuditResult): object => {
  const [severityId, severity] = SEVERITY[finding.severity];
  const [complianceId, compliance] = COMPLIANCE[finding.change];
  const [statusId, status] = statusOf(finding);
  const { subject, suppressed } = finding;
  const firstSeen = Date.parse(finding.firstSeen);
  return {
    ...common(result, subject.region),
    ...activity(ACTIVITY[finding.change]),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    ...(suppressed === undefined ? {} : { comment: oneLine(acceptedWords(suppressed)) }),
    message: oneLine(finding.message),
    status_detail: oneLine(`${reachWords(finding)}; callers get ${symptomWords(finding.symptom)}`),
    finding_info: {
      uid: finding.id,
      title: oneLine(finding.title),
      desc: oneLine(finding.message),
      types: [finding.rule],
      created_time: firstSeen,
      first_seen_time: firstSeen,
      last_seen_time: Date.parse(result.run.finishedAt),
      src_url: finding.docs,
      analytic: { name: finding.rule, uid: finding.rule, type: 'Rule', type_id: 1 },
    },
    compliance: {
      standards: ['api-auth-auditor'],
      control: finding.rule,
      status_id: complianceId,
      status: compliance,
    },
    resources: [
      {
        uid: oneLine(subject.arn),
        name: oneLine(subject.label),
        type: typeOf(subject.arn),
        region: subject.region,
        cloud_partition: subject.arn.split(':')[1] ?? 'aws',
      },
    ],
    remediation: {
      desc: oneLine(finding.fix.map(({ step }) => step).join(' ')),
      references: [finding.docs],
    },
    unmapped: {
      affected_count: finding.affectedCount,
      when: finding.when,
      response_type: finding.symptom.responseType,
      http_status: finding.symptom.status,
      commands: finding.fix.flatMap(({ commands }) => commands),
    },
  };
};

const gapEvent = (gap: Gap, result: AuditResult): object => ({
  ...common(result, gap.region),
  ...activity([1, 'Create']),
  severity_id: 1,
  severity: 'Informational',
  status_id: 1,
  status: 'New',
  message: oneLine(gap.detail),
  finding_info: {
    uid: `gap/${gap.region}/${gap.operation}/${oneLine(gap.subject)}`,
    title: `${gap.operation} ${gap.because}`,
    desc: oneLine(gap.detail),
    types: ['coverage'],
  },
  compliance: {
    standards: ['api-auth-auditor'],
    control: 'coverage',
    status_id: 2,
    status: 'Warning',
    status_detail: `rules that could not tell: ${gap.rules.join(', ')}`,
  },
  resources: [{ uid: oneLine(gap.subject), name: oneLine(gap.subject), type: 'Other', region: gap.region }],
});

/** A JSON array of OCSF Compliance Findings, one a finding and one a gap. */
export const ocsfReport = (result: AuditResult): string =>
  jsonText([
    ...result.findings.map((finding) => findingEvent(finding, result)),
    ...result.coverage.gaps.map((gap) => gapEvent(gap, result)),
  ]);
