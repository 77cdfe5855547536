const SAFE = /[A-Za-z0-9_@%+=:,./-]/;

/**
 * The words of a simple command as a POSIX shell sees them; nothing is expanded.
 *
 * @throws Error where an unquoted character means something to the shell, or a quote stays open.
 */
export const shellWords = (command: string): readonly string[] => {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < command.length; at += 1) {
    const char = command.charAt(at);
    if (char === ' ') {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'" || char === '"') {
      const end = command.indexOf(char, at + 1);
      if (end === -1) throw new Error(`a quote stays open: ${command.slice(at)}`);
      word = (word ?? '') + command.slice(at + 1, end);
      at = end;
    } else if (SAFE.test(char)) word = (word ?? '') + char;
    else throw new Error(`${char} stands unquoted: ${command.slice(at)}`);
  }
  return word === null ? words : [...words, word];
};

/** A call inside a printed line: without `NAME=$(…)` around it and `> file` after it. */
export const callOf = (line: string): string => {
  const inner = /^[A-Z_]+=\$\((.*)\)$/s.exec(line)?.[1] ?? line;
  return inner.replace(/ > [a-z-]+\.json$/, '');
};
