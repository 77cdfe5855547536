import { startCommandLine, type CommandLine } from '../command-line/command-line';
import { programPath } from '../harness/python-tools';
import { startMiniStackWorld, type MiniStackWorld } from '../loop-kit/ministack-world';
import { probes } from '../../live/open-facts';

const unused = {
  audit: () => Promise.reject(new Error('nobody audits here')),
  close: () => Promise.resolve(),
};

let commandLine: CommandLine;
let world: MiniStackWorld;

beforeAll(async () => {
  commandLine = await startCommandLine(programPath('python'));
  world = await startMiniStackWorld(commandLine, unused);
}, 120_000);

afterAll(async () => {
  await world.stop();
  await commandLine.close();
});

// What MiniStack answers settles nothing: this shows that the questions can be asked.
test.each(probes.map((probe) => [probe.question, probe] as const))(
  'can be asked: %s',
  async (_, probe) => {
    await world.reset();
    const seen = await probe.ask(world);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((line) => line.trim() === '')).toEqual([]);
  },
  120_000,
);
