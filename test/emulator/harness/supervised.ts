import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server in a process group of its own that ends with this process, whatever ends it. */
export interface Supervised {
  /** Temporary folder of the server; goes with it. */
  readonly folder: string;
  /** The last of what it printed. */
  log(): string;
  /** False once it has ended. */
  runs(): boolean;
  /** Ends the server and everything it started, and removes its folder. */
  stop(): Promise<void>;
}

const LOG_LIMIT = 200_000;
const START_MS = 30_000;

/** A port of loopback that nothing listened on a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Starts a program with this environment and nothing else of ours. */
export const supervise = (
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  environment: (folder: string) => Readonly<Record<string, string>>,
): Supervised => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  let log = '';
  let running = true;
  const child = spawn(join(__dirname, 'supervise.sh'), [folder, program, ...args], {
    detached: true,
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...environment(folder) },
  });
  const keep = (chunk: unknown): void => {
    log = (log + String(chunk)).slice(-LOG_LIMIT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running = false;
      resolve();
    });
  });
  child.once('error', (error) => keep(error.message));
  return {
    folder,
    log: () => log,
    runs: () => running,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Asks until there is an answer; ends the server and throws with its log when there is none in time. */
export const untilReady = async <T>(server: Supervised, ask: () => Promise<T | null>): Promise<T> => {
  const deadline = Date.now() + START_MS;
  let reason = 'no answer';
  while (Date.now() < deadline && server.runs()) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      reason = String(error);
    }
    await wait(50);
  }
  await server.stop();
  throw new Error(`the emulator did not come up (${reason}):\n${server.log()}`);
};
