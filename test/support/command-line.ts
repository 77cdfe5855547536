import { main } from '../../lambda/cli/main';
import type { Timers } from '../../lambda/collect/pace';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A hundred times faster than the machine's: waiting for quotas proves nothing here. */
const HURRIED: Timers = {
  now: () => performance.now() * 100,
  after: (milliseconds, run) => {
    setTimeout(run, milliseconds / 100);
  },
};

/** The whole command line in this process; `env` stands in the process's own while it runs, for the SDK. */
export const runCommandLine = async (
  argv: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> => {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    isTerminal: false,
    columns: null,
    write: (text: string) => {
      written[name] += text;
      return Promise.resolve();
    },
  });
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const code = await main(argv, {
      stdout: output('out'),
      stderr: output('err'),
      readInput: () => Promise.resolve(input),
      env: process.env,
      clock: () => new Date('2026-11-23T09:00:00.000Z'),
      timers: HURRIED,
      makeId: () => 'run-1',
    });
    return { code, ...written };
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

/** Leads the SDK to an endpoint on loopback. */
export const leadTo = (url: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
});
