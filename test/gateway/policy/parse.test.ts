import { parsePolicy, statementLabel } from '../../../lambda/gateway/policy/parse';
import { allow, policy } from '../../support/build';
import { cpuTimeOf } from '../../support/cpu-time';

const faultOf = (text: string): string | null => {
  const parsed = parsePolicy(text);
  return parsed.kind === 'fault' ? parsed.because : null;
};

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'it is JSON, but not an object'],
  ['7', 'it is JSON, but not an object'],
  ['"text"', 'it is not JSON'],
  ['{"Version":"2012-10-17"}', 'it has no Statement'],
  [policy('text' as never), 'statement 1 is not an object'],
  [policy(allow(), allow({ Effect: 'deny' })), 'Effect of statement 2 is neither Allow nor Deny'],
  [policy(allow({ Sid: 7 })), 'Sid of statement 1 is not a text'],
  [policy(allow({ Action: 7 })), 'Action of statement 1 is neither a text nor a list of texts'],
  [policy(allow({ Resource: ['*', null] })), 'Resource of statement 1 is neither a text nor a list of texts'],
  [policy(allow({ NotResource: '*' })), 'statement 1 has both Resource and NotResource'],
  [policy(allow({ NotPrincipal: '*' })), 'statement 1 has both Principal and NotPrincipal'],
  [
    policy(allow({ Principal: 'arn:aws:iam::1:root' })),
    'Principal of statement 1 is neither "*" nor an object',
  ],
  [policy(allow({ Condition: [] })), 'Condition of statement 1 is not an object'],
  [policy(allow({ Condition: { Bool: 'true' } })), 'Condition.Bool of statement 1 is not an object'],
  [
    policy(allow({ Condition: { Bool: { x: {} } } })),
    'Condition.Bool.x of statement 1 holds something other than texts',
  ],
])('%s: %s', (text, because) => {
  expect(faultOf(text)).toBe(because);
});

test.each(['', '  ', '{}', ' { } '])('"%s" is no policy', (text) => {
  expect(parsePolicy(text)).toEqual({ kind: 'none' });
});

test('numbers and truth values in conditions are texts', () => {
  const parsed = parsePolicy(
    policy(allow({ Condition: { Bool: { k: true }, NumericEquals: { n: [5, '6'] } } })),
  );
  expect(parsed.kind === 'policy' && parsed.policy.statements[0]?.conditions).toEqual([
    { operator: 'Bool', key: 'k', values: ['true'] },
    { operator: 'NumericEquals', key: 'n', values: ['5', '6'] },
  ]);
});

test.each([
  [allow({ Comment: 'x' }), 'it has an element that policies do not have, "Comment"'],
  [allow({ Principal: undefined }), 'it names no Principal'],
  [allow({ Action: undefined }), 'it names no Action'],
  [allow({ Resource: undefined }), 'it names no Resource'],
  [allow(), null],
])('doubts %#', (statement, doubt) => {
  const parsed = parsePolicy(policy(statement));
  expect(parsed.kind === 'policy' && parsed.policy.statements[0]?.doubt).toBe(doubt);
});

test('deep nesting and great size end soon, in a fault', () => {
  const spent = cpuTimeOf(() => {
    expect(faultOf('['.repeat(100_000))).toBe('it is nested deeper than a policy can be');
    expect(faultOf(`{"Statement":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`)).toBe(
      'it is nested deeper than a policy can be',
    );
    expect(faultOf(' '.repeat(10) + 'x'.repeat(5_000_000))).toBe('it is 5000010 characters long');
  });
  expect(spent).toBeLessThan(2000);
});

test('ten thousand statements are read', () => {
  const text = JSON.stringify({ Statement: Array.from({ length: 10_000 }, () => allow()) });
  const spent = cpuTimeOf(() => {
    const parsed = parsePolicy(text);
    expect(parsed.kind === 'policy' && parsed.policy.statements.length).toBe(10_000);
  });
  expect(spent).toBeLessThan(10_000);
});

test('names like __proto__ stay plain names', () => {
  const parsed = parsePolicy(
    '{"__proto__":{"Statement":[]},"Statement":[{"Effect":"Allow","Principal":{"__proto__":"x"},"Action":"*","Resource":"*"}]}',
  );
  expect(parsed.kind === 'policy' && parsed.policy.statements[0]?.principal).toEqual({
    not: false,
    anyone: false,
    entries: [{ type: '__proto__', value: 'x' }],
  });
});

test('a statement is called by its place and Sid', () => {
  expect([statementLabel({ index: 0, sid: null }), statementLabel({ index: 1, sid: 'Office' })]).toEqual([
    'statement 1',
    'statement 2 (Office)',
  ]);
});
