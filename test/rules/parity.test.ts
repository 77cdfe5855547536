import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../../lambda/rules/catalogue';
import type { Rule } from '../../lambda/rules/rule';
import ids from '../fixtures/rule-ids.json';

const ROOT = path.join(__dirname, '..', '..');

/** `family/fault` of every file one folder below this one. */
const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: family }) =>
      readdirSync(path.join(ROOT, folder, family))
        .filter((name) => name.endsWith(ending))
        .map((name) => `${family}/${name.slice(0, -ending.length)}`),
    )
    .sort();

const inCatalogue = catalogue.map(({ id }) => id).sort();

/** What every page says, in this order. */
const HEADINGS = [
  'What the caller sees',
  'Why',
  'Fix',
  'Example',
  'When it stays silent',
  'When it cannot tell',
  'Permissions it needs',
  'Sources',
];

/** Without the marks of Markdown. */
const words = (text: string): string => text.replaceAll(/[\\`]/g, '');

/** Families of the facts that rules rest on. */
const FACT = /^(?:ORD|MSG|COG|CLI|LAM|KEY|POL|PRV|DOM|DEP|RTE|CRS|GWR|IAM|MIS|WAF|TST)-[1-9]\d*$/;
const SOURCE = /^https:\/\/(?:docs\.aws\.amazon\.com|repost\.aws)\/\S+$/;

describe('every rule', () => {
  test('is in the catalogue once, and has a file of its name', () => {
    expect(inCatalogue).toEqual(namesIn('lambda/rules', '.ts'));
    expect(new Set(inCatalogue).size).toBe(inCatalogue.length);
  });

  test('has the id that other tools know it by, at the reach they were told', () => {
    expect(Object.fromEntries(catalogue.map(({ id, reach }) => [id, reach]))).toEqual(ids);
  });

  test('has a page, and every page has a rule', () => {
    expect(namesIn('docs/rules', '.md')).toEqual(inCatalogue);
  });

  test('does not take the former id of another', () => {
    const former = catalogue.flatMap(({ aliases = [] }) => aliases);
    expect(former.filter((id) => inCatalogue.includes(id))).toEqual([]);
    expect(new Set(former).size).toBe(former.length);
  });
});

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('comes from the file that its id names', () => {
    const { default: inFile } = require(path.join(ROOT, 'lambda', 'rules', `${id}.ts`)) as { default: Rule };
    expect(inFile).toBe(rule);
  });

  test('is tested by a table that the page is made of', () => {
    const file = path.join(ROOT, 'test', 'rules', `${id}.test.ts`);
    expect(existsSync(file)).toBe(true);
    const table = readFileSync(file, 'utf8');
    expect(table).toContain(`import rule from '../../../lambda/rules/${id}';`);
    expect(table).toContain('export default ruleTable(rule, {');
  });

  test('has a page under its title, with all its parts', () => {
    const page = readFileSync(path.join(ROOT, 'docs', 'rules', `${id}.md`), 'utf8');
    expect(words(page.split('\n', 1)[0] ?? '')).toBe(words(`# ${rule.title}`));
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect(page).toContain('With the CDK:');
    for (const check of rule.scanners?.checks ?? []) expect(page).toContain(check.split(' ').at(-1));
  });

  test('states its fault as a fact', () => {
    expect(rule.title.length).toBeLessThanOrEqual(90);
    expect(rule.title).not.toMatch(/\bensure\b|\.$|^\s|\s$/i);
  });

  test('rests on pages of AWS and on known facts', () => {
    expect(rule.sources.filter((source) => !SOURCE.test(source))).toEqual([]);
    expect(rule.facts.filter((fact) => !FACT.test(fact))).toEqual([]);
    expect(new Set([...rule.sources, ...rule.facts]).size).toBe(rule.sources.length + rule.facts.length);
  });
});
