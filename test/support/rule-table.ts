import { Collation } from '../../lambda/findings/collate';
import type { Finding } from '../../lambda/findings/finding';
import { findingId } from '../../lambda/findings/raised';
import { judgeAccount, judgeApi, type Judgement } from '../../lambda/findings/judge';
import type { Account } from '../../lambda/model/account';
import { mapKnown, unreadable, valueOr } from '../../lambda/model/known';
import type { Rule } from '../../lambda/rules/rule';
import type { Reach } from '../../lambda/rules/verdict';
import { expectGolden } from './golden';

interface Expected {
  /** The subject's label. */
  readonly at: string;
  /** The message, exact. */
  readonly saying: string;
  /** Where it differs from the rule's own. */
  readonly reach?: Reach;
  readonly affects?: readonly string[];
  readonly when?: 'after-next-deployment';
}

interface Row {
  /** Reads on from "flags", "stays silent on", "cannot tell". */
  readonly when: string;
  readonly account: Account;
}

export interface RuleTable {
  readonly rule: Rule;
  readonly flags: readonly [FlagRow, ...FlagRow[]];
  /** At least two; one of them the nearest miss: same shape, one thing changed. */
  readonly staysSilent: readonly [Row, Row, ...Row[]];
  /** One for each `Known` that the rule opens. */
  readonly cannotTell: readonly UntoldRow[];
}

export interface FlagRow extends Row {
  readonly expect: readonly [Expected, ...Expected[]];
}

export interface UntoldRow extends Row {
  /** The operations whose answers are missing. */
  readonly missing: readonly [string, ...string[]];
}

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
};

/** Runs one rule over a whole account through the real engine. */
export const judge = (rule: Rule, given: Account): Judgement => {
  const whole = freeze(structuredClone(given));
  const { restApis, schemaVersion: _, ...shared } = whole;
  const apis = valueOr(restApis, []);
  const summaries = apis.map((api) => ({
    id: api.id,
    name: api.name,
    endpointTypes: api.endpointTypes,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    stageNames: mapKnown(api.stages, (stages) => stages.map((stage) => stage.name)),
  }));
  const judgements = [
    ...apis.map((api) => judgeApi([rule], api, shared)),
    judgeAccount(
      [rule],
      shared,
      mapKnown(restApis, () => summaries),
    ),
  ];
  return {
    raised: judgements.flatMap(({ raised }) => raised),
    untold: judgements.flatMap(({ untold }) => untold),
    crashes: judgements.flatMap(({ crashes }) => crashes),
  };
};

const findingsOf = (rule: Rule, given: Account): readonly Finding[] => {
  const { raised, crashes } = judge(rule, given);
  expect(crashes).toEqual([]);
  const collation = new Collation();
  collation.add(raised);
  return collation.findings();
};

const found = (rule: Rule, given: Account): readonly Expected[] =>
  findingsOf(rule, given).map((finding) => ({
    at: finding.subject.label,
    saying: finding.message,
    ...(finding.reach === rule.reach ? {} : { reach: finding.reach }),
    affects: finding.affected.map((ref) => `${ref.stage} ${ref.method}`),
    ...(finding.when === 'now' ? {} : { when: finding.when }),
  }));

/** What a flag is known by, what its callers meet, what it shows as proof and what it has people do: whole, because a part that is wrong is a command that fails. */
const proofAndFix = (
  rule: Rule,
  { id, subject, symptom, affected, evidence, fix }: Finding,
): readonly string[] => [
  `  at ${subject.label}, id ${id}`,
  ...(symptom === rule.symptom ? [] : [`    callers get ${JSON.stringify(symptom)}`]),
  ...(affected.length === 0
    ? []
    : [`    affects ${affected.map(({ stage, method }) => `${stage} ${method}`).join(', ')}`]),
  ...evidence.map(({ operation, field, value }) => `    seen ${operation} ${field} = ${value}`),
  ...fix.flatMap(({ step, commands }, index) => [
    `    ${index + 1}. ${step}`,
    ...commands.map((command) => `       $ ${command}`),
  ]),
];

/** Each thing of the account that could be unread, by a parent that holds it. */
const readsIn = function* (
  value: unknown,
  place: string,
): Generator<{ readonly holder: Record<string, unknown>; readonly key: string; readonly place: string }> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(holder)) {
    const at = `${place}.${key}`;
    if (typeof inner === 'object' && inner !== null && 'state' in inner && inner.state === 'known') {
      yield { holder, key, place: at };
    }
    yield* readsIn(inner, at);
  }
};

const idsOf = (rule: Rule, raised: Judgement['raised']): ReadonlySet<string> =>
  new Set(raised.map(({ flag }) => findingId(rule.id, flag)));

/** A note may be left out where what is unread seldom matters; an error may become a note. */
const isLoud = ({ rule, flag }: Judgement['raised'][number]): boolean =>
  (flag.reach ?? rule.reach) !== 'possible';

/** Reads without which the rule flags less, and says nothing of what it could not tell. */
const clearedInSilence = (rule: Rule, given: Account): readonly string[] => {
  const account = structuredClone(given);
  const before = idsOf(rule, judge(rule, account).raised.filter(isLoud));
  const silent: string[] = [];
  for (const { holder, key, place } of readsIn(account, 'account')) {
    const read = holder[key];
    holder[key] = unreadable({ because: 'denied', operation: 'Test', subject: place, detail: place });
    const judged = judge(rule, account);
    holder[key] = read;
    const after = idsOf(rule, judged.raised);
    if (judged.untold.length === 0 && [...before].some((id) => !after.has(id))) silent.push(place);
  }
  return silent;
};

/** One table a rule: what it flags, what it stays silent on, what it cannot tell. Verdicts are compared whole. */
export const ruleTable = (rule: Rule, rows: Omit<RuleTable, 'rule'>): RuleTable => {
  describe(rule.id, () => {
    test.each(rows.flags.map((row) => [row.when, row] as const))('flags %s', (_, row) => {
      const wanted = row.expect.map((one, index) => ({
        ...one,
        affects: one.affects ?? found(rule, row.account)[index]?.affects,
      }));
      expect(found(rule, row.account)).toEqual(wanted);
    });
    test.each(rows.staysSilent.map((row) => [row.when, row] as const))('stays silent on %s', (_, row) => {
      expect(found(rule, row.account)).toEqual([]);
      expect(judge(rule, row.account).untold).toEqual([]);
    });
    test.each(rows.cannotTell.map((row) => [row.when, row] as const))('cannot tell %s', (_, row) => {
      expect(found(rule, row.account)).toEqual([]);
      const missing = judge(rule, row.account).untold.map(({ verdict }) => verdict.gap.operation);
      expect([...new Set(missing)].sort()).toEqual([...row.missing].sort());
    });
    test('proves each flag, and says what to do', () => {
      const lines = rows.flags.flatMap(({ when, account }) => [
        `flags ${when}`,
        ...findingsOf(rule, account).flatMap((finding) => proofAndFix(rule, finding)),
      ]);
      expectGolden(`rules/${rule.id}.txt`, `${lines.join('\n')}\n`);
    });
    test('loses no error and no warning in silence when something is unread', () => {
      const silent = rows.flags.flatMap(({ when, account }) =>
        clearedInSilence(rule, account).map((place) => `${when}: ${place}`),
      );
      expect(silent).toEqual([]);
    });
    test('has rows that differ', () => {
      const accounts = [...rows.flags, ...rows.staysSilent, ...rows.cannotTell].map(({ account }) =>
        JSON.stringify(account),
      );
      expect(new Set(accounts).size).toBe(accounts.length);
    });
  });
  return { rule, ...rows };
};
