import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end, with this environment and no other. */
export const runProgram = (
  [program, ...args]: readonly [string, ...string[]],
  {
    env,
    cwd,
    input = '',
  }: {
    readonly env: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly input?: string;
  },
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, ...(cwd === undefined ? {} : { cwd }) });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
    // A program that reads no input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** @throws Error with what the program said, when it fails */
export const runToSuccess = async (...given: Parameters<typeof runProgram>): Promise<Ran> => {
  const ran = await runProgram(...given);
  if (ran.code === 0) return ran;
  throw new Error(`${given[0].join(' ')} ended with ${ran.code}:\n${ran.out}\n${ran.err}`);
};
