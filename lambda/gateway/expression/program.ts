import type { CharTest, Node } from './parse';

type Step =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'no-boundary' | 'match' }
  /** Goes on at either place. */
  | { readonly kind: 'split'; left: number; right: number };

export type Program = readonly Step[];

/** Bounds the work of a match to this times the length of the value. */
const MAX_STEPS = 1000;

class TooLarge extends Error {}

const emit = (node: Node, out: Step[]): void => {
  if (out.length > MAX_STEPS) throw new TooLarge();
  switch (node.kind) {
    case 'all':
      for (const part of node.parts) emit(part, out);
      return;
    case 'any': {
      const exits: { left: number; right: number }[] = [];
      for (const [index, option] of node.options.entries()) {
        const last = index === node.options.length - 1;
        const split = { kind: 'split' as const, left: out.length + 1, right: 0 };
        if (!last) out.push(split);
        emit(option, out);
        if (last) continue;
        const exit = { kind: 'split' as const, left: 0, right: 0 };
        out.push(exit);
        exits.push(exit);
        split.right = out.length;
      }
      for (const exit of exits) exit.left = exit.right = out.length;
      return;
    }
    case 'repeat': {
      for (let times = 0; times < node.least; times += 1) emit(node.of, out);
      if (node.most === Infinity) {
        const split = { kind: 'split' as const, left: out.length + 1, right: 0 };
        const top = out.length;
        out.push(split);
        emit(node.of, out);
        out.push({ kind: 'split', left: top, right: top });
        split.right = out.length;
        return;
      }
      for (let times = node.least; times < node.most; times += 1) {
        const split = { kind: 'split' as const, left: out.length + 1, right: 0 };
        out.push(split);
        emit(node.of, out);
        split.right = out.length;
      }
      return;
    }
    case 'char':
    case 'start':
    case 'end':
    case 'boundary':
    case 'no-boundary':
      out.push(node);
  }
};

/** `null` when it would be too large to run within bounds. */
export const compile = (node: Node): Program | null => {
  const out: Step[] = [];
  try {
    emit(node, out);
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
  out.push({ kind: 'match' });
  return out.length > MAX_STEPS ? null : out;
};

const isWordAt = (text: string, at: number): boolean => /^[A-Za-z0-9_]$/.test(text[at] ?? ' ');

const holds = (kind: 'start' | 'end' | 'boundary' | 'no-boundary', text: string, at: number): boolean => {
  if (kind === 'start') return at === 0;
  if (kind === 'end') return at === text.length;
  const boundary = isWordAt(text, at - 1) !== isWordAt(text, at);
  return kind === 'boundary' ? boundary : !boundary;
};

/** Buffers of one run: a value has thousands of characters, and each would cost new ones. */
class Walk {
  /** Position, from 1, at which a step was last reached. */
  private readonly reached: Int32Array;
  private readonly stack: number[] = [];
  /** Steps that wait for a character at the position last settled. */
  readonly waiting: number[] = [];

  constructor(
    private readonly program: Program,
    private readonly text: string,
  ) {
    this.reached = new Int32Array(program.length);
  }

  /** Follows all that needs no character; true: a match ends at the position. */
  settle(from: readonly number[], at: number): boolean {
    const { program, text, reached, stack, waiting } = this;
    let matched = false;
    waiting.length = 0;
    for (const step of from) stack.push(step);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const step = program[next];
      if (step === undefined || reached[next] === at + 1) continue;
      reached[next] = at + 1;
      switch (step.kind) {
        case 'char':
          waiting.push(next);
          break;
        case 'match':
          matched = true;
          break;
        case 'split':
          stack.push(step.left, step.right);
          break;
        case 'start':
        case 'end':
        case 'boundary':
        case 'no-boundary':
          if (holds(step.kind, text, at)) stack.push(next + 1);
      }
    }
    return matched;
  }
}

/** Runs in time linear in the value. `whole`: the match must span all of it. */
export const run = (program: Program, text: string, whole: boolean): boolean => {
  const walk = new Walk(program, text);
  const from: number[] = [0];
  for (let at = 0; at <= text.length; at += 1) {
    const matched = walk.settle(from, at);
    if (matched && (!whole || at === text.length)) return true;
    const char = text[at];
    if (char === undefined) return false;
    from.length = 0;
    for (const index of walk.waiting) {
      const step = program[index];
      if (step?.kind === 'char' && step.test(char)) from.push(index + 1);
    }
    if (!whole) from.push(0);
    else if (from.length === 0) return false;
  }
  return false;
};
