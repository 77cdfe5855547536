import type { HttpRequest } from '@smithy/core/protocols';
import { openRegion, type Deadline } from '../../lambda/collect/live';
import { catalogue } from '../../lambda/rules/catalogue';
import { audit, runAudit, type Audit, type RunState } from '../../lambda/run';
import { open, seal } from '../../lambda/sealed';
import type { AccountSource } from '../../lambda/source';
import { startInProcess } from '../../sandbox/in-process';
import { sampleAccount } from '../../sandbox/load';
import { Random } from '../support/fuzz-random';
import { UNPACED } from '../support/hostile';

const REGIONS = Object.keys(sampleAccount.regions);
const clock = (): Date => new Date('2026-03-01T00:00:00Z');

/** One invocation of Lambda, whose time is up after so many calls of AWS; a little more for what is under way. */
class Invocation implements Deadline {
  calls = 0;
  readonly reached: Promise<void>;
  private reach: () => void = () => undefined;
  private readonly sandbox = startInProcess({ account: sampleAccount });

  constructor(
    private readonly nearAfter: number,
    private readonly reachedAfter: number,
  ) {
    this.reached = new Promise((resolve) => {
      this.reach = resolve;
    });
  }

  readonly isNear = (): boolean => this.calls >= this.nearAfter;

  sources(before?: RunState): readonly AccountSource[] {
    const left = new Map(before?.regions.map((one) => [one.region, one.left]));
    return REGIONS.filter((region) => left.get(region) !== null).map((region) => {
      const rest = left.get(region);
      return openRegion({
        region,
        accountId: sampleAccount.accountId,
        partition: 'aws',
        scannedRegions: REGIONS,
        clock,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
        requestHandler: {
          handle: (request: HttpRequest) => {
            this.calls += 1;
            if (this.calls >= this.reachedAfter) this.reach();
            return this.sandbox.requestHandler.handle(request);
          },
        },
        pacerOf: () => UNPACED,
        deadline: this,
        ...(rest === undefined || rest === null ? {} : { left: rest }),
      });
    });
  }
}

const FOREVER = Number.POSITIVE_INFINITY;

const asked = { rules: catalogue, runId: 'run', clock, matrixRoom: 10_000 };

/** All that a run says but for times and what it cost. */
const told = ({ result, evaluation, matrix }: Audit): unknown => ({
  ...result,
  // APIs are read side by side, too.
  matrix: matrix.rows.map((row) => JSON.stringify(row)).sort(),
  leftOut: matrix.leftOut,
  stats: null,
  // Regions work side by side, so their gaps come in no order.
  coverage: {
    ...result.coverage,
    gaps: [...result.coverage.gaps].sort((a, b) => (a.detail < b.detail ? -1 : 1)),
  },
  evaluation: evaluation
    .state()
    .regions.map(({ judged, ...region }) => ({ ...region, judged: [...judged].sort() })),
});

/** The state as the next invocation gets it: through the bucket. */
const throughBucket = (state: RunState): RunState => {
  const opened = open<RunState>('run', seal('run', state));
  if (opened === null) throw new Error('what was sealed does not open');
  return opened;
};

let undisturbed: Audit;
let callsInAll = 0;

beforeAll(async () => {
  const invocation = new Invocation(FOREVER, FOREVER);
  undisturbed = await audit({ ...asked, sources: invocation.sources() });
  callsInAll = invocation.calls;
});

/** Lets one invocation after another run into its end, at seeded points, until the run is done. */
const runInPieces = async (random: Random): Promise<Audit> => {
  let before: RunState | undefined;
  for (let invocations = 1; invocations < 100; invocations += 1) {
    const near = random.below(callsInAll);
    const invocation = new Invocation(near, near + random.below(60));
    // oxlint-disable-next-line eslint/no-await-in-loop -- each goes on from the one before
    const ran = await runAudit({
      ...asked,
      sources: invocation.sources(before),
      ...(before === undefined ? {} : { before }),
    });
    if ('audited' in ran) return ran.audited;
    before = throughBucket(ran.state);
  }
  throw new Error('the run does not end');
};

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  'time-out at seeded points, seed %i: the run goes on and reports as one',
  async (seed) => {
    expect(told(await runInPieces(new Random(seed)))).toEqual(told(undisturbed));
  },
);

test('killed without a word at any point, the next run starts sound', async () => {
  for (const share of [0.1, 0.5, 0.9]) {
    const killed = new Invocation(FOREVER, Math.floor(callsInAll * share));
    // Nothing of it is saved: Lambda has ended it.
    await runAudit({ ...asked, sources: killed.sources() });
    const next = await audit({ ...asked, sources: new Invocation(FOREVER, FOREVER).sources() });
    expect(told(next)).toEqual(told(undisturbed));
  }
});

test('a stop between two APIs costs no call twice', async () => {
  const first = new Invocation(Math.floor(callsInAll / 2), FOREVER);
  const ran = await runAudit({ ...asked, sources: first.sources() });
  if (!('state' in ran)) throw new Error('the run should have stopped');
  const second = new Invocation(FOREVER, FOREVER);
  const before = throughBucket(ran.state);
  const whole = await audit({ ...asked, sources: second.sources(before), before });
  expect(whole.result.stats.awsCalls).toBe(undisturbed.result.stats.awsCalls);
  expect(whole.result.stats.minimumCalls).toBe(undisturbed.result.stats.minimumCalls);
});

test('what another version has sealed, or what was changed, does not open', () => {
  const text = seal('run', { some: 'state' });
  expect(open('run', text)).toEqual({ some: 'state' });
  expect(open('other', text)).toBeNull();
  expect(open('run', text.replace('some', 'other'))).toBeNull();
  expect(open('run', text.slice(1))).toBeNull();
  expect(open('run', text.replace(/"version":"[^"]*"/, '"version":"0.0.0"'))).toBeNull();
});
