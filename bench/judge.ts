import { audit } from '../lambda/run';
import { catalogue } from '../lambda/rules/catalogue';
import { judgedSource, type Making } from './support/judged-account';

/** Judges one account and prints what it took, as JSON: `judge APIS RESOURCES`. Run in a process of its own. */
const main = async (apis: number, resources: number): Promise<void> => {
  const making: Making = { cpu: 0 };
  const before = process.cpuUsage();
  const started = performance.now();
  const { result, matrix } = await audit({
    sources: [judgedSource({ apis, resources }, making)],
    rules: catalogue,
    runId: 'bench',
    clock: () => new Date(),
    // As the function has it.
    matrixRoom: 20_000,
  });
  const { user, system } = process.cpuUsage(before);
  const { summary } = result;
  console.log(
    JSON.stringify({
      cpuSeconds: (user + system - making.cpu) / 1e6,
      wallSeconds: (performance.now() - started) / 1000,
      // In KiB on Linux, whatever the limit on the heap.
      peakMB: process.resourceUsage().maxRSS / 1024,
      methods: summary.methods,
      unreachable: summary.unreachableMethods,
      findings: result.findings.length,
      matrixRows: matrix.rows.length,
      matrixLeftOut: matrix.leftOut.methods,
    }),
  );
};

void main(Number(process.argv[2]), Number(process.argv[3]));
