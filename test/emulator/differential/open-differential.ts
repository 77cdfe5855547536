import { startCommandLine } from '../command-line/command-line';
import { programPath } from '../harness/python-tools';
import { startMiniStackWorld } from '../loop-kit/ministack-world';
import { runDifferential, type Differential } from './compare';

const unused = {
  audit: () => Promise.reject(new Error('the account is read in this process')),
  close: () => Promise.resolve(),
};

/** Starts MiniStack, compares, and ends it. For that time this process's SDK talks to it. */
export const openDifferential = async (calls: number, seed: number): Promise<Differential> => {
  const commandLine = await startCommandLine(programPath('python'));
  const world = await startMiniStackWorld(commandLine, unused);
  const before = { ...process.env };
  Object.assign(process.env, world.environment, { HOME: before['HOME'], TMPDIR: before['TMPDIR'] ?? '/tmp' });
  try {
    return await runDifferential(world, calls, seed);
  } finally {
    for (const name of Object.keys(world.environment)) delete process.env[name];
    Object.assign(process.env, before);
    await world.stop();
    await commandLine.close();
  }
};

/** What was compared, in lines. */
export const tallyText = ({ seed, calls, tally, failure }: Differential): string =>
  [
    `seed ${seed}`,
    ...[...tally]
      .sort((left, right) => right[1] - left[1])
      .map(([what, times]) => `${String(times).padStart(7)} ${what}`),
    `${calls} calls compared, ${failure === null ? 'every disagreement is a known one' : 'a disagreement that nobody explained:'}`,
    ...(failure === null ? [] : [failure]),
  ].join('\n');
