import { spawn } from 'node:child_process';
import type { Template } from 'aws-cdk-lib/assertions';
import path from 'node:path';

/** The function as the template declares it. */
export interface DeployedFunction {
  /** The folder that the CDK uploads. */
  readonly folder: string;
  /** `handler.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Properties {
  readonly Handler: string;
  readonly Code: { readonly S3Key: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, string | { readonly Ref: string }>> };
}

/** Reads a function of a template, by how its logical id begins; references to topics become ARNs as AWS would make them. */
export const functionOf = (
  template: Template,
  {
    prefix = 'AuditorFunction',
    assembly,
    accountId,
    region,
  }: {
    readonly prefix?: string;
    /** The folder `cdk.out`. */
    readonly assembly: string;
    readonly accountId: string;
    readonly region: string;
  },
): DeployedFunction => {
  const [, resource] =
    Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith(prefix)) ??
    [];
  if (resource === undefined) throw new Error(`the template has no function ${prefix}`);
  const { Handler, Environment, Code } = resource['Properties'] as Properties;
  const folder = path.join(assembly, `asset.${Code.S3Key.replace(/\.zip$/, '')}`);
  const variables = Object.entries(Environment.Variables).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? value
      : /AuditorHistory/.test(value.Ref)
        ? 'history'
        : `arn:aws:sns:${region}:${accountId}:${value.Ref}`,
  ]);
  return { folder, handler: Handler, environment: Object.fromEntries(variables) as Record<string, string> };
};

export interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  /** What the function wrote to its log. */
  readonly log: string;
}

/**
 * What Lambda's runtime does with a handler: loads it from the task root, calls it with event and context, takes its promise. Waits below two
 * seconds, for quotas and before retries, pass fifty times faster; what limits a call or the run keeps its time.
 */
const RUNTIME = `
const { now } = performance;
performance.now = () => now.call(performance) * 50;
const wait = setTimeout;
setTimeout = (run, ms, ...given) => wait(run, ms < 2_000 ? ms / 50 : ms, ...given);
const [file, name] = process.env._HANDLER.split('.');
const handler = require(process.env.LAMBDA_TASK_ROOT + '/' + file)[name];
process.once('message', ({ event, remaining }) => {
  const context = {
    awsRequestId: '00000000-1111-4222-8333-444444444444',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: '1024',
    invokedFunctionArn: process.env.TEST_FUNCTION_ARN,
    logGroupName: 'logs',
    logStreamName: 'stream',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => remaining,
  };
  delete process.env.TEST_FUNCTION_ARN;
  handler(event, context)
    .then((result) => ({ result: JSON.parse(JSON.stringify(result ?? null)) }))
    .catch((error) => ({ error: { name: error.name, message: error.message } }))
    .then((outcome) => process.send(outcome, () => process.exit()));
});
`;

/** Runs the function once in a process of its own, with the template's environment and what Lambda adds, and nothing else. */
export const runFunction = (
  { folder, handler, environment }: DeployedFunction,
  {
    event,
    endpoint,
    accountId,
    region,
    remaining = 900_000,
  }: {
    readonly event: unknown;
    readonly endpoint: string;
    readonly accountId: string;
    readonly region: string;
    /** Milliseconds until Lambda would end the run. */
    readonly remaining?: number;
  },
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', RUNTIME], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...environment,
        _HANDLER: handler,
        LAMBDA_TASK_ROOT: folder,
        AWS_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: 'auditor',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL: endpoint,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        TEST_FUNCTION_ARN: `arn:aws:lambda:${region}:${accountId}:function:auditor`,
      },
    });
    let log = '';
    let outcome: Omit<Outcome, 'log'> | null = null;
    child.stdout?.on('data', (chunk) => (log += String(chunk)));
    child.stderr?.on('data', (chunk) => (log += String(chunk)));
    child.on('message', (message) => (outcome = message as Omit<Outcome, 'log'>));
    child.on('error', reject);
    child.on('close', (code) => {
      if (outcome === null) reject(new Error(`the function ended without an answer (${code}): ${log}`));
      else resolve({ ...outcome, log });
    });
    child.send({ event, remaining });
  });
