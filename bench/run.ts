import { build } from 'esbuild';
import Table from 'cli-table3';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { buildHandler } from '../tools/build';
import type { Scan } from './support/scan';

/** What of a run was measured, and what it is held against. */
interface Measure {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));

/** Runs one part in a process of its own, bundled as the function is, and reads the JSON that it prints, one a line. */
const runPart = async (
  part: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<readonly Record<string, unknown>[]> => {
  const outfile = path.join(folder, `${part}.js`);
  await build({
    entryPoints: [path.join(__dirname, `${part}.ts`)],
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'warning',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, outfile, ...args], {
    encoding: 'utf8',
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  if (status !== 0) throw new Error(`${part} failed: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

const measureJudging = async (): Promise<readonly Measure[]> => {
  const [judged] = await runPart('judge', ['600', '300'], ['--max-old-space-size=384']);
  return [
    {
      what: 'judging 600 APIs × 300 resources × 4 methods: CPU',
      measured: `${Number(judged?.['cpuSeconds']).toFixed(1)} s`,
      goal: '≤ 60 s',
    },
    {
      what: 'the same, resident memory at its peak, heap limited to 384 MB',
      measured: `${Number(judged?.['peakMB']).toFixed(0)} MB`,
      goal: '≤ 512 MB',
    },
  ];
};

const rowsOf = (name: string, scan: Scan): readonly Measure[] => {
  const { size, seconds, floor, attempts, minimum, lost, throttled, second } = scan;
  const what = `${name}, ${size.apis} APIs × ${size.resources} resources × ${size.stages} stages`;
  const goal = name.startsWith('ours');
  return [
    {
      what: `${what}: time ÷ floor`,
      measured: `${seconds.toFixed(1)} s ÷ ${floor.toFixed(1)} s = ${(seconds / floor).toFixed(3)}`,
      goal: goal ? '≤ 1.05 and 5 s' : '',
    },
    {
      what: `${what}: attempts ÷ minimum`,
      measured: `${attempts} ÷ ${minimum} = ${(attempts / minimum).toFixed(3)}`,
      goal: goal ? '≤ 1.02' : '',
    },
    {
      what: `${what}: lost reads; own calls throttled; second client throttled`,
      measured: `${lost}; ${throttled}; ${second.throttled} of ${second.calls}`,
      goal: goal ? '0; 0; 0' : '',
    },
  ];
};

const NAMES: Readonly<Record<string, string>> = {
  joint: 'ours, simulated time',
  chained: 'one limiter a quota in a chain, simulated time',
};

/** The last measure of each kind is also a scan against the clock of the machine, small enough to be waited for. */
const measureScans = async (): Promise<readonly Measure[]> => {
  const simulated = await runPart('simulated', ['600', '10', '100', '600', '1300']);
  const real = await runPart('real', ['40']);
  return [
    ...simulated.flatMap((one) => rowsOf(NAMES[String(one['name'])] ?? '', one as unknown as Scan)),
    ...real.flatMap((one) => rowsOf('ours, real time', one as unknown as Scan)),
  ];
};

const IMPORTS = 9;

/** A fresh process each time; the median, because the first ones read from disk. */
const measureStart = async (): Promise<readonly Measure[]> => {
  const bundle = path.join(folder, 'handler.js');
  await buildHandler(bundle);
  const script = `const s = performance.now(); require(${JSON.stringify(bundle)}); console.log(performance.now() - s); process.exit()`;
  const times = Array.from({ length: IMPORTS }, () =>
    Number(
      spawnSync(process.execPath, ['-e', script], {
        encoding: 'utf8',
        env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      }).stdout,
    ),
  ).sort((a, b) => a - b);
  return [
    {
      what: `import of the function's bundle in a fresh process, median of ${IMPORTS}`,
      measured: `${(times[(IMPORTS - 1) / 2] ?? 0).toFixed(0)} ms`,
      goal: '≤ 300 ms',
    },
    {
      what: 'size of the bundle',
      measured: `${(statSync(bundle).size / 1024 / 1024).toFixed(2)} MiB`,
      goal: '≤ 1.5 MiB',
    },
  ];
};

const SIZES = [5000, 20_000, 50_000] as const;

/** What a finding costs at the largest size, against what it costs at the smallest: 1 where the cost grows as the findings do. */
const measureReports = async (): Promise<readonly Measure[]> =>
  (await runPart('reports', SIZES.map(String), ['--max-old-space-size=768'])).map(({ name, seconds }) => {
    const times = seconds as readonly number[];
    const [least = 0, most = 0] = [times[0], times.at(-1)];
    const ratio = most / SIZES[2] / (least / SIZES[0]);
    return {
      what: `${String(name)} of ${SIZES.map((size) => size.toLocaleString('en')).join(', ')} findings: CPU; a finding at the last against the first`,
      measured: `${times.map((time) => time.toFixed(2)).join(', ')} s; ${ratio.toFixed(2)}`,
      goal: '≤ 2',
    };
  });

const PARTS = {
  judging: measureJudging,
  reports: measureReports,
  start: measureStart,
  scans: measureScans,
} as const;

const RESULTS = path.join(__dirname, 'results.md');
const START = '<!-- measured -->';
const END = '<!-- /measured -->';

const writeResults = (measures: readonly Measure[]): void => {
  const [cpu] = cpus();
  const lines = [
    START,
    '',
    `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${cpus().length} × ${cpu?.model.trim()}, Node.js ${process.versions.node}; load average ${loadavg()[0]?.toFixed(1)}.`,
    '',
    '| What | Measured | Goal |',
    '| --- | --- | --- |',
    ...measures.map(({ what, measured, goal }) => `| ${what} | ${measured} | ${goal} |`),
    '',
    END,
  ];
  const text = readFileSync(RESULTS, 'utf8');
  const [before = ''] = text.split(START);
  const [, after = ''] = text.split(END);
  writeFileSync(RESULTS, `${before}${lines.join('\n')}${after}`);
};

/** `npm run bench [-- judging reports start scans]`: all parts, or those named; only a run of all is written to bench/results.md. */
const main = async (wanted: readonly string[]): Promise<void> => {
  const unknown = wanted.filter((part) => !Object.hasOwn(PARTS, part));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);
  const measures: Measure[] = [];
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, so that each has the machine
      measures.push(...(await measure()));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const table = new Table({ head: ['what', 'measured', 'goal'], style: { head: [], border: [] } });
  for (const { what, measured, goal } of measures) table.push([what, measured, goal]);
  console.log(table.toString());
  if (wanted.length === 0) writeResults(measures);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
