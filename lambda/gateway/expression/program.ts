import { isWord, parseExpression, Unsupported, type CharTest, type Node } from './parse';

type Anchor = 'start' | 'end' | 'boundary' | 'no-boundary';

type Step =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: Anchor }
  /** Goes on at either place. */
  | { readonly kind: 'split'; left: number; right: number };

/** A match is where the steps end. */
export type Program = readonly Step[];

const MAX_EXPRESSION = 2_000;
/** Bounds the work of a match to this times the length of the value. */
const MAX_STEPS = 1_000;

const write = (node: Node, out: Step[]): void => {
  const push = (step: Step): void => {
    if (out.length === MAX_STEPS) throw new Unsupported();
    out.push(step);
  };
  /** Writes steps with a way around them. */
  const optionally = (steps: () => void): void => {
    const split = { kind: 'split' as const, left: out.length + 1, right: 0 };
    push(split);
    steps();
    split.right = out.length;
  };
  switch (node.kind) {
    case 'all':
      for (const part of node.parts) write(part, out);
      return;
    case 'either': {
      const exit = { kind: 'split' as const, left: 0, right: 0 };
      optionally(() => {
        write(node.left, out);
        push(exit);
      });
      write(node.right, out);
      exit.left = exit.right = out.length;
      return;
    }
    case 'repeat': {
      for (let times = 0; times < node.least; times += 1) write(node.of, out);
      if (node.most === Infinity) {
        const top = out.length;
        optionally(() => {
          write(node.of, out);
          push({ kind: 'split', left: top, right: top });
        });
        return;
      }
      for (let times = node.least; times < node.most; times += 1) optionally(() => write(node.of, out));
      return;
    }
    case 'char':
    case 'start':
    case 'end':
    case 'boundary':
    case 'no-boundary':
      push(node);
  }
};

/** `null` where it uses syntax that is not covered, or would be too large to run within bounds. */
export const compileExpression = (expression: string): Program | null => {
  if (expression.length > MAX_EXPRESSION) return null;
  const out: Step[] = [];
  try {
    write(parseExpression(expression), out);
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
  return out;
};

const holds = (kind: Anchor, text: string, at: number): boolean => {
  if (kind === 'start') return at === 0;
  if (kind === 'end') return at === text.length;
  const boundary = isWord(text.charAt(at - 1)) !== isWord(text.charAt(at));
  return kind === 'boundary' ? boundary : !boundary;
};

/** Runs in time linear in the value. `whole`: the match must span all of it. */
export const run = (program: Program, text: string, whole: boolean): boolean => {
  /** Position, from 1, at which a step was last reached. */
  const reached = new Int32Array(program.length);
  // The same two lists for each character: a value has thousands.
  let here = [0];
  let next: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const char = text.charAt(at);
    for (let place = here.pop(); place !== undefined; place = here.pop()) {
      const step = program[place];
      if (step === undefined) {
        if (!whole || at === text.length) return true;
        continue;
      }
      if (reached[place] === at + 1) continue;
      reached[place] = at + 1;
      if (step.kind === 'split') here.push(step.left, step.right);
      else if (step.kind !== 'char') {
        if (holds(step.kind, text, at)) here.push(place + 1);
      } else if (step.test(char)) next.push(place + 1);
    }
    if (!whole) next.push(0);
    [here, next] = [next, here];
  }
  return false;
};
