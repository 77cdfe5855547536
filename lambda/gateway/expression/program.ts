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

/** All steps that wait for a character at a position, and whether a match ends there. */
const settle = (program: Program, from: Iterable<number>, text: string, at: number) => {
  const seen = new Uint8Array(program.length);
  const waiting: number[] = [];
  let matched = false;
  const stack = [...from];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const step = program[next];
    if (step === undefined || seen[next] === 1) continue;
    seen[next] = 1;
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
  return { waiting, matched };
};

/** Runs in time linear in the value. `whole`: the match must span all of it. */
export const run = (program: Program, text: string, whole: boolean): boolean => {
  let from: number[] = [0];
  for (let at = 0; at <= text.length; at += 1) {
    const { waiting, matched } = settle(program, from, text, at);
    if (matched && (!whole || at === text.length)) return true;
    const char = text[at];
    if (char === undefined) return false;
    from = waiting.flatMap((index) => {
      const step = program[index];
      return step?.kind === 'char' && step.test(char) ? [index + 1] : [];
    });
    if (!whole) from.push(0);
    else if (from.length === 0) return false;
  }
  return false;
};
