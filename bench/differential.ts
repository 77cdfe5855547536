import { makePythonTools } from '../test/emulator/harness/python-tools';
import { openDifferential, tallyText } from '../test/emulator/differential/open-differential';

// Usage: npm run differential [-- CALLS [SEED]]. The same comparison as test/emulator/differential, with more calls.
const [calls = '2000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);

const main = async (): Promise<void> => {
  console.log(`${calls} calls, seed ${seed}`);
  makePythonTools();
  const differential = await openDifferential(Number(calls), Number(seed));
  console.log(tallyText(differential));
  if (differential.failure !== null) process.exitCode = 1;
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
