import { readFileSync } from 'node:fs';
import path from 'node:path';
import { identify } from '../../lambda/collect/live';
import { readPermissions } from '../../lambda/collect/permissions';
import type { SandboxCall } from '../../sandbox/endpoint';
import { allowed, synthesise } from '../lib/synthesise';
import { leadTo, runCommandLine } from '../support/command-line';
import { auditEndpoint, auditSandbox, HOSTILE_ACCOUNT, REGIONS, withSandbox } from '../support/hostile';

const CREDENTIALS = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** Everything a scheduled audit asks, an API that is deleted meanwhile included. */
let byFunction: readonly SandboxCall[] = [];
/** What `audit --all-regions` asks before it audits. */
let byCommandLine: readonly SandboxCall[] = [];

beforeAll(async () => {
  byFunction = await withSandbox({}, async ({ url, calls }) => {
    await identify({ region: 'eu-west-1', endpoint: url, credentials: CREDENTIALS });
    await auditEndpoint(url);
    return calls;
  });
  const deleted = await withSandbox({ deletedApis: ['orders0001'] }, async ({ url, calls }) => {
    await auditEndpoint(url);
    return calls;
  });
  byFunction = [...byFunction, ...deleted];
  byCommandLine = await withSandbox({}, async ({ url, calls }) => {
    const rule = ['--rule', 'waf/', '--fail-on', 'never'];
    const { code, err } = await runCommandLine(['audit', '--all-regions', ...rule], { env: leadTo(url) });
    if (code > 2) throw new Error(err);
    return calls;
  });
});

const operationsOf = (calls: readonly SandboxCall[]): readonly string[] =>
  [...new Set(calls.map(({ service, operation }) => `${service} ${operation}`))].sort();

const declared = (options: readonly (string | undefined)[]): readonly string[] =>
  readPermissions
    .filter(({ option }) => options.includes(option))
    .map(({ client, operation }) => `${client} ${operation}`)
    .sort();

const escape = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
const matches = (pattern: string, arn: string): boolean =>
  new RegExp(`^${escape(pattern).replaceAll('*', '.*')}$`).test(arn);
