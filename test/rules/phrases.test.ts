import { agree, listMethods, listNames, nearest, plural, quote } from '../../lambda/rules/phrases';

describe('phrases', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  ])('lists %j', (names, sentence) => {
    expect(listNames(names)).toBe(sentence);
  });

  test('names methods by verb and path', () => {
    const methods = [1, 2, 3, 4, 5].map((n) => ({ verb: 'GET', path: `/${n}` }));
    expect(listMethods(methods)).toBe('GET /1, GET /2 and 3 more');
    expect(listMethods(methods, 5)).toBe('GET /1, GET /2, GET /3, GET /4 and GET /5');
  });

  test('counts', () => {
    expect([plural(1, 'method'), plural(2, 'method'), plural(0, 'key')]).toEqual([
      '1 method',
      '2 methods',
      '0 keys',
    ]);
    expect([agree(1, 'needs', 'need'), agree(2, 'needs', 'need')]).toEqual(['needs', 'need']);
    expect(quote('gold')).toBe('"gold"');
  });

  test.each([
    ['prod', ['prd', 'staging'], 'prd'],
    ['orders/read', ['order/read', 'orders/write'], 'order/read'],
    ['Prod', ['prod'], 'prod'],
    ['orders/read', ['orders/reads', 'orders/read'], 'orders/reads'],
    ['orders/raed', ['orders/write', 'orders/read'], 'orders/read'],
    ['v1', ['staging'], null],
    ['orders/read', ['billing/admin'], null],
    ['x', [], null],
    ['abc', ['xyzabc'], null],
    ['xyzabc', ['abc'], null],
    ['orders', ['orders12', 'orders1'], 'orders1'],
    ['orders', ['orders1', 'orders12'], 'orders1'],
    ['ab', ['abc', 'abd'], 'abc'],
  ])('takes %s of %j for %s', (name, candidates, meant) => {
    expect(nearest(name, candidates)).toBe(meant);
  });
});
