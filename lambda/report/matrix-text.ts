import type { MatrixCaller, MatrixRow } from '../gateway/matrix';
import { oneLine } from './escape';
import {
  answerOf,
  matrixPlaces,
  nameOf,
  takesWords,
  tokenOf,
  type Answered,
  type MatrixPlace,
} from './matrix-groups';
import { wrap, type TextLook } from './text';
import { shortList } from './words';

const MARKS: Readonly<Record<Answered, string>> = { yes: '✓', no: '✗', unsure: '?' };

const MOST_METHODS = 8;
const MOST_CALLERS = 6;
/** A mark and the number of its reason. */
const CELL = 4;
/** What is left for the methods, whatever the number of columns. */
const LEAST_ROOM = 36;

/** Callers who meet the same answer, for the same reason, at every method of a stage. */
interface Column {
  readonly token: string;
  readonly callers: string[];
  /** One for each group of methods. */
  readonly cells: readonly MatrixCaller[];
}

const reasonOf = (cell: MatrixCaller): string => (answerOf(cell) === 'yes' ? '' : cell.because);

const columnsOf = ({ groups }: MatrixPlace): readonly Column[] => {
  const found = new Map<string, Column>();
  for (const [index, caller] of (groups[0]?.row.callers ?? []).entries()) {
    const cells = groups.flatMap(({ row }) => row.callers[index] ?? []);
    const token = tokenOf(caller);
    const name = nameOf(caller);
    const key = JSON.stringify([token, cells.map((cell) => [answerOf(cell), reasonOf(cell)])]);
    const column = found.get(key);
    if (column === undefined) found.set(key, { token, callers: [name], cells });
    else column.callers.push(name);
  }
  return [...found.values()];
};

/** `A` to `Z`, then `AA` and on. */
const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);

/** Reasons by their numbers, in the order in which they are met. */
const numbered = (columns: readonly Column[], groups: number): ReadonlyMap<string, number> => {
  const numbers = new Map<string, number>();
  for (let group = 0; group < groups; group += 1) {
    for (const { cells } of columns) {
      const cell = cells[group];
      const reason = cell === undefined ? '' : reasonOf(cell);
      if (reason !== '' && !numbers.has(reason)) numbers.set(reason, numbers.size + 1);
    }
  }
  return numbers;
};

const placeLines = (place: MatrixPlace, width: number, { colors }: TextLook): readonly string[] => {
  const paint = { yes: colors.green, no: colors.red, unsure: colors.yellow };
  const columns = columnsOf(place);
  const reasons = numbered(columns, place.groups.length);
  const out: string[] = [];
  const hang = (head: string, taken: number, text: string): void => {
    for (const [index, line] of wrap(oneLine(text), width - taken).entries()) {
      out.push(`${index === 0 ? head : ' '.repeat(taken)}${line}`);
    }
  };
  const most = Math.max(1, Math.floor((width - LEAST_ROOM) / CELL));
  for (let from = 0; from === 0 || from < columns.length; from += most) {
    const shown = columns.slice(from, from + most);
    const taken = 2 + shown.length * CELL;
    const letters = shown.map((_, index) => letterOf(from + index).padEnd(CELL)).join('');
    if (shown.length > 0) out.push(`  ${colors.bold(letters.trimEnd())}`);
    for (const [group, { row, methods }] of place.groups.entries()) {
      const cells = shown.map((column) => {
        const cell = column.cells[group];
        if (cell === undefined) return ' '.repeat(CELL);
        const answer = answerOf(cell);
        const text = `${MARKS[answer]}${String(reasons.get(reasonOf(cell)) ?? '')}`;
        return paint[answer](text) + ' '.repeat(Math.max(1, CELL - text.length));
      });
      hang(`  ${cells.join('')}`, taken, shortList(methods, MOST_METHODS));
      hang(' '.repeat(taken + 2), taken + 2, `takes ${takesWords(row)}`);
    }
  }
  for (const [index, { token, callers }] of columns.entries()) {
    const head = `  ${letterOf(index).padEnd(CELL)}`;
    hang(colors.bold(head), head.length, `${token} of ${shortList(callers, MOST_CALLERS)}`);
  }
  for (const [reason, number] of reasons) {
    const head = `  ${String(number).padEnd(CELL)}`;
    hang(
      head,
      head.length,
      `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}${reason.endsWith('.') ? '' : '.'}`,
    );
  }
  return out;
};

/**
 * The access matrix for a terminal: for each stage a grid of methods by callers, equal ones together, then who the callers are and why
 * they are refused.
 */
export const matrixText = (rows: readonly MatrixRow[], look: TextLook): string => {
  const width = Math.min(Math.max(look.width, 60), 120);
  const places = matrixPlaces(rows).map((place) =>
    [look.colors.bold(oneLine(`${place.api} stage ${place.stage}`)), ...placeLines(place, width, look)].join(
      '\n',
    ),
  );
  return places.length === 0 ? '' : `${places.join('\n\n')}\n`;
};
