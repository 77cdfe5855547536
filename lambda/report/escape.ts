/**
 * Names, policies and values come from accounts that other people write to. Each format escapes them where it prints them: what must
 * not reach a terminal, a spreadsheet, a browser or a Markdown renderer is shown, not swallowed.
 */

// Control, format (zero-width, bidirectional, tags) and separator characters, halves of surrogate pairs, and two that XML forbids.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const shown = (character: string): string => {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
};

/** One line that a terminal shows as it is: control, bidirectional and invisible characters are written out. */
export const oneLine = (text: string): string => text.replaceAll(UNSAFE, shown);

/** A command as it is, or `null` when it holds characters that must not be shown: changed, it would do something else. */
export const pasteable = (command: string): string | null => (oneLine(command) === command ? command : null);

/** What stands in place of a command that is not. */
export const UNSHOWN = 'The command holds characters that cannot be shown; the JSON result has it.';

/** As `oneLine`, but keeps line breaks: for commands of several lines. */
export const lines = (text: string): string => text.split('\n').map(oneLine).join('\n');

/** Element content and quoted attributes of HTML and XML; also free of the characters that XML 1.0 forbids. */
export const markup = (text: string): string =>
  lines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Inline text of GitHub Markdown: nothing in it links, mentions, styles or opens a tag. */
export const markdown = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~]/g, String.raw`\$&`)
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':&#47;&#47;')
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`);

/** A code span that its content cannot leave, in table cells too. */
export const codeSpan = (text: string): string => {
  const content = oneLine(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
};

/** A fenced code block that its content cannot leave. */
export const codeBlock = (text: string, language: string): string => {
  const content = lines(text);
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
};

/** A quoted CSV cell (RFC 4180) that no spreadsheet takes for a formula. */
export const csvCell = (text: string): string => {
  const content = lines(text);
  const safe = /^\s*[=+\-@\t\r|]/.test(content) ? `'${content}` : content;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** Plain text of a SARIF message: brackets would make embedded links (SARIF 2.1.0, 3.11.6). */
export const sarifText = (text: string): string => oneLine(text).replaceAll(/[\\[\]]/g, String.raw`\$&`);

const unicodeEscape = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

/** JSON that means the same and shows every invisible character as an escape. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replaceAll(UNSAFE, unicodeEscape))
    .join('\n')}\n`;
