import { Collation } from '../../lambda/findings/collate';
import type { Raised } from '../../lambda/findings/raised';
import stageInNoUsagePlan from '../../lambda/rules/api-keys/stage-in-no-usage-plan';
import type { Flag } from '../../lambda/rules/verdict';

const raised = (given: Partial<Flag>, of: Raised['of'] = 'stage'): Raised => ({
  rule: stageInNoUsagePlan,
  of,
  flag: {
    kind: 'flag',
    subject: { arn: 'arn:one', label: 'one', region: 'eu-west-1' },
    affected: [{ restApiId: 'shop', stage: 'prod', method: 'GET /a' }],
    message: 'first words',
    evidence: [],
    fix: [{ step: 'Deploy.', commands: ['aws one'] }],
    ...given,
  },
});

const collate = (...all: readonly Raised[]) => {
  const collation = new Collation();
  collation.add(all);
  return collation.findings();
};

test('one cause in two stages is one finding with the methods and the commands of both', () => {
  const [finding, ...others] = collate(
    raised({}),
    raised({
      affected: [{ restApiId: 'shop', stage: 'dev', method: 'GET /a' }],
      fix: [{ step: 'Deploy.', commands: ['aws one', 'aws two'] }],
    }),
  );
  expect(others).toEqual([]);
  expect(finding?.affected.map(({ stage }) => stage)).toEqual(['prod', 'dev']);
  expect(finding?.affectedCount).toBe(2);
  expect(finding?.fix).toEqual([{ step: 'Deploy.', commands: ['aws one', 'aws two'] }]);
});

test('its identity does not hang on its words', () => {
  const [left] = collate(raised({ message: 'some words' }));
  const [right] = collate(raised({ message: 'other words' }));
  expect(left?.id).toBe(right?.id);
  expect(left?.id).toMatch(/^[0-9a-f]{16}$/);
});

test('another subject or another key is another finding', () => {
  const subject = { arn: 'arn:two', label: 'two', region: 'eu-west-1' };
  expect(collate(raised({}), raised({ subject }), raised({ key: 'scope' }))).toHaveLength(3);
});

test('a fault met now stands before the same fault in the draft, whatever the order', () => {
  const draft = raised({ message: 'draft', affected: [] }, 'draft');
  const now = raised({ message: 'now' });
  for (const findings of [collate(draft, now), collate(now, draft)]) {
    expect(findings.map(({ message, when }) => [message, when])).toEqual([['now', 'now']]);
  }
  expect(collate(draft)[0]?.when).toBe('after-next-deployment');
});

test('the stronger reach leads and decides the severity', () => {
  const [finding] = collate(raised({ reach: 'possible', message: 'weak' }), raised({ message: 'strong' }));
  expect(finding).toMatchObject({ reach: 'every-call', severity: 'error', message: 'strong' });
});

test('the order of findings does not hang on the order of reading', () => {
  const all = ['b', 'a', 'c'].map((name) =>
    raised({
      subject: { arn: `arn:${name}`, label: name, region: 'eu-west-1' },
      reach: name === 'c' ? 'every-call' : 'possible',
    }),
  );
  const labels = collate(...all).map(({ subject }) => subject.label);
  expect(labels).toEqual(['c', 'a', 'b']);
  expect(collate(...all.toReversed()).map(({ subject }) => subject.label)).toEqual(labels);
});
