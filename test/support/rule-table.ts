import { Collation } from '../../lambda/findings/collate';
import type { Finding } from '../../lambda/findings/finding';
import { judgeAccount, judgeApi, type Judgement } from '../../lambda/findings/judge';
import type { Account } from '../../lambda/model/account';
import { keptWith } from '../../lambda/model/kept';
import { mapKnown, valueOr } from '../../lambda/model/known';
import type { Rule } from '../../lambda/rules/rule';
import type { Reach } from '../../lambda/rules/verdict';
import { expectGolden } from './golden';
import { answersUnread, type Answer } from './unread';

export interface Expected {
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
  /** Those that say something new; that the rule tells of every other thing it opens is tried on all rows. */
  readonly cannotTell: readonly UntoldRow[];
  /** Places whose loss changes no verdict, or leaves this rule to say what another would, each with the reason. */
  readonly standsWithout?: Readonly<Record<string, string>>;
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

/** Judges an account as it is. */
const judgeWhole = (rule: Rule, whole: Account): Judgement => {
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

/** Runs one rule over a whole account through the real engine. */
export const judge = (rule: Rule, given: Account): Judgement =>
  judgeWhole(rule, freeze(structuredClone(given)));

const collated = (raised: Judgement['raised']): readonly Finding[] => {
  const collation = new Collation();
  collation.add(raised);
  return collation.findings();
};

const findingsOf = (rule: Rule, given: Account): readonly Finding[] => {
  const { raised, crashes } = judge(rule, given);
  expect(crashes).toEqual([]);
  return collated(raised);
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

/** What the rule answers when each thing that it opens, in any row, is unread: by place, each answer with a row that shows it. */
const unreadOf = keptWith(
  (rows: readonly Row[], rule: Rule): ReadonlyMap<string, ReadonlyMap<Answer, string>> => {
    const answers = new Map<string, Map<Answer, string>>();
    for (const { when, account } of rows) {
      for (const { place, answer } of answersUnread(rule, account, (given) => judgeWhole(rule, given))) {
        const ofPlace = answers.get(place) ?? new Map<Answer, string>();
        answers.set(place, ofPlace.set(answer, ofPlace.get(answer) ?? when));
      }
    }
    return answers;
  },
);

const TELLING: readonly Answer[] = ['cannot tell', 'stands, cannot tell more'];

/** What the rule says of the draft, which the finding of what is deployed hides: of the first row where it says anything. */
const drafted = (rule: Rule, rows: RuleTable['flags']): readonly string[] => {
  for (const { when, account } of rows) {
    const findings = collated(judge(rule, account).raised.filter(({ of }) => of === 'draft'));
    if (findings.length > 0) {
      return [`flags ${when}, in the draft`, ...findings.flatMap((finding) => proofAndFix(rule, finding))];
    }
  }
  return [];
};

/** What the rule itself says of what it cannot tell: a read that failed is told in the words of the collector. */
const untoldWords = (rule: Rule, rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ when, account }) => {
    const own = judge(rule, account).untold.filter(({ verdict }) => verdict.gap.because !== 'denied');
    return own.length === 0
      ? []
      : [
          `cannot tell ${when}`,
          ...new Set(
            own.map(
              ({ verdict: { subject, gap } }) =>
                `  at ${subject.label}, ${gap.operation} ${gap.because} for ${gap.subject}: ${gap.detail}`,
            ),
          ),
        ];
  });

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
    const all: readonly Row[] = [...rows.flags, ...rows.staysSilent, ...rows.cannotTell];
    test('proves each flag, says what to do, and what it makes of all that may be unread', () => {
      const lines = rows.flags.flatMap(({ when, account }) => [
        `flags ${when}`,
        ...findingsOf(rule, account).flatMap((finding) => proofAndFix(rule, finding)),
      ]);
      const answers = [...unreadOf(all, rule)]
        .map(([place, given]) => `  ${place}: ${[...given.keys()].sort().join(' | ')}`)
        .sort();
      expectGolden(
        `rules/${rule.id}.txt`,
        `${[...lines, ...drafted(rule, rows.flags), ...untoldWords(rule, rows.cannotTell), 'when unread', ...answers].join('\n')}\n`,
      );
    });
    test('takes nothing unread for what it does not hold, and tells of all that it opens', () => {
      const excused = rows.standsWithout ?? {};
      const faults: (readonly [place: string, fault: string])[] = [];
      for (const [place, answers] of unreadOf(all, rule)) {
        const lost = answers.get('lost in silence');
        if (lost !== undefined) faults.push([place, `clears in silence ${lost}`]);
        const more = answers.get('flags more');
        if (more !== undefined) faults.push([place, `flags ${more}`]);
        else if (!TELLING.some((answer) => answers.has(answer))) faults.push([place, 'never told of']);
      }
      expect(faults.filter(([place]) => !(place in excused))).toEqual([]);
      expect(Object.keys(excused).sort()).toEqual([...new Set(faults.map(([place]) => place))].sort());
    });
    test('has rows that differ', () => {
      const accounts = all.map(({ account }) => JSON.stringify(account));
      expect(new Set(accounts).size).toBe(accounts.length);
    });
  });
  return { rule, ...rows };
};
