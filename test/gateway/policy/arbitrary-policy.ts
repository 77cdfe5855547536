import * as fc from 'fast-check';

export const ADDRESSES = [
  '10.0.0.1',
  '192.168.1.1',
  '203.0.113.7',
  '203.0.114.1',
  '8.8.8.8',
  '100.64.0.1',
  '198.51.100.9',
];
const BLOCKS = [
  '10.0.0.0/8',
  '203.0.113.0/24',
  '203.0.113.7',
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '192.168.0.0/16',
  '198.51.100.8/29',
];
export const AGENTS = ['app', 'curl/8', 'other'];
export const ENDPOINTS = ['vpce-1', 'vpce-2'];

export const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);
const listOf = <T>(...items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(some(...items), { minLength: 1, maxLength: 3 });

const condition = fc.oneof(
  fc.tuple(
    some('IpAddress', 'NotIpAddress', 'IpAddressIfExists'),
    fc.constant('aws:SourceIp'),
    listOf(...BLOCKS),
  ),
  fc.tuple(
    some('StringLike', 'StringNotLike', 'StringEquals', 'StringNotEqualsIfExists'),
    fc.constant('aws:UserAgent'),
    listOf('app', 'curl*', '*'),
  ),
  fc.tuple(
    some('StringEquals', 'StringNotEquals', 'StringEqualsIfExists'),
    some('aws:SourceVpce', 'AWS:sourcevpce'),
    listOf(...ENDPOINTS),
  ),
  fc.tuple(
    fc.constant('Null'),
    some('aws:SourceVpce', 'aws:UserAgent', 'aws:PrincipalOrgID'),
    listOf('true', 'false'),
  ),
  fc.tuple(some('StringEquals', 'StringNotEquals'), fc.constant('aws:PrincipalOrgID'), listOf('o-1')),
  fc.tuple(
    some('DateLessThan', 'DateGreaterThan'),
    fc.constant('aws:CurrentTime'),
    listOf('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
  ),
  fc.tuple(fc.constant('Bool'), fc.constant('aws:SecureTransport'), listOf('true', 'false')),
);

export const statement = fc
  .record({
    Effect: some('Allow', 'Allow', 'Deny'),
    Principal: some<unknown>('*', '*', { AWS: '*' }, { AWS: 'arn:aws:iam::222233334444:role/x' }),
    Action: some<unknown>('execute-api:Invoke', '*', 'execute-api:InvalidateCache'),
    Resource: some<unknown>(
      '*',
      'execute-api:/*',
      'execute-api:/prod/GET/*',
      'execute-api:/prod/GET/pets/7',
      'execute-api:/*/POST/*',
      ['execute-api:/dev/*', 'execute-api:/prod/*/pets/*'],
    ),
    conditions: fc.array(condition, { maxLength: 3 }),
  })
  .map(({ conditions, ...rest }) => {
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const [operator, key, values] of conditions) block[operator] = { ...block[operator], [key]: values };
    return conditions.length === 0 ? rest : { ...rest, Condition: block };
  });

export const statements = fc.array(statement, { maxLength: 5 });
