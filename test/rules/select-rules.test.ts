import { rulesForSelection, selectRules } from '../../lambda/rules/select-rules';
import stageInNoUsagePlan from '../../lambda/rules/api-keys/stage-in-no-usage-plan';
import type { Rule } from '../../lambda/rules/rule';

const named = (id: string, given: Partial<Rule> = {}): Rule =>
  ({ ...stageInNoUsagePlan, ...given, id }) as Rule;

const catalogue = [
  named('cognito/scope-undefined', { aliases: ['cognito/unknown-scope'] }),
  named('api-keys/stage-in-no-usage-plan'),
  named('cognito/user-pool-missing'),
];
const idsOf = (wanted: readonly string[]): unknown => {
  const selection = selectRules(catalogue, wanted);
  return 'rules' in selection ? selection.rules.map(({ id }) => id) : selection;
};

test.each([
  [
    'nothing',
    [],
    ['cognito/scope-undefined', 'api-keys/stage-in-no-usage-plan', 'cognito/user-pool-missing'],
  ],
  ['an id', ['cognito/user-pool-missing'], ['cognito/user-pool-missing']],
  ['a former id', ['cognito/unknown-scope'], ['cognito/scope-undefined']],
  ['a family', ['cognito/'], ['cognito/scope-undefined', 'cognito/user-pool-missing']],
  [
    'several, in the order of the catalogue',
    ['cognito/user-pool-missing', 'cognito/scope-undefined'],
    ['cognito/scope-undefined', 'cognito/user-pool-missing'],
  ],
])('takes %s', (_, wanted, ids) => {
  expect(idsOf(wanted)).toEqual(ids);
});

test.each([
  ['cognito/scope-undefind', 'cognito/scope-undefined'],
  ['scope-undefined', 'cognito/scope-undefined'],
  ['cognito', 'cognito/'],
  ['api-key/', 'api-keys/'],
  ['something-entirely-else', null],
])('says what %s was probably meant to be', (unknown, nearest) => {
  expect(idsOf(['cognito/scope-undefined', unknown])).toEqual({ unknown, nearest });
});

test('a selection of APIs leaves out what compares all of them', () => {
  const shared = named('edge/domain-without-route', { scope: 'account' });
  expect(rulesForSelection([...catalogue, shared], true)).toEqual(catalogue);
  expect(rulesForSelection([shared], false)).toEqual([shared]);
});
