import { openRegion } from '../../lambda/collect/live';
import type { Pacer, Timers } from '../../lambda/collect/pace';
import { readPermissions } from '../../lambda/collect/permissions';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit } from '../../lambda/run';
import { startSandbox } from '../../sandbox/endpoint';
import { startInProcess } from '../../sandbox/in-process';
import { SimulatedTime } from '../../test/collect/simulated-time';
import {
  LARGE_ACCOUNT_ID,
  LARGE_REGION,
  largeAccount,
  type AccountSize,
} from '../../test/support/large-account';
import { sizesOf } from '../../test/support/large-sizes';
import { fewestCalls, floorSeconds } from '../../test/support/limits';
import { runBeside, type Connection, type SecondClient } from './second-client';

/** Whose time passes: the machine's, or one that jumps from timer to timer. The scheduler is the same under both. */
export interface Clock extends Timers {
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass until `work` is done. */
  during<T>(work: Promise<T>): Promise<T>;
}

export const realClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => void setTimeout(run, milliseconds),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  during: (work) => work,
};

class SimulatedClock extends SimulatedTime implements Clock {
  async during<T>(work: Promise<T>): Promise<T> {
    await this.run();
    return work;
  }
}

export const simulatedClock = (): Clock => new SimulatedClock();

export interface Scan {
  readonly size: AccountSize;
  readonly share: number;
  /** Seconds by the clock. */
  readonly seconds: number;
  readonly floor: number;
  readonly attempts: number;
  readonly minimum: number;
  /** Reads that the report lists as not made. */
  readonly lost: number;
  readonly throttled: number;
  readonly second: SecondClient;
  /** CPU seconds of collecting, judging and of the sandbox that answers. */
  readonly cpu: number;
}

/** Milliseconds that AWS takes, about: nobody has published them. */
const USUAL_LATENCY = 80;
const LATENCY: Readonly<Record<string, number>> = {
  ...Object.fromEntries(readPermissions.map(({ operation }) => [operation, USUAL_LATENCY])),
  GetResources: 250,
  GetExport: 250,
};
const EPOCH = Date.parse('2026-03-01T00:00:00Z');
const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

interface Given {
  readonly size: AccountSize;
  readonly share: number;
  readonly clock: Clock;
  /** The pacer under test; ours unless given. */
  readonly pacer?: (clock: Clock) => Pacer;
}

interface Served {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

const serve = async ({ size, clock }: Given, simulated: boolean): Promise<Served> => {
  const options = {
    account: largeAccount(size),
    quotas: true,
    latencyMs: LATENCY,
    clock: () => EPOCH + clock.now(),
    sleep: (milliseconds: number) => clock.sleep(milliseconds),
  };
  const shared = { region: LARGE_REGION, credentials: CREDENTIALS };
  if (simulated) {
    const { requestHandler } = startInProcess(options);
    return { connection: { ...shared, requestHandler }, close: () => Promise.resolve() };
  }
  const sandbox = await startSandbox(options);
  return { connection: { ...shared, endpoint: sandbox.url }, close: () => sandbox.close() };
};

/** Audits a large account against the quotas while another tool works beside. */
export const scan = async (given: Given): Promise<Scan> => {
  const { size, share, clock, pacer } = given;
  const { connection, close } = await serve(given, clock !== realClock);
  const before = process.cpuUsage();
  const started = clock.now();
  const source = openRegion({
    ...connection,
    accountId: LARGE_ACCOUNT_ID,
    partition: 'aws',
    scannedRegions: [LARGE_REGION],
    clock: () => new Date(EPOCH + clock.now()),
    share,
    timers: clock,
    ...(pacer === undefined ? {} : { pacerOf: () => pacer(clock) }),
  });
  let done = false;
  let ended = started;
  const auditing = audit({
    sources: [source],
    rules: catalogue,
    runId: 'bench',
    clock: () => new Date(EPOCH + clock.now()),
  }).finally(() => {
    done = true;
    ended = clock.now();
  });
  const [{ result }, second] = await clock.during(
    Promise.all([auditing, runBeside({ connection, sleep: (ms) => clock.sleep(ms) }, () => !done)]),
  );
  await close();
  const { user, system } = process.cpuUsage(before);
  const { stats, coverage } = result;
  const needed = fewestCalls(sizesOf(size));
  if (stats.minimumCalls !== needed) {
    throw new Error(`the run says ${stats.minimumCalls} calls are needed, the formula says ${needed}`);
  }
  return {
    size,
    share,
    seconds: (ended - started) / 1000,
    floor: floorSeconds(sizesOf(size), share),
    attempts: stats.awsCalls,
    minimum: stats.minimumCalls,
    lost: coverage.gaps.filter(({ because }) => because !== 'unsupported').length,
    throttled: stats.throttled,
    second,
    cpu: (user + system) / 1e6,
  };
};
