import { evaluateCondition } from '../../../lambda/gateway/policy/conditions/condition';
import type { KeyValue } from '../../../lambda/gateway/policy/keys';
import type { Truth } from '../../../lambda/gateway/policy/truth';

/** The operator, what the policy has, what the call has, and whether it holds. */
type Row = readonly [string, readonly string[], KeyValue, Truth];

const holdAll = (rows: readonly Row[], withVariables: boolean): void =>
  test.each(rows)('%s %j of %j: %s', (operator, values, given, holds) => {
    const keys = new Map<string, KeyValue>([
      ['k', given],
      ['aws:username', ['Bob']],
    ]);
    expect(evaluateCondition({ operator, key: 'k', values }, keys, withVariables)).toBe(holds);
  });

const LAMBDA = 'arn:aws:lambda:eu-west-1:222233334444';
const USER = 'arn:aws:iam::222233334444:user';

describe('keys of several values (IAM user guide, multivalued context keys)', () => {
  holdAll(
    [
      ['StringEquals', ['a'], ['a', 'c'], true],
      ['StringNotEquals', ['a'], ['a', 'c'], false],
      ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
      ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
      ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
      ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
      ['ForAnyValue:StringEquals', ['a'], ['c', 'a'], true],
      ['ForAnyValue:StringEquals', ['a'], ['c', 'd'], false],
      ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], true],
      ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
    ],
    true,
  );
});

describe('presence', () => {
  holdAll(
    [
      ['Null', ['true'], 'absent', true],
      ['Null', ['FALSE'], ['x'], true],
      ['Null', ['true', 'false'], ['x'], true],
      ['Null', ['true'], 'unknown', 'unknown'],
      ['Null', ['false'], 'unknown', 'unknown'],
      ['Null', ['maybe'], ['x'], 'unknown'],
      ['ForAllValues:Null', ['true'], ['x'], 'unknown'],
      ['NullIfExists', ['true'], ['x'], 'unknown'],
      ['Sounds', ['true'], ['x'], 'unknown'],
    ],
    true,
  );
});

describe('values', () => {
  holdAll(
    [
      ['StringEqualsIgnoreCase', ['Shop'], ['sHOP'], true],
      ['StringEqualsIgnoreCase', ['s*'], ['shop'], false],
      ['NumericEquals', ['5'], ['5.0'], true],
      ['NumericEquals', ['5'], ['6'], false],
      ['NumericEquals', ['5'], ['five'], 'unknown'],
      ['NumericEquals', ['five'], ['5'], 'unknown'],
      ['NumericLessThanEquals', ['5'], ['5'], true],
      ['NumericLessThanEquals', ['5'], ['6'], false],
      ['DateEquals', ['1767225600'], ['2026-01-01T00:00:00Z'], true],
      ['DateEquals', ['2026-01-01'], ['1767225600'], true],
      ['DateLessThan', ['2026'], ['2025-01-01T00:00:00Z'], 'unknown'],
      ['BinaryEquals', ['QUJD'], ['QUJD'], true],
      ['BinaryEquals', ['QUJD'], ['QUJE'], false],
      ['BinaryEquals', ['!QUJD'], ['!QUJD'], 'unknown'],
      ['BinaryEquals', ['QUJD!'], ['QUJD!'], 'unknown'],
      ['IpAddress', ['10.0.0.0/8'], ['10.1.2.3'], true],
      ['IpAddress', ['10.0.0.0/8'], ['nowhere'], 'unknown'],
    ],
    true,
  );
});

describe('ARNs, part by part', () => {
  holdAll(
    [
      ['ArnLike', [`${LAMBDA}:function:pay*`], [`${LAMBDA}:function:payments:live`], true],
      ['ArnLike', [`${LAMBDA}:function*`], [`${LAMBDA}:function:payments:live`], true],
      ['ArnEquals', ['arn:aws:*:*:222233334444:*'], [`${LAMBDA}:function:payments`], true],
      // The star of one part reaches into no other.
      ['ArnLike', ['arn:aws:lambda:*:222233334444:x'], [`${LAMBDA}:y:222233334444:x`], false],
      ['ArnLike', [`${LAMBDA}:a:b`], [`${LAMBDA}:ab`], false],
      ['ArnLike', ['*'], ['pets'], true],
      ['ArnLike', ['arn:aws:*:*:*:*'], ['pets'], false],
      ['ArnLike', ['nra:aws:lambda:*:*:*'], [`${LAMBDA}:x`], 'unknown'],
      ['ArnLike', ['arn:aws:lambda'], [`${LAMBDA}:x`], 'unknown'],
    ],
    true,
  );
});

describe('variables', () => {
  holdAll(
    [
      ['StringEquals', ['${aws:username}'], ['Bob'], true],
      ['StringEquals', ['${aws:username}'], ['Ann'], false],
      ['StringEqualsIgnoreCase', ['${aws:username}'], ['BOB'], true],
      ['StringEqualsIgnoreCase', ['${aws:username}'], ['ANN'], false],
      // What the name stands for may hold colons, which would move the parts of an ARN.
      ['ArnLike', [`${USER}/\${aws:username}`], [`${USER}/Bob`], 'unknown'],
      ['ArnLike', [`${USER}/\${aws:username}`], [`${USER}/Ann`], false],
      ['ArnLike', [`${USER}/Bob`], [`${USER}/Bob`], true],
    ],
    true,
  );
});

describe('variables are letters in policies of version 2008-10-17', () => {
  holdAll(
    [
      ['StringEquals', ['${aws:username}'], ['Bob'], false],
      ['StringEqualsIgnoreCase', ['${aws:username}'], ['${AWS:USERNAME}'], true],
      ['ArnLike', [`${USER}/\${aws:username}`], [`${USER}/\${aws:username}`], true],
      ['ArnLike', [`${USER}/\${aws:username}`], [`${USER}/Bob`], false],
    ],
    false,
  );
});
