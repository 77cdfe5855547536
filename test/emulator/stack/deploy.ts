import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../harness/emulator';
import { runToSuccess } from '../harness/run-program';

const ROOT = join(__dirname, '..', '..', '..');
const STACK = 'ApiAuthAuditor';

export interface Deployed {
  readonly stackName: string;
  readonly functionName: string;
  readonly historyBucket: string;
  readonly alertsTopicArn: string;
  readonly eventsTopicArn: string;
}

const homeOf = (emulator: Emulator): string => emulator.environment()['HOME'] ?? '';

const assemblyOf = (emulator: Emulator): string => join(homeOf(emulator), 'cdk.out');

/** The CDK's command line; `--ca-bundle-path` because nobody else signed the emulator's certificate. */
const cdk = async (emulator: Emulator, cwd: string, ...args: readonly string[]): Promise<void> => {
  const trust = emulator.certificate === null ? [] : ['--ca-bundle-path', emulator.certificate];
  await runToSuccess(['npx', '--prefix', ROOT, 'cdk', ...args, ...trust], {
    env: { ...emulator.environment(), npm_config_update_notifier: 'false' },
    cwd,
  });
};

/** `npx cdk bootstrap` and `npx cdk deploy` of the unchanged stack, with settings of the CDK context. */
export const deployStack = async (
  emulator: Emulator,
  settings: Readonly<Record<string, string>>,
): Promise<Deployed> => {
  const { accountId, region } = emulator;
  const outputsFile = join(homeOf(emulator), 'outputs.json');
  // Away from cdk.json, since nothing of the stack is asked for.
  await cdk(emulator, homeOf(emulator), 'bootstrap', `aws://${accountId}/${region}`);
  const context = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await cdk(
    emulator,
    ROOT,
    'deploy',
    ...context,
    '--require-approval',
    'never',
    '--output',
    assemblyOf(emulator),
    '--outputs-file',
    outputsFile,
  );
  const outputs = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
  const output = (name: string): string => {
    const value = outputs[STACK]?.[name];
    if (value === undefined) throw new Error(`the stack has no output ${name}`);
    return value;
  };
  return {
    stackName: STACK,
    functionName: output('FunctionName'),
    historyBucket: output('HistoryBucketName'),
    alertsTopicArn: output('AlertsTopicArn'),
    eventsTopicArn: output('EventsTopicArn'),
  };
};

export type Template = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
>;

/** What was deployed. */
export const readTemplate = (emulator: Emulator): Template => {
  const file = join(assemblyOf(emulator), `${STACK}.template.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly Resources: Template }).Resources;
};

/** `npx cdk destroy`, of what was deployed. */
export const destroyStack = (emulator: Emulator): Promise<void> =>
  cdk(emulator, homeOf(emulator), 'destroy', '--force', '--app', assemblyOf(emulator));
