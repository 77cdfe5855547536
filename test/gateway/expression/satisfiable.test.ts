import { matchesNoHeader } from '../../../lambda/gateway/expression/satisfiable';

test.each([
  ['text after the end', 'Bearer$.+'],
  ['text before the start', 'x^Bearer'],
  ['a blank at the start, which HTTP takes off', '^ Bearer .+$'],
  ['any white space at the start', '^\\s+Bearer'],
  ['a blank at the end', '^Bearer .+\\s$'],
  ['a line break', '^Bearer\\n'],
  ['each of its alternatives', '^(?:a^|$b)$'],
  ['text after the end of a word that ends the value', '^\\bBearer\\b$\\B.'],
])('no header value has %s', (_, expression) => {
  expect(matchesNoHeader(expression)).toBe(true);
});

test.each([
  ['an ordinary expression', '^Bearer [-0-9a-zA-Z._]*$'],
  ['an unanchored one', 'allow'],
  ['a blank that may be left out', '^ ?Bearer .+$'],
  ['a blank in the middle of an unanchored match', ' Bearer'],
  ['an empty value', '^$'],
  ['one alternative of several', '^(?:a^|Bearer .+)$'],
  ['a loop', '^(?:[a-z]+ )*[a-z]$'],
  ['a word', '^Bearer \\b\\w+\\b$'],
  ['the inside of a word', '^Bea\\Brer$'],
  ['syntax that is not covered', '(?<=x)y'],
])('some header value may have %s', (_, expression) => {
  expect(matchesNoHeader(expression)).toBe(false);
});
