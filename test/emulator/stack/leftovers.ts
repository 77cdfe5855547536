import { dirname } from 'node:path';
import type { Emulator } from '../harness/emulator';
import { programPath } from '../harness/python-tools';
import { runToSuccess } from '../harness/run-program';

/** Runs a line of a shell as people would, with the AWS command line; through a pipe, so that `/dev/stdout` can be opened. */
export const runLine = async (emulator: Emulator, line: string): Promise<string> => {
  const env = emulator.environment();
  const { out } = await runToSuccess(['bash', '-o', 'pipefail', '-c', `{ ${line}\n} | cat`], {
    env: { ...env, PATH: `${dirname(programPath('aws'))}:${env['PATH'] ?? ''}` },
    cwd: env['HOME'] ?? '',
  });
  return out;
};

/** How to list what a stack can leave behind. */
const LISTS: Readonly<Record<string, string>> = {
  alarms: 'aws cloudwatch describe-alarms --query MetricAlarms[].AlarmName',
  buckets: 'aws s3api list-buckets --query Buckets[].Name',
  functions: 'aws lambda list-functions --query Functions[].FunctionName',
  'log groups': 'aws logs describe-log-groups --query logGroups[].logGroupName',
  roles: 'aws iam list-roles --query Roles[].RoleName',
  schedules: 'aws scheduler list-schedules --query Schedules[].Name',
  topics: 'aws sns list-topics --query Topics[].TopicArn',
};

/** Everything of the stack's name that is there, by kind. */
export const leftovers = async (
  emulator: Emulator,
  stackName: string,
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const found: Record<string, readonly string[]> = {};
  for (const [kind, command] of Object.entries(LISTS)) {
    const names = JSON.parse(await runLine(emulator, `${command} --output json`)) as readonly string[] | null;
    const own = (names ?? []).filter((name) => name.toLowerCase().includes(stackName.toLowerCase()));
    if (own.length > 0) found[kind] = own;
  }
  return found;
};
