import fc from 'fast-check';
import { judgeAccount, judgeApi, type Judgement } from '../../lambda/findings/judge';
import type { Account } from '../../lambda/model/account';
import { isKnown, known, mapKnown } from '../../lambda/model/known';
import { catalogue } from '../../lambda/rules/catalogue';
import { accounts } from '../gateway/proof/generate';
import { asTemplate } from '../support/as-template';
import { ACCOUNT_ID } from '../support/build';
import { deploy } from '../support/template';

const judge = (account: Account): readonly Judgement[] => {
  const apis = isKnown(account.restApis) ? account.restApis.value : [];
  return [
    ...apis.map((api) => judgeApi(catalogue, api, account)),
    judgeAccount(
      catalogue,
      account,
      known(
        apis.map((api) => ({
          ...api,
          stageNames: isKnown(api.stages) ? known(api.stages.value.map(({ name }) => name)) : api.stages,
        })),
      ),
    ),
  ];
};

/** Rule and what it affects: ids of a template are made up. */
const findingsOf = (judgements: readonly Judgement[]): ReadonlySet<string> =>
  new Set(
    judgements.flatMap(({ raised }) =>
      raised.map(({ rule, flag }) =>
        [rule.id, ...flag.affected.map(({ stage, method }) => `${stage} ${method}`).sort()].join('\n'),
      ),
    ),
  );

const ruleOf = (finding: string): string => finding.split('\n')[0] ?? '';

const untoldBy = (judgements: readonly Judgement[]): ReadonlySet<string> =>
  new Set(judgements.flatMap(({ untold }) => untold.map(({ ruleId }) => ruleId)));

/** A template is read as of an account where usage plans are enabled: what was in force before they were, it cannot show. */
const withUsagePlans = (account: Account): Account => ({
  ...account,
  slices: {
    ...account.slices,
    gatewayAccount: mapKnown(account.slices.gatewayAccount, (settings) => ({
      ...settings,
      features: ['UsagePlans'],
    })),
  },
});

const RUNS = 80;

/** What only a deployed thing can have: a state. */
const OF_STATES = new Set(['edge/domain-not-available']);

test(`an account and the template that makes it: nothing is invented, nothing lost in silence (${RUNS} accounts)`, () => {
  let same = 0;
  let gaps = 0;
  fc.assert(
    fc.property(accounts.map(withUsagePlans), (live) => {
      const made = deploy(asTemplate(live), { accountId: ACCOUNT_ID });
      const ofLive = judge(live);
      const ofTemplate = judge(made.account);
      expect(ofTemplate.flatMap(({ crashes }) => crashes)).toEqual([]);
      const expected = findingsOf(ofLive);
      const found = findingsOf(ofTemplate);
      const untold = untoldBy(ofTemplate);
      const named = new Set([...found].map(ruleOf));
      // A lesser cause speaks where the template does not tell the greater one.
      const explained = new Set([...expected].flatMap((one) => one.split('\n').slice(1)));
      const invented = [...found].filter((one) => {
        const methods = one.split('\n').slice(1);
        const hidden = methods.length > 0 && methods.every((method) => explained.has(method));
        return !expected.has(one) && !hidden;
      });
      const lost = [...expected].filter((one) => !found.has(one));
      const silent = lost.filter((one) => {
        const rule = ruleOf(one);
        return !untold.has(rule) && !named.has(rule) && !OF_STATES.has(rule);
      });
      expect({ invented, silent }).toEqual({ invented: [], silent: [] });
      same += expected.size - lost.length;
      gaps += lost.length;
    }),
    { seed: 20_261_128, numRuns: RUNS },
  );
  // A test that compares nothing proves nothing.
  expect(same).toBeGreaterThan(RUNS);
  expect(gaps).toBeGreaterThan(0);
});
