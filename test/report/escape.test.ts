import {
  codeBlock,
  codeSpan,
  csvCell,
  lines,
  markdown,
  markup,
  oneLine,
  sarifText,
} from '../../lambda/report/escape';

test.each([
  ['an escape sequence', '\u001b[31m', '\\u{1b}[31m'],
  ['a C1 control', '\u009b31m', '\\u{9b}31m'],
  ['line breaks and tabs', 'a\nb\rc\td', 'a\\nb\\rc\\td'],
  ['a right-to-left override', 'a\u202eb', 'a\\u{202e}b'],
  ['isolates and marks', '\u2066\u200f\u061c', '\\u{2066}\\u{200f}\\u{61c}'],
  ['zero-width characters', '\u200b\ufeff\u2060', '\\u{200b}\\u{feff}\\u{2060}'],
  ['a line separator', '\u2028', '\\u{2028}'],
  ['a tag character', '\u{e0041}', '\\u{e0041}'],
  ['half of a pair', '\ud83d', '\\u{d83d}'],
  ['letters, emoji and combining marks', 'Grüße 注文 🎉 e\u0301', 'Grüße 注文 🎉 e\u0301'],
])('one line shows %s', (_, given, wanted) => {
  expect(oneLine(given)).toBe(wanted);
});

test('several lines keep their breaks only', () => {
  expect(lines('a\nb\r\u0007')).toBe('a\nb\\r\\u{7}');
});

test('markup opens no element and leaves no attribute', () => {
  expect(markup(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
});

test.each([
  ['a link', '[a](b)', String.raw`\[a\]\(b\)`],
  ['emphasis and tables', '*a* _b_ |c|', String.raw`\*a\* \_b\_ \|c\|`],
  ['a mention', '@team', '&#64;team'],
  ['an address that links by itself', 'https://x www.y', 'https:&#47;&#47;x www&#46;y'],
  ['an element', '<b>', '&lt;b&gt;'.replace('&gt;', '>')],
])('Markdown defuses %s', (_, given, wanted) => {
  expect(markdown(given)).toBe(wanted);
});

test('a code span outlasts the backticks in it', () => {
  expect(codeSpan('a``b')).toBe('```a``b```');
  expect(codeSpan('`a')).toBe('`` `a ``');
});

test('a code block outlasts the fence in it', () => {
  expect(codeBlock('```\nx', 'sh')).toBe('````sh\n```\nx\n````');
});

test.each(['=1', '+1', '-1', '@x', '  =1', '|x'])('a cell that begins with %j is text', (given) => {
  expect(csvCell(given)).toBe(`"'${given}"`);
});

test('a cell doubles its quotes', () => {
  expect(csvCell('a "b"')).toBe('"a ""b"""');
});

test('a SARIF message holds no embedded link', () => {
  expect(sarifText('[a](b) \\')).toBe(String.raw`\[a\](b) \\`);
});
