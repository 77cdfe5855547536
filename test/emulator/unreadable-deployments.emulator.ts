import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { AuditResult } from '../../lambda/result';
import { buildOwnCommandLine, type BuiltCommandLine } from './harness/built-command-line';
import { startMiniStack, type Credentials, type Emulator } from './harness/emulator';
import { printTable } from './harness/print';
import { given } from './shop/clients';
import { errorsOf, FAULTS } from './shop/faults';
import { seedShop, type Shop } from './shop/seed-shop';

let emulator: Emulator | undefined;
let commandLine: BuiltCommandLine | undefined;
let shop: Shop;

beforeAll(async () => {
  [emulator, commandLine] = await Promise.all([startMiniStack(), buildOwnCommandLine()]);
  shop = await seedShop(emulator, { distribution: true });
});

afterAll(async () => {
  commandLine?.remove();
  await emulator?.stop();
});

/** A user with the policy that `permissions` prints, and one denial more. */
const makeUser = async (at: Emulator, policy: object, denied: readonly string[]): Promise<Credentials> => {
  const iam = new IAMClient(at.client());
  const UserName = 'auditor';
  await iam.send(new CreateUserCommand({ UserName }));
  const { Statement } = policy as { readonly Statement: readonly object[] };
  const Deny = { Effect: 'Deny', Action: 'apigateway:GET', Resource: denied };
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'audit',
      PolicyDocument: JSON.stringify({ ...policy, Statement: [...Statement, Deny] }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  return {
    accessKeyId: given(AccessKey?.AccessKeyId, 'AccessKeyId'),
    secretAccessKey: given(AccessKey?.SecretAccessKey, 'SecretAccessKey'),
  };
};

test('a user who may read neither exports nor deployments is told so, and of every fault', async () => {
  const [at, cli] = [given(emulator, 'emulator'), given(commandLine, 'command line')];
  const permissions = await cli.run(['permissions'], at.environment());
  const user = await makeUser(at, JSON.parse(permissions.out) as object, [
    'arn:aws:apigateway:*::/restapis/*/stages/*/exports/*',
    'arn:aws:apigateway:*::/restapis/*/deployments/*',
  ]);
  const { code, out, err } = await cli.run(
    ['audit', '--region', at.region, '--format', 'json'],
    at.environment(user),
  );
  expect([code, err]).toEqual([1, expect.any(String)]);
  const result = JSON.parse(out) as AuditResult;

  expect(errorsOf(result, shop)).toEqual(FAULTS);
  const gaps = result.coverage.gaps.filter(({ operation }) => /^Get(?:Export|Deployment)$/.test(operation));
  const deployed = [...shop.keys()].filter((name) => name !== 'news-never-deployed');
  const told = deployed.map((name) => [
    name,
    ...gaps
      .filter(({ subject }) => subject.startsWith(`${name} (`))
      .map(({ operation, because, permission = '' }) => `${operation} ${because} ${permission}`)
      .sort(),
  ]);
  printTable('Deployments and exports denied to a user', told);
  for (const [, ...said] of told) {
    expect(said).toEqual(['GetDeployment denied apigateway:GET', 'GetExport denied apigateway:GET']);
  }
  // What is deployed was not seen, so what is wrong in a draft is told of the next deployment, never of now.
  const frozen = result.findings.filter(
    ({ affected, rule }) => affected.length > 0 && rule !== 'edge/mapping-to-missing-stage',
  );
  expect(new Set(frozen.map(({ when }) => when))).toEqual(new Set(['after-next-deployment']));
  // What could not be read is evidence of nothing.
  const read = result.findings.flatMap(({ evidence }) => evidence.map(({ operation }) => operation));
  expect(read).not.toContain('GetExport');
  expect(read).not.toContain('GetDeployment');
});
