import { compileExpression, type Program } from './program';

/** What a header value can consist of once HTTP has taken the white space off its ends. */
const HEADER_CHARS: readonly string[] = [
  '\t',
  ...Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => String.fromCharCode(0x20 + index)),
  ...Array.from({ length: 0xff - 0xa1 + 1 }, (_, index) => String.fromCharCode(0xa1 + index)),
];
const isBlank = (char: string): boolean => char === ' ' || char === '\t';

/** A place in the program, and what is known of the value so far. */
interface State {
  readonly step: number;
  /** No character stands before this place. */
  readonly first: boolean;
  /** No character may follow. */
  readonly ended: boolean;
  /** The character before can only be white space, which a value does not end with. */
  readonly afterBlank: boolean;
}

const nextOf = (program: Program, state: State): readonly State[] | 'match' => {
  const step = program[state.step];
  if (step === undefined) return 'match';
  const on = { ...state, step: state.step + 1 };
  switch (step.kind) {
    case 'split':
      return [
        { ...state, step: step.left },
        { ...state, step: step.right },
      ];
    case 'start':
      return state.first ? [on] : [];
    case 'end':
      return state.afterBlank ? [] : [{ ...on, ended: true }];
    case 'boundary':
    case 'no-boundary':
      return [on];
    case 'char': {
      if (state.ended) return [];
      const fitting = HEADER_CHARS.filter((char) => step.test(char));
      const [any] = state.first ? fitting.filter((char) => !isBlank(char)) : fitting;
      if (any === undefined) return [];
      return [{ ...on, first: false, afterBlank: fitting.every(isBlank) }];
    }
  }
};

/**
 * Can no header value match the expression, not even in part (LAM-2)? `false` also where that could not be worked out: it errs towards
 * values that match.
 */
export const matchesNoHeader = (expression: string): boolean => {
  const program = compileExpression(expression);
  if (program === null) return false;
  const begin: State = { step: 0, first: true, ended: false, afterBlank: false };
  const stack: State[] = [begin, { ...begin, first: false }];
  const seen = new Set<string>();
  for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
    const key = `${state.step} ${state.first} ${state.ended} ${state.afterBlank}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const next = nextOf(program, state);
    if (next === 'match') return false;
    stack.push(...next);
  }
  return true;
};
