import { chainedPacer } from './support/chained-pacer';
import { scan, simulatedClock, type Scan } from './support/scan';

const SHARE = 0.8;
const RESOURCES = 30;
const STAGES = 2;

const print = (name: string, result: Scan): void => console.log(JSON.stringify({ name, ...result }));

/** Scans in simulated time and prints what they took, as JSON, one a line: `simulated APIS…`. */
const main = async (sizes: readonly number[], rivalAt: number): Promise<void> => {
  for (const apis of sizes) {
    const size = { apis, resources: RESOURCES, stages: STAGES };
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, so that each is measured alone
    print('joint', await scan({ size, share: SHARE, clock: simulatedClock() }));
    if (apis !== rivalAt) continue;
    const pacer = (clock: Parameters<typeof chainedPacer>[1]) => chainedPacer(SHARE, clock);
    // oxlint-disable-next-line eslint/no-await-in-loop -- as above
    print('chained', await scan({ size, share: SHARE, clock: simulatedClock(), pacer }));
  }
};

const [rivalAt = 0, ...sizes] = process.argv.slice(2).map(Number);
void main(sizes, rivalAt);
