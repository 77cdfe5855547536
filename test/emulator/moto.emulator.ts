import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as names from '../../lambda/environment';
import type { AuditResult } from '../../lambda/result';
import { buildHandler } from '../../tools/build';
import { runFunction } from '../end-to-end/run-function';
import { buildOwnCommandLine, type BuiltCommandLine } from './harness/built-command-line';
import { startMoto, type Emulator } from './harness/emulator';
import { printTable } from './harness/print';
import { given } from './shop/clients';
import { errorsOf, FAULTS } from './shop/faults';
import { seedShop, type Shop } from './shop/seed-shop';

let emulator: Emulator | undefined;
let commandLine: BuiltCommandLine | undefined;
let shop: Shop;
const folder = mkdtempSync(join(tmpdir(), 'moto-'));

beforeAll(async () => {
  [emulator, commandLine] = await Promise.all([
    startMoto(),
    buildOwnCommandLine(),
    buildHandler(join(folder, 'handler.js')),
  ]);
  // moto has no policies of CloudFront.
  shop = await seedShop(emulator, { distribution: false });
});

afterAll(async () => {
  commandLine?.remove();
  rmSync(folder, { recursive: true, force: true });
  await emulator?.stop();
});

/** What moto 5.2.5 lacks, and how that shows: each has to be a gap, neither a crash nor a finding. */
const LACKS: readonly (readonly string[])[] = [
  ['GetDeployment', 'broken', 'apiSummary is never there'],
  ['GetDomainNameAccessAssociations', 'broken', 'not implemented: a page of HTML'],
  ['GetExport', 'broken', 'Swagger 2.0 of the draft, whatever is asked for'],
  ['GetGatewayResponses', 'broken', 'no row for a type that was not customised'],
];

const gapsOf = ({ coverage }: AuditResult): readonly string[] =>
  [...new Set(coverage.gaps.map(({ operation, because }) => `${operation} ${because}`))].sort();

const check = (result: AuditResult): void => {
  expect(errorsOf(result, shop)).toEqual(FAULTS);
  expect(result.coverage.failedRules).toEqual([]);
  expect(gapsOf(result)).toEqual(LACKS.map(([operation, because]) => `${operation} ${because}`));
};

test('the command line names every fault, and what moto lacks', async () => {
  const [at, cli] = [given(emulator, 'emulator'), given(commandLine, 'command line')];
  const { code, out, err } = await cli.run(
    ['audit', '--region', at.region, '--format', 'json'],
    at.environment(),
  );
  expect([code, err]).toEqual([1, expect.any(String)]);
  printTable('moto: every fault named; lacking, and told as gaps', LACKS);
  check(JSON.parse(out) as AuditResult);
});

test('so does the function, which remembers and tells', async () => {
  const at = given(emulator, 'emulator');
  const [sns, s3] = [new SNSClient(at.client()), new S3Client({ ...at.client(), forcePathStyle: true })];
  await s3.send(new CreateBucketCommand({ Bucket: 'history' }));
  const topic = async (Name: string): Promise<string> =>
    given((await sns.send(new CreateTopicCommand({ Name }))).TopicArn, 'TopicArn');
  const environment = {
    [names.ALERTS_TOPIC_ARN]: await topic('alerts'),
    [names.EVENTS_TOPIC_ARN]: await topic('events'),
    [names.HISTORY_BUCKET]: 'history',
  };
  sns.destroy();
  s3.destroy();
  const built = { folder, handler: 'handler.handler', environment };
  const where = { endpoint: at.url, accountId: at.accountId, region: at.region };
  const first = await runFunction(built, { ...where, event: {} });
  expect(first.error).toBeUndefined();
  check(first.result as AuditResult);
  expect(first.result).toMatchObject({ alerts: { state: 'sent' }, history: { state: 'first' } });
  const second = (await runFunction(built, { ...where, event: {} })).result as AuditResult;
  expect(second.alerts).toBeUndefined();
  expect(second.history?.state).toBe('kept');
  expect(new Set(second.findings.map(({ change }) => change))).toEqual(new Set(['open']));
});
