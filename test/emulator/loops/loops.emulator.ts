import { startCommandLine, type CommandLine } from '../command-line/command-line';
import { programPath } from '../harness/python-tools';
import { buildAuditor, type Auditor } from '../loop-kit/auditor';
import type { Loop } from '../loop-kit/loop';
import { loopTable } from '../loop-kit/loop-table';
import { startMiniStackWorld } from '../loop-kit/ministack-world';
import { readLoops } from '../loop-kit/read-loops';
import type { LoopReport } from '../loop-kit/loop-run';
import { rehearseLoop } from '../loop-kit/rehearse-loop';
import { runLoop } from '../loop-kit/run-loop';

const WORKERS = 2;

const loops = readLoops();
const reports = new Map<string, LoopReport>();
const failures = new Map<string, unknown>();
let commandLine: CommandLine;
let auditor: Auditor;

/** Closes loops one after the other in an emulator of its own, which forgets everything in between. */
const closeAll = async (waiting: Loop[], tls: boolean): Promise<void> => {
  const world = await startMiniStackWorld(commandLine, auditor, { tls });
  try {
    for (let loop = waiting.shift(); loop !== undefined; loop = waiting.shift()) {
      const isClosed = loop.leftToAws === undefined;
      await world.reset(isClosed ? 'draft' : 'deployed');
      try {
        reports.set(loop.fault, await (isClosed ? runLoop : rehearseLoop)(loop, world));
      } catch (error) {
        failures.set(loop.fault, error);
      }
    }
  } finally {
    await world.stop();
  }
};

beforeAll(async () => {
  [commandLine, auditor] = await Promise.all([startCommandLine(programPath('python')), buildAuditor()]);
  const waiting = loops.filter(({ overTls }) => overTls !== true);
  await Promise.all(Array.from({ length: WORKERS }, () => closeAll(waiting, false)));
  await closeAll(
    loops.filter(({ overTls }) => overTls === true),
    true,
  );
}, 900_000);

afterAll(async () => {
  await commandLine.close();
  await auditor.close();
  process.stdout.write(`${loopTable(loops.flatMap(({ fault }) => reports.get(fault) ?? []))}\n`);
});

test('every fault has words of its own', () => {
  expect(new Set(loops.map(({ fault }) => fault)).size).toBe(loops.length);
});

test.each(loops.map(({ family, fault }) => [family, fault]))('%s: %s', (_, fault) => {
  expect(failures.get(fault)).toBeUndefined();
  expect(reports.has(fault)).toBe(true);
});
