import { catalogue } from '../../lambda/rules/catalogue';
import { readLoops } from '../emulator/loop-kit/read-loops';
import { WITHOUT_LOOP } from './without-loop';

const rules = catalogue.map(({ id }) => id);
const shown = new Set(readLoops().map(({ rule }) => rule));

test('each rule has a loop, or a reason why no call shows it', () => {
  expect(rules.filter((rule) => !shown.has(rule) && !(rule in WITHOUT_LOOP))).toEqual([]);
  expect(rules.filter((rule) => shown.has(rule) && rule in WITHOUT_LOOP)).toEqual([]);
});

test('loops and reasons are about rules of the catalogue', () => {
  const named = [...shown, ...Object.keys(WITHOUT_LOOP)].filter((rule) => rule !== null);
  expect(named.filter((rule) => !rules.includes(rule))).toEqual([]);
});
