import { startCommandLine } from '../emulator/command-line/command-line';
import { makePythonTools, programPath } from '../emulator/harness/python-tools';
import { buildAuditor } from '../emulator/loop-kit/auditor';
import { FaultRefused } from '../emulator/loop-kit/loop';
import { loopTable } from '../emulator/loop-kit/loop-table';
import { readLoops } from '../emulator/loop-kit/read-loops';
import type { LoopReport } from '../emulator/loop-kit/loop-run';
import { runLoop } from '../emulator/loop-kit/run-loop';
import { identify, openAwsWorld, type AwsWorld } from './aws-world';
import { costText } from './cost';
import { NOT_ASKED, probes } from './open-facts';
import { LiveRefused, readLiveSettings, type LiveSettings } from './settings';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Does one thing and deletes what it made. Answers whether both worked. */
const inTurn = async (world: AwsWorld, what: string, run: () => Promise<void>): Promise<boolean> => {
  let worked = true;
  try {
    await run();
  } catch (error) {
    worked = false;
    say(`FAILED ${what}: ${messageOf(error)}`);
  }
  const left = await world.cleanUp();
  if (left.length > 0) say(`LEFT BEHIND ${what}: ${left.join('; ')}`);
  return worked && left.length === 0;
};

const runAll = async (world: AwsWorld, { only }: LiveSettings): Promise<boolean> => {
  const isWanted = (...words: readonly string[]): boolean =>
    only === null || words.some((text) => text.includes(only));
  const reports: LoopReport[] = [];
  let good = true;
  for (const loop of readLoops().filter(({ family, fault }) => isWanted(family, fault))) {
    if (loop.notLive !== undefined) {
      say(`left out: ${loop.fault}: ${loop.notLive}`);
      continue;
    }
    const worked = await inTurn(world, loop.fault, async () => {
      try {
        reports.push(await runLoop(loop, world));
      } catch (error) {
        if (!(error instanceof FaultRefused)) throw error;
        say(`AWS does not let it be made: ${loop.fault}: ${error.message}`);
      }
    });
    good &&= worked;
  }
  say(loopTable(reports));
  for (const probe of probes.filter(({ question }) => isWanted('open facts', question))) {
    const worked = await inTurn(world, probe.question, async () => {
      const seen = await probe.ask(world);
      say([probe.question, ...seen.map((line) => `  ${line}`)].join('\n'));
    });
    good &&= worked;
  }
  say(
    [
      'Not asked, for want of',
      ...Object.entries(NOT_ASKED).map(([question, want]) => `  ${want}: ${question}`),
    ].join('\n'),
  );
  return good;
};

const main = async (): Promise<number> => {
  const settings = readLiveSettings(process.argv.slice(2));
  const signer = await identify(settings);
  makePythonTools();
  const [commandLine, auditor] = await Promise.all([startCommandLine(programPath('python')), buildAuditor()]);
  try {
    const world = await openAwsWorld(settings, signer, commandLine, auditor);
    say(
      `Account ${settings.accountId}, ${settings.region}; everything is tagged ${JSON.stringify(world.tags)}.`,
    );
    const good = await runAll(world, settings);
    say(costText(world.spent()));
    return good ? 0 : 1;
  } finally {
    await commandLine.close();
    await auditor.close();
  }
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof LiveRefused ? 2 : 1;
  },
);