// The second version's paths begin with /v2, its ARNs do not.
const arnsOf = ({ region, path }: SandboxCall): readonly string[] => {
  const resource = decodeURIComponent(path.replace(/^\/v2\//, '/'));
  return ['', HOSTILE_ACCOUNT.accountId].map(
    (account) => `arn:aws:apigateway:${region}:${account}:${resource}`,
  );
};
const needed = (calls: readonly SandboxCall[]): readonly string[] => [
  ...new Set(
    calls.flatMap(({ operation }) => {
      const action = readPermissions.find((one) => one.operation === operation)?.action ?? null;
      return action === null ? [] : [action];
    }),
  ),
];

test('a scheduled audit asks exactly what is declared', () => {
  expect(operationsOf(byFunction)).toEqual(declared([undefined]));
});

test('--all-regions asks for the regions besides, with a permission of its own', () => {
  const asked = operationsOf(byCommandLine);
  expect(asked).toContain('ec2 DescribeRegions');
  expect(declared(['all-regions'])).toEqual(['ec2 DescribeRegions']);
  expect(asked.filter((one) => !declared([undefined, 'all-regions']).includes(one))).toEqual([]);
});

test('nothing is asked that IAM would refuse on the declared resources', () => {
  const ofGateway = byFunction.filter(({ service }) => /^api-?gateway/.test(service));
  expect(ofGateway.length).toBeGreaterThan(100);
  const refused = ofGateway.filter((call) => {
    const resources = readPermissions.find(({ operation }) => operation === call.operation)?.resources ?? [];
    // A routing rule has an ARN of its own; the list is asked of the domain.
    if (call.operation === 'ListRoutingRules') return false;
    return !resources
      .map((one) =>
        one
          .replace('PARTITION', 'aws')
          .replace('REGION', call.region)
          .replace('ACCOUNT', HOSTILE_ACCOUNT.accountId),
      )
      .some((pattern) => arnsOf(call).some((arn) => matches(pattern, arn)));
  });
  expect(refused.map(({ operation, path }) => `${operation} ${path}`)).toEqual([]);
});

describe('the synthesised role', () => {
  const template = synthesise({ regions: [...REGIONS] });
  // And going on in another invocation.
  const telling = /^(?:(?:kms|logs|sns|sqs|s3):|lambda:InvokeFunction$)/;
  const given = [
    ...new Set(
      allowed(template, 'AuditorRole')
        .map(({ action }) => action)
        .filter((action) => !telling.test(action)),
    ),
  ];
  test('allows what the audit did, no more and no less', () => {
    expect([...given].sort()).toEqual([...needed(byFunction)].sort());
    expect(given).not.toContain('ec2:DescribeRegions');
  });

  test('allows one action more, to import findings, where Security Hub is wanted', () => {
    const wanted = allowed(synthesise({ regions: [...REGIONS], securityHub: true }), 'AuditorRole');
    const more = wanted
      .map(({ action }) => action)
      .filter((action) => !telling.test(action) && !given.includes(action));
    expect(more).toEqual(['securityhub:BatchImportFindings']);
  });

  test('suffices: with its actions alone nothing stays unread', async () => {
    const permitted = readPermissions
      .filter(({ action }) => action === null || given.includes(action))
      .map(({ operation }) => operation);
    const { result } = await auditSandbox({ permitted });
    expect(result.coverage.gaps.filter(({ because }) => because !== 'unsupported')).toEqual([]);
    expect(result.findings.length).toBeGreaterThan(0);
  });
});

/** Every change that anything deployed may make, and the kind of thing it may change. Each is of the stack itself. */
const WRITES: Readonly<Record<string, string>> = {
  'kms:GenerateDataKey': 'AWS::KMS::Key',
  'lambda:InvokeFunction': 'AWS::Lambda::Function',
  'logs:CreateLogStream': 'AWS::Logs::LogGroup',
  'logs:PutLogEvents': 'AWS::Logs::LogGroup',
  's3:PutObject': 'AWS::S3::Bucket',
  'sns:Publish': 'AWS::SNS::Topic',
  'sqs:SendMessage': 'AWS::SQS::Queue',
};

const READS = /^[a-z0-9-]+:(?:Get|List|Describe|GET$|Decrypt$)/;

test('of all roles that are deployed, none may change what is not of the stack', () => {
  const template = synthesise({
    regions: [...REGIONS],
    slackWorkspaceId: 'T0123ABCD',
    slackChannelId: 'C0123ABCD',
    slackWebhookSecret: 'api-auth-audit/slack',
  });
  const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  const writes = allowed(template, '').filter(({ action }) => !READS.test(action));
  expect([...new Set(writes.map(({ action }) => action))].sort()).toEqual(Object.keys(WRITES));
  for (const { action, resources } of writes) {
    for (const resource of resources) {
      const named = /"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/.exec(JSON.stringify(resource))?.[1] ?? '';
      expect([action, Resources[named]?.Type]).toEqual([action, WRITES[action]]);
    }
  }
});

test('SECURITY.md says each of them', () => {
  const said = readFileSync(path.join(__dirname, '..', '..', 'SECURITY.md'), 'utf8');
  for (const action of Object.keys(WRITES)) expect(said).toContain(`\`${action}\``);
});

test('a denied list of regions is told with what to allow', async () => {
  await withSandbox({ deny: ['DescribeRegions'] }, async ({ url }) => {
    const { code, out, err } = await runCommandLine(['audit', '--all-regions'], { env: leadTo(url) });
    expect([code, out]).toEqual([3, '']);
    expect(err).toBe(
      'error: AWS did not tell which regions the account has: access was denied. Allow ec2:DescribeRegions, or name the regions with --region.\n',
    );
  });
});
