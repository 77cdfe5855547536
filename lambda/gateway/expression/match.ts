import { compileExpression, run } from './program';

export type ExpressionMatch = 'matches' | 'differs' | 'cannot-tell';

/** Longer than any header that API Gateway takes (MIS-20). */
const MAX_VALUE = 10_240;
/** Steps of the program times characters of the value: a token of 10,000 characters leaves 30 steps, one of 2,000 leaves 150. */
const MAX_WORK = 300_000;

/**
 * Does an identity validation expression accept a value (COG-13, LAM-2)? Expressions come from the account, so they run in an engine
 * whose time is linear in the value, never in a backtracking one. `cannot-tell`: syntax that it lacks, sizes beyond its bounds, or an
 * expression that matches only a part of the value, as AWS does not say whether that is enough.
 */
export const matchExpression = (expression: string, value: string): ExpressionMatch => {
  const program = compileExpression(expression);
  if (program === null || value.length > MAX_VALUE) return 'cannot-tell';
  if (program.length * value.length > MAX_WORK) return 'cannot-tell';
  if (run(program, value, true)) return 'matches';
  return run(program, value, false) ? 'cannot-tell' : 'differs';
};
