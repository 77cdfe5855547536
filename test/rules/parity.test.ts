import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../lambda/rules/catalogue';
import { GATES } from '../../lambda/gateway/gates';

const ROOT = path.join(__dirname, '..', '..');

/** `family/rule` of every file two folders below, such as `lambda/rules/cors/preflight-missing.ts`. */
const idsIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(path.join(ROOT, folder, name))
        .filter((file) => file.endsWith(ending))
        .map((file) => `${name}/${file.slice(0, -ending.length)}`),
    )
    .sort();

const ids = catalogue.map(({ id }) => id).sort();

test('every rule file is in the catalogue, under the name of its file, once', () => {
  expect(ids).toEqual(idsIn('lambda/rules', '.ts'));
});

test('every rule has a table of its own', () => {
  expect(
    idsIn('test/rules', '.test.ts').filter((id) => existsSync(path.join(ROOT, `lambda/rules/${id}.ts`))),
  ).toEqual(ids);
});

test('every rule has a page, and every page a rule', () => {
  expect(idsIn('docs/rules', '.md')).toEqual(ids);
});

test('the catalogue follows the gates in the order in which API Gateway asks them', () => {
  const gates = catalogue.map(({ gate }) => GATES.indexOf(gate));
  expect(gates).toEqual(gates.toSorted((left, right) => left - right));
});

test.each(catalogue.map((rule) => [rule.id, rule] as const))('%s keeps the laws of words', (_, rule) => {
  expect(rule.title.length).toBeLessThanOrEqual(90);
  expect(rule.title).not.toMatch(/\.$|^Ensure/);
  expect(rule.why).toMatch(/\.$/);
  for (const source of rule.sources) {
    expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|repost\.aws|fetch\.spec\.whatwg\.org)\//);
  }
  for (const fact of rule.facts) expect(fact).toMatch(/^[A-Z]{2,4}-\d+[a-z]?$/);
  expect(readFileSync(path.join(ROOT, `docs/rules/${rule.id}.md`), 'utf8')).toContain(rule.title);
});
