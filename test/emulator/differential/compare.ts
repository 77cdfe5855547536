import fc from 'fast-check';
import { openRegion } from '../../../lambda/collect/live';
import type { Pacer } from '../../../lambda/collect/pace';
import { explain } from '../../../lambda/explain/explain';
import { gatherAccount } from '../../../lambda/gather-account';
import { route } from '../../../lambda/gateway/route';
import type { Account } from '../../../lambda/model/account';
import { valueOr } from '../../../lambda/model/known';
import { differences } from '../loop-kit/differences';
import { servingDraft } from '../loop-kit/ministack-world';
import { STAGE } from '../loop-kit/seed';
import type { Answer, World } from '../loop-kit/world';
import { cases, type CallSeed, type Case } from './generate';
import { load, makeShared, type Shared } from './load';
import { partings, type Compared } from './partings';

export interface Differential {
  readonly seed: number;
  readonly calls: number;
  /** Calls by what came of them: agreed, not told, or the fact of a known parting. */
  readonly tally: ReadonlyMap<string, number>;
  /** The shrunk counterexample and what differs; `null`: every disagreement is known. */
  readonly failure: string | null;
}

/** An emulator has no quotas. */
const unpaced: Pacer = { take: () => Promise.resolve(), throttled: () => undefined };

const collect = async ({ region, accountId }: World, restApiId: string): Promise<Account> =>
  servingDraft(
    await gatherAccount(
      openRegion({
        region,
        accountId,
        partition: 'aws',
        scannedRegions: [region],
        restApiIds: [restApiId],
        clock: () => new Date(),
        pacerOf: () => unpaced,
      }),
    ),
  );

const headersOf = (
  { credential, header }: CallSeed,
  { tokens }: Shared,
): Readonly<Record<string, string>> => {
  const token = tokens.get(credential);
  return token === undefined ? {} : { [header]: `Bearer ${token}` };
};

const send = (world: World, shared: Shared, restApiId: string, call: CallSeed): Promise<Answer> =>
  world.send({
    restApiId,
    stage: STAGE,
    verb: call.verb,
    path: call.path,
    headers: headersOf(call, shared),
    signed: call.credential === 'signature',
    ...(call.key === 'none' ? {} : { apiKeyId: shared.keyIds[call.key] }),
  });

const decideOn = (world: World, shared: Shared, account: Account, restApiId: string, call: CallSeed) =>
  explain(
    {
      url: `https://${restApiId}.execute-api.${world.region}.amazonaws.com/${STAGE}${call.path}`,
      method: call.verb,
      headers: Object.entries(headersOf(call, shared)).map(([name, value]) => `${name}: ${value}`),
      sourceIp: world.sourceIp,
      ...(call.key === 'none' ? {} : { apiKeyId: shared.keyIds[call.key] }),
      ...(call.credential === 'signature' ? { signedBy: world.signer } : {}),
    },
    account,
    () => new Date(),
    // Which rule names a cause is of no interest here.
    [],
  ).decision;

/** What came of one call: `agreed`, `not told`, the fact of a known parting, or what differs. */
const verdictOn = (compared: Compared): string => {
  const { decision, answer } = compared;
  if (decision.outcome === 'cannot-tell') return 'not told';
  const differs =
    decision.outcome === 'admitted'
      ? answer.status === 200
        ? []
        : ['outcome']
      : differences(answer, decision);
  if (differs.length === 0) return 'agreed';
  return partings.find(({ holds }) => holds(compared))?.fact ?? `differs: ${differs.join(', ')}`;
};

const describe = ({ call, decision, answer }: Compared): string =>
  [
    JSON.stringify(call),
    `  we say    ${decision.outcome} ${String(decision.status)} ${decision.errorType ?? '-'} ${decision.body ?? '-'} at ${decision.gate ?? 'no gate'}: ${decision.because}`,
    `  MiniStack ${answer.status} ${answer.errorType ?? '-'} ${answer.body}`,
  ].join('\n');

const judge = async (
  world: World,
  shared: Shared,
  { account: seed, calls }: Case,
  tally: Map<string, number>,
): Promise<void> => {
  const loaded = await load(world, shared, seed);
  const { restApiId } = loaded;
  try {
    const account = await collect(world, restApiId);
    const methods = valueOr(
      valueOr(account.restApis, [])[0]?.draft.methods ?? { state: 'known', value: [] },
      [],
    );
    const verdicts: string[] = [];
    for (const call of calls) {
      const taken = route(methods, call.verb, call.path);
      const compared: Compared = {
        account: seed,
        call,
        method: seed.methods.find(({ verb, path }) => verb === taken?.verb && path === taken.path) ?? null,
        decision: decideOn(world, shared, account, restApiId, call),
        answer: await send(world, shared, restApiId, call),
      };
      const verdict = verdictOn(compared);
      if (verdict.startsWith('differs')) throw new Error(`${verdict}\n${describe(compared)}`);
      verdicts.push(verdict);
    }
    for (const verdict of verdicts) tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  } finally {
    await loaded.unload();
  }
};

/** Milliseconds; each step of shrinking loads an account. */
const TIME_LIMIT = 900_000;

/** Loads generated accounts and compares what real calls get with what the gateway decides. */
export const runDifferential = async (world: World, calls: number, seed: number): Promise<Differential> => {
  const shared = await makeShared(world);
  const tally = new Map<string, number>();
  const count = (): number => [...tally.values()].reduce((sum, times) => sum + times, 0);
  const result = await fc.check(
    fc.asyncProperty(cases, async (one) => {
      if (count() < calls) await judge(world, shared, one, tally);
    }),
    { seed, numRuns: calls, interruptAfterTimeLimit: TIME_LIMIT, markInterruptAsFailure: true },
  );
  const [smallest] = result.counterexample ?? [];
  const failure = result.failed
    ? [
        `the smallest example, after ${result.numShrinks} steps: ${JSON.stringify(smallest?.account)}`,
        result.errorInstance instanceof Error ? result.errorInstance.message : 'out of time',
      ].join('\n')
    : null;
  return { seed, calls: count(), tally, failure };
};
