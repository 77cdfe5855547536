import type { MatrixRow } from '../gateway/matrix';
import { oneLine } from './escape';
import { matrixPlaces, takesWords } from './matrix-groups';
import { wrap, type TextLook } from './text';
import { shortList } from './words';

const MARKS = { yes: '✓', no: '✗', unsure: '?' } as const;

const MOST_METHODS = 8;
const MOST_CALLERS = 6;

/** The access matrix for a terminal: equal rows stand together, and every refusal has its reason. */
export const matrixText = (rows: readonly MatrixRow[], look: TextLook): string => {
  const width = Math.min(Math.max(look.width, 60), 120);
  const { colors } = look;
  const paint = { yes: colors.green, no: colors.red, unsure: colors.yellow };
  const out: string[] = [];
  const prose = (text: string, indent: string, first = indent): void => {
    for (const [index, line] of wrap(oneLine(text), width - indent.length).entries()) {
      out.push(`${index === 0 ? first : indent}${line}`);
    }
  };
  for (const [index, { api, stage, groups }] of matrixPlaces(rows).entries()) {
    if (index > 0) out.push('');
    out.push(colors.bold(oneLine(`${api} stage ${stage}`)));
    for (const { row, methods, lines } of groups) {
      prose(shortList(methods, MOST_METHODS), '  ');
      prose(`takes ${takesWords(row)}`, '    ');
      for (const { answer, token, because, callers } of lines) {
        const reason = because === '' ? '' : `: ${because}`;
        prose(
          `${token} of ${shortList(callers, MOST_CALLERS)}${reason}`,
          '      ',
          `    ${paint[answer](MARKS[answer])} `,
        );
      }
    }
  }
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
};
