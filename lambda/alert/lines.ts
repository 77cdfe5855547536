/** Plain text of 72 columns, for mail readers that do not wrap. */
export const WIDTH = 72;

/** Words that stop working when cut. */
const WHOLE = /^(?:https?:\/\/|arn:)/;

const pieces = (word: string, width: number): readonly string[] => {
  if (word.length <= width || WHOLE.test(word)) return [word];
  const parts = [''];
  for (const character of word) {
    const last = parts.length - 1;
    const part = parts[last] ?? '';
    if (part.length + character.length > width) parts.push(character);
    else parts[last] = part + character;
  }
  return parts;
};

/** Fills lines with the words of `text`; the first line starts with `first`, the others with as many spaces. */
export const filled = (first: string, text: string): readonly string[] => {
  const indent = ' '.repeat(first.length);
  const words = text.split(' ').flatMap((word) => pieces(word, WIDTH - indent.length));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of words) {
    const longer = empty ? line + word : `${line} ${word}`;
    if (!empty && longer.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
    empty = false;
  }
  lines.push(line);
  return lines;
};

/** The words of a command of a POSIX shell, quoted parts whole. */
const shellWords = (command: string): readonly string[] =>
  command.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g) ?? [];

/** A command over several lines that can still be pasted: broken between words only, so a long word makes a long line. */
export const commandLines = (indent: string, command: string): readonly string[] => {
  const words = shellWords(command);
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of words) {
    const longer = empty ? line + word : `${line} ${word}`;
    if (!empty && longer.length + 2 > WIDTH) {
      lines.push(`${line} \\`);
      line = `${indent}  ${word}`;
    } else line = longer;
    empty = false;
  }
  lines.push(line);
  return lines;
};
