import type { Variables } from '../glob';
import type { Condition } from '../parse';
import { keyValue, type ContextKeys, type KeyValue } from '../keys';
import { all, any, not, type Truth } from '../truth';
import { negation, OPERATORS } from './operators';

interface Written {
  readonly set: 'ForAllValues' | 'ForAnyValue' | null;
  readonly name: string;
  readonly ifExists: boolean;
}

const SHAPE = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

export const readOperator = (operator: string): Written | null => {
  const match = SHAPE.exec(operator);
  if (match === null) return null;
  const [, set, name = '', ifExists] = match;
  return {
    set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : null,
    name,
    ifExists: ifExists !== undefined,
  };
};

/** Null: `"true"` asks that the key be absent, `"false"` that it be there (POL-26). */
const isNull = (values: readonly string[], value: KeyValue): Truth => {
  if (value === 'unknown') return 'unknown';
  return any(
    values.map((wanted): Truth => {
      const lower = wanted.toLowerCase();
      return lower === 'true' ? value === 'absent' : lower === 'false' ? value !== 'absent' : 'unknown';
    }),
  );
};

export const variablesIn =
  (keys: ContextKeys): Variables =>
  (name) => {
    const value = keyValue(keys, name);
    return typeof value === 'string' || value.length !== 1 ? null : (value[0] ?? null);
  };

/**
 * One condition in a request context. On an absent key a positive operator is false (POL-24), a negative one true (POL-25),
 * `…IfExists` true (POL-26); ForAllValues holds of nothing, ForAnyValue of nothing does not. What AWS would refuse to save, an
 * operator it does not have or an empty list under a negation, is unknown.
 */
export const evaluateCondition = (condition: Condition, keys: ContextKeys, withVariables: boolean): Truth => {
  const written = readOperator(condition.operator);
  if (written === null) return 'unknown';
  const value = keyValue(keys, condition.key);
  if (written.name === 'Null') {
    return written.set === null && !written.ifExists ? isNull(condition.values, value) : 'unknown';
  }
  const operator = OPERATORS.get(written.name);
  if (operator === undefined || value === 'unknown') return 'unknown';
  if (condition.values.length === 0 && operator.negated) return 'unknown';
  if (value === 'absent') {
    // Whether IfExists still counts behind ForAnyValue is not documented.
    if (written.set === 'ForAnyValue') return written.ifExists ? 'unknown' : false;
    return written.set === 'ForAllValues' || written.ifExists || operator.negated;
  }
  const variables = withVariables ? variablesIn(keys) : null;
  const fits = (given: string): Truth =>
    any(condition.values.map((wanted) => operator.compare(wanted, given, variables)));
  if (written.set === 'ForAllValues') return all(value.map((given) => negation(operator, fits(given))));
  if (written.set === 'ForAnyValue') return any(value.map((given) => negation(operator, fits(given))));
  const matched = any(value.map(fits));
  return operator.negated ? not(matched) : matched;
};

export const evaluateConditions = (
  conditions: readonly Condition[],
  keys: ContextKeys,
  withVariables: boolean,
): Truth => all(conditions.map((condition) => evaluateCondition(condition, keys, withVariables)));
