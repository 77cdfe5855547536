import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allCases, FACTS } from './covered';

const GATEWAY = path.join(__dirname, '..', '..', '..', 'lambda', 'gateway');

const ids = new Set(FACTS.map(({ id }) => id));
const held = new Set(allCases().map(({ fact }) => fact));

test('every fact has a case, or says why it has none', () => {
  expect(FACTS.filter(({ id, uncovered }) => uncovered === undefined && !held.has(id))).toEqual([]);
});

test('what has a case does not say that it has none', () => {
  expect(FACTS.filter(({ id, uncovered }) => uncovered !== undefined && held.has(id))).toEqual([]);
});

test('cases and gates rest on facts of the list', () => {
  const cited = readdirSync(GATEWAY, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap(
      (name) => readFileSync(path.join(GATEWAY, name), 'utf8').match(/(?<=')[A-Z]{3}-\d+[a-z]?(?=')/g) ?? [],
    );
  expect(cited.length).toBeGreaterThan(100);
  expect([...new Set([...cited, ...held])].filter((id) => !ids.has(id))).toEqual([]);
});

test('no fact stands twice', () => {
  expect(ids.size).toBe(FACTS.length);
});
