import { execFileSync } from 'node:child_process';
import { commandLines, filled } from '../../lambda/alert/lines';

const run = (text: string): string => execFileSync('/bin/sh', ['-c', text], { encoding: 'utf8' });

test('fills lines of 72 columns under the first word', () => {
  expect(filled('1. ', 'word '.repeat(30).trim())).toEqual([
    `1. ${'word '.repeat(14).trim()}`,
    `   ${'word '.repeat(14).trim()}`,
    '   word word',
  ]);
});

test('breaks a word that is too long, never a link and never a character', () => {
  expect(filled('   ', 'x'.repeat(100)).map((line) => line.length)).toEqual([72, 34]);
  expect(filled('', `https://example.com/${'x'.repeat(100)}`)).toHaveLength(1);
  for (const line of filled('', '😀'.repeat(128))) expect(line).not.toMatch(/\p{Cs}/u);
});

test.each([
  [`printf '%s|' one 'two  words' ${'plain '.repeat(20)}`],
  [`printf '%s|' ${Array.from({ length: 9 }, (_, index) => `'{"n":${index},"q":"a b"}'`).join(' ')}`],
  [`printf '%s|' 'it'"'"'s' "a \\"b\\" c" back\\ slash ${'x'.repeat(90)}`],
])('a broken command does what the whole one does: %s', (command) => {
  const lines = commandLines('     ', command);
  expect(lines.length).toBeGreaterThan(1);
  expect(run(lines.join('\n'))).toBe(run(command));
});
