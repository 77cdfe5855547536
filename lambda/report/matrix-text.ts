import type { MatrixCaller, MatrixRow } from '../gateway/matrix';
import { oneLine } from './escape';
import { wrap, type TextLook } from './text';
import { shortList } from './words';

const REQUIRES: Readonly<Record<MatrixRow['requires'], string>> = {
  none: 'nothing',
  iam: 'a signature (AWS_IAM)',
  'api-key': 'an API key',
  'id-token': 'an ID token',
  'access-token': 'an access token',
  'lambda-authorizer': 'what its Lambda authorizer wants',
  'cannot-tell': 'cannot tell',
};

const MARKS = { yes: '✓', no: '✗', unsure: '?' } as const;

const answerOf = ({ admitted }: MatrixCaller): keyof typeof MARKS =>
  admitted === 'cannot-tell' ? 'unsure' : admitted ? 'yes' : 'no';

interface Group {
  readonly row: MatrixRow;
  readonly methods: string[];
}

/** Rows of one stage that say the same of every caller stand together. */
const groupRows = (rows: readonly MatrixRow[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = JSON.stringify([row.restApiId, row.stage, row.requires, row.scopes, row.callers]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { row, methods: [row.method] });
    else group.methods.push(row.method);
  }
  return [...groups.values()];
};

interface Line {
  readonly answer: keyof typeof MARKS;
  readonly token: string;
  readonly because: string;
  readonly callers: string[];
}

/** Callers with one answer for one reason share a line. */
const groupCallers = (callers: readonly MatrixCaller[]): readonly Line[] => {
  const found = new Map<string, Line>();
  for (const caller of callers) {
    const answer = answerOf(caller);
    const token = caller.token === 'id' ? 'ID token' : 'access token';
    const because = answer === 'yes' ? '' : caller.because;
    const key = JSON.stringify([answer, token, because]);
    const line = found.get(key);
    const name = `${caller.clientId} by ${caller.flow}`;
    if (line === undefined) found.set(key, { answer, token, because, callers: [name] });
    else line.callers.push(name);
  }
  return [...found.values()];
};

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
  let place = '';
  for (const { row, methods } of groupRows(rows)) {
    const here = `${row.restApiId} stage ${row.stage}`;
    if (here !== place) {
      if (place !== '') out.push('');
      out.push(colors.bold(oneLine(here)));
      place = here;
    }
    prose(shortList(methods, MOST_METHODS), '  ');
    const scopes = row.scopes.length === 0 ? '' : ` with one of ${row.scopes.join(', ')}`;
    prose(`takes ${REQUIRES[row.requires]}${scopes}`, '    ');
    for (const { answer, token, because, callers } of groupCallers(row.callers)) {
      const reason = because === '' ? '' : `: ${because}`;
      prose(
        `${token} of ${shortList(callers, MOST_CALLERS)}${reason}`,
        '      ',
        `    ${paint[answer](MARKS[answer])} `,
      );
    }
  }
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
};
