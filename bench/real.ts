import { realClock, scan } from './support/scan';

/** Scans over sockets, by the clock of the machine, and prints what it took, as JSON: `real APIS`. */
const main = async (apis: number): Promise<void> => {
  const result = await scan({ size: { apis, resources: 30, stages: 2 }, share: 0.8, clock: realClock });
  console.log(JSON.stringify({ name: 'real', ...result }));
};

void main(Number(process.argv[2]));
