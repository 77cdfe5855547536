import { readFileSync } from 'node:fs';
import path from 'node:path';
import ids from '../fixtures/rule-ids.json';
import { ruleFile, tableFile, withId, withRule } from '../../tools/new-rule';

const real = readFileSync(path.join(__dirname, '../../lambda/rules/catalogue.ts'), 'utf8');

test.each([
  [
    'one line',
    "import a from './x/a';\nimport type { Rule } from './rule';\n\nexport const c: readonly Rule[] = [a];\n",
    '[a, fooBar];\n',
  ],
  [
    'several lines',
    "import type { Rule } from './rule';\n\nexport const c: readonly Rule[] = [\n  a,\n  b,\n];\n",
    '  b,\n  fooBar,\n];\n',
  ],
  ['the catalogue as it is', real, 'fooBar'],
])('lists the rule last in a catalogue of %s', (_, catalogue, end) => {
  const changed = withRule(catalogue, 'family/foo-bar');
  expect(changed).toContain(end);
  expect(changed.split('fooBar')).toHaveLength(3);
  expect(changed).toContain("import fooBar from './family/foo-bar';\nimport type { Rule }");
});

test('refuses a catalogue that it does not understand', () => {
  expect(() => withRule('export const c = [a].map(f);', 'family/foo-bar')).toThrow(
    'does not end with its list',
  );
});

test('puts the id in its place among those that other tools know', () => {
  const written = withId(JSON.stringify(ids), 'authorizers/foo-bar');
  expect(JSON.parse(written)).toEqual({ ...ids, 'authorizers/foo-bar': 'every-call' });
  expect(written).toMatch(
    /authorizers\/authorizer-missing[^\n]*\n {2}"authorizers\/foo-bar": "every-call",\n/,
  );
});

test('writes a rule and a table of the same name', () => {
  expect(ruleFile('family/foo-bar')).toContain("id: 'family/foo-bar'");
  expect(tableFile('family/foo-bar')).toContain("from '../../../lambda/rules/family/foo-bar'");
});
