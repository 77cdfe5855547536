import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The AWS command line, ready to be used from a shell. */
export interface CommandLine {
  /**
   * Runs a script in one bash, whose `aws` is that command line, in a fresh folder that is its home as well. Of this process's
   * environment it sees `PATH` alone.
   */
  readonly run: (script: string, environment: Readonly<Record<string, string>>) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

/** Loaded ahead, because loading them costs more than a call. */
const SERVICES = ['apigateway', 'apigatewayv2', 'cloudfront', 'cognito-idp', 'ec2', 'iam', 'lambda', 'wafv2'];

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
};

/**
 * Starts awscli from a Python that has it.
 *
 * @throws Error with what Python said, when it does not come up.
 */
export const startCommandLine = async (python: string): Promise<CommandLine> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aws-'));
  const socket = path.join(folder, 'socket');
  const shim = path.join(folder, 'aws');
  await writeFile(shim, `#!/bin/sh\nexec ${python} -IS ${path.join(__dirname, 'aws.py')} ${socket} "$@"\n`);
  await chmod(shim, 0o755);
  const server = spawn(python, [path.join(__dirname, 'serve.py'), socket, ...SERVICES], {
    env: { PATH: process.env['PATH'], HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = collect(server.stderr);
  const ready = await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(() => null)]);
  if (ready === null) throw new Error(`the AWS command line does not start: ${said()}`);
  const run: CommandLine['run'] = async (script, environment) => {
    const cwd = await mkdtemp(path.join(folder, 'run-'));
    const bash = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd,
      env: { ...environment, HOME: cwd, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err] = [collect(bash.stdout), collect(bash.stderr)];
    const [code] = (await once(bash, 'close')) as [number | null];
    return { code: code ?? 255, out: out(), err: err() };
  };
  const close = async (): Promise<void> => {
    if (server.exitCode === null && server.kill()) await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { run, close };
};
