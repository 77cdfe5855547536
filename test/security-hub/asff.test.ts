import { activeFinding, archivedFinding, identityOf } from '../../lambda/security-hub/asff';
import { asff } from '../../sandbox/asff';
import { findingOf } from '../alert/many';
import { HOSTILE, sample, scopeUndefined } from '../report/sample';

const ACCOUNT = '222233334444';
const AT = '2026-11-23T09:00:00.000Z';

/** AWS's rules, and its largest size. */
const expectValid = (finding: unknown): void => {
  expect(asff.safeParse(finding).error?.issues ?? []).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(240 * 1024);
};

test.each(sample.findings.map((finding) => [finding.rule, finding] as const))(
  '%s keeps the rules of the format, active and archived',
  (_, finding) => {
    expectValid(activeFinding(finding, ACCOUNT, AT));
    expectValid(archivedFinding(identityOf(finding), 'resolved', ACCOUNT, AT));
    expectValid(archivedFinding(identityOf(finding), 'accepted', ACCOUNT, AT));
  },
);

test('texts of any length and kind keep them too', () => {
  for (const text of ['&'.repeat(5000), '😀'.repeat(5000), ...Object.values(HOSTILE), '\u202e', '']) {
    expectValid(
      activeFinding(
        findingOf('a1', 1, {
          message: text,
          callers: text,
          subject: { ...scopeUndefined.subject, label: text },
          affected: Array.from({ length: 5000 }, () => ({ restApiId: 'a1', stage: text, method: text })),
          affectedCount: 5000,
          evidence: Array.from({ length: 50 }, () => ({ operation: text, field: text, value: text })),
          fix: [{ step: text, commands: [text, text] }],
        }),
        ACCOUNT,
        AT,
      ),
    );
  }
});

test('what is people’s own is never sent', () => {
  const sent = [
    activeFinding(scopeUndefined, ACCOUNT, AT),
    archivedFinding(identityOf(scopeUndefined), 'resolved', ACCOUNT, AT),
  ];
  for (const finding of sent) {
    for (const name of ['Note', 'UserDefinedFields', 'VerificationState', 'Workflow', 'Severity', 'Types']) {
      expect(finding).not.toHaveProperty(name);
    }
  }
});

test.each([
  ['error', 'HIGH'],
  ['warning', 'MEDIUM'],
  ['note', 'LOW'],
] as const)('%s is %s, and the original word stays', (severity, Label) => {
  expect(activeFinding({ ...scopeUndefined, severity }, ACCOUNT, AT).FindingProviderFields?.Severity).toEqual(
    {
      Label,
      Original: severity,
    },
  );
});

test.each([
  ['arn:aws:apigateway:eu-west-1::/restapis/a1', 'AwsApiGatewayRestApi', 'aws'],
  ['arn:aws-us-gov:apigateway:us-gov-west-1::/restapis/a1/stages/prod', 'AwsApiGatewayStage', 'aws-us-gov'],
  ['arn:aws:apigateway:eu-west-1::/restapis/a1/authorizers/x', 'Other', 'aws'],
  ['arn:aws-cn:cognito-idp:cn-north-1:222233334444:userpool/cn-north-1_A', 'Other', 'aws-cn'],
])('%s is a resource of type %s', (arn, Type, Partition) => {
  const [, , , region = ''] = arn.split(':');
  const finding = activeFinding(
    { ...scopeUndefined, subject: { ...scopeUndefined.subject, arn, region } },
    ACCOUNT,
    AT,
  );
  expect(finding.Resources).toEqual([{ Type, Id: arn, Partition, Region: region }]);
  expect(finding.ProductArn).toBe(
    `arn:${Partition}:securityhub:${region}:${ACCOUNT}:product/${ACCOUNT}/default`,
  );
  expectValid(finding);
});

test('the id is the finding’s own, whatever its words', () => {
  const reworded = { ...scopeUndefined, title: 'x', message: 'y', severity: 'note' as const };
  expect(activeFinding(reworded, ACCOUNT, AT).Id).toBe(activeFinding(scopeUndefined, ACCOUNT, AT).Id);
});
