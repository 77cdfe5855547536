import { spawn, type ChildProcess } from 'node:child_process';
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
let handler;
const invokedFunctionArn = process.env.TEST_FUNCTION_ARN;
delete process.env.TEST_FUNCTION_ARN;
process.on('message', ({ event, endpoint, remaining }) => {
  process.env.AWS_ENDPOINT_URL = endpoint;
  handler ??= require(process.env.LAMBDA_TASK_ROOT + '/' + file)[name];
  const context = {
    awsRequestId: '00000000-1111-4222-8333-444444444444',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: '1024',
    invokedFunctionArn,
    logGroupName: 'logs',
    logStreamName: 'stream',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => remaining,
  };
  handler(event, context)
    .then((result) => ({ result: JSON.parse(JSON.stringify(result ?? null)) }))
    .catch((error) => ({ error: { name: error.name, message: error.message } }))
    .then((outcome) => {
      for (const stream of [process.stdout, process.stderr]) stream.write('\\0');
      process.send(outcome);
    });
});
`;

export interface Invocation {
  readonly event: unknown;
  /** Of AWS. */
  readonly endpoint: string;
  /** Milliseconds until Lambda would end the run. */
  readonly remaining?: number;
}

/**
 * One environment of the function: a process with the template's variables and what Lambda adds, and nothing else. It takes one event
 * after the other, as Lambda's do.
 */
export class FunctionEnvironment {
  private readonly child: ChildProcess;

  constructor({ folder, handler, environment }: DeployedFunction, accountId: string, region: string) {
    this.child = spawn(process.execPath, ['-e', RUNTIME], {
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
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        TEST_FUNCTION_ARN: `arn:aws:lambda:${region}:${accountId}:function:auditor`,
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.setEncoding('utf8');
  }

  /** Rejects when the process ends instead of answering. */
  invoke({ event, endpoint, remaining = 900_000 }: Invocation): Promise<Outcome> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      let log = '';
      let outcome: Omit<Outcome, 'log'> | null = null;
      const read = (chunk: unknown): void => {
        log += String(chunk);
        finish();
      };
      const take = (message: unknown): void => {
        outcome = message as Omit<Outcome, 'log'>;
        finish();
      };
      const fail = (): void => {
        stop();
        reject(new Error(`the function ended without an answer: ${log}`));
      };
      const stop = (): void => {
        for (const stream of [child.stdout, child.stderr]) stream?.off('data', read);
        child.off('message', take).off('error', fail).off('close', fail);
      };
      // What was logged may come after the answer: a zero ends each of both streams' parts.
      const finish = (): void => {
        const parts = log.split('\0');
        if (outcome === null || parts.length < 3) return;
        stop();
        resolve({ ...outcome, log: parts.join('') });
      };
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', read);
      child.on('message', take).on('error', fail).on('close', fail);
      child.send({ event, endpoint, remaining });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.child.once('close', () => resolve());
      this.child.kill('SIGKILL');
    });
  }
}

/** Runs the function once, in an environment of its own. */
export const runFunction = async (
  deployed: DeployedFunction,
  { accountId, region, ...invocation }: Invocation & { readonly accountId: string; readonly region: string },
): Promise<Outcome> => {
  const environment = new FunctionEnvironment(deployed, accountId, region);
  try {
    return await environment.invoke(invocation);
  } finally {
    await environment.close();
  }
};
