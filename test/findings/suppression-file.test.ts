import { baseline, readSuppressions } from '../../lambda/findings/suppression-file';
import { suppress } from '../../lambda/findings/suppression';
import { finding } from '../support/findings';

const ENTRY = { rule: 'cors/*', subject: '*', reason: 'known', owner: 'team', until: '2026-12-31' };
const yaml = (entry: object): string => JSON.stringify({ suppressions: [ENTRY, entry] });

test('reads a list', () => {
  const text = `suppressions:\n  - rule: cors/* # a family\n    subject: '*'\n    reason: known\n    owner: team\n    until: 2026-12-31\n`;
  expect(readSuppressions(text)).toEqual([ENTRY]);
  expect(readSuppressions('')).toEqual([]);
});

test.each([
  [yaml({ ...ENTRY, owner: undefined }), 'entry 2, owner: is missing'],
  [yaml({ ...ENTRY, reason: ' ' }), 'entry 2, reason: must not be empty'],
  [yaml({ ...ENTRY, until: 7 }), 'entry 2, until: must be text'],
  [yaml({ ...ENTRY, ownr: 'x' }), 'entry 2: "ownr" is no field'],
  ['- rule: x', 'must hold "suppressions:" and a list'],
  ['suppressions: x', 'suppressions: must be a list'],
  ['suppressions: [', 'line 1: not YAML'],
])('%j is refused by entry and field', (text, words) => {
  expect(() => readSuppressions(text)).toThrow(words);
});

test('a malformed date is read, and counts as expired', () => {
  const [one] = readSuppressions(yaml({ ...ENTRY, until: 'soon' })).slice(1);
  const report = suppress([finding('shop')], one === undefined ? [] : [one], Date.parse('2026-01-01'));
  expect(report.expired).toEqual([one]);
});

test('a baseline accepts what it was made of, once for each rule and subject', () => {
  const open = [finding('shop'), finding('pets'), { ...finding('shop'), id: 'other key' }];
  const terms = { owner: 'team: "a"', reason: 'before\nus', until: '2026-12-31' };
  const read = readSuppressions(baseline(open, terms));
  expect(read).toHaveLength(2);
  expect(read[0]).toMatchObject(terms);
  expect(suppress(open, read, Date.parse('2026-12-31T23:00:00Z')).reported).toEqual([]);
});
