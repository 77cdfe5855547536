import { examplePath, route, takesCalls } from '../../lambda/gateway/route';

const methods = (...labels: readonly string[]) =>
  labels.map((label) => {
    const [verb = '', path = ''] = label.split(' ');
    return { verb, path };
  });

/** Recorded on AWS or measured there: RTE-1, RTE-2, MIS-5 to MIS-8, MSG-8. */
const cases: readonly {
  readonly when: string;
  readonly api: readonly string[];
  readonly call: string;
  readonly takes: string | null;
}[] = [
  {
    when: 'a literal wins over a parameter and a proxy',
    api: ['GET /{proxy+}', 'GET /{id}', 'GET /pets'],
    call: 'GET /pets',
    takes: 'GET /pets',
  },
  {
    when: 'a parameter wins over a proxy',
    api: ['GET /{proxy+}', 'GET /{id}'],
    call: 'GET /7',
    takes: 'GET /{id}',
  },
  {
    when: 'a parameter sibling takes the verb that the literal lacks',
    api: ['POST /pets', 'GET /{id}', 'GET /{proxy+}'],
    call: 'GET /pets',
    takes: 'GET /{id}',
  },
  {
    when: 'the proxy takes the verb that nothing nearer serves',
    api: ['POST /admin', 'ANY /{proxy+}'],
    call: 'GET /admin',
    takes: 'ANY /{proxy+}',
  },
  {
    when: 'a literal branch that leads nowhere is left again',
    api: ['GET /pets/list', 'GET /{kind}/{id}'],
    call: 'GET /pets/7',
    takes: 'GET /{kind}/{id}',
  },
  {
    when: 'the deeper proxy is the nearer one',
    api: ['GET /{proxy+}', 'GET /a/{proxy+}'],
    call: 'GET /a/b/c',
    takes: 'GET /a/{proxy+}',
  },
  {
    when: 'an own verb wins over ANY on the same resource',
    api: ['ANY /pets', 'GET /pets'],
    call: 'GET /pets',
    takes: 'GET /pets',
  },
  {
    when: 'ANY on the literal wins over the verb on a parameter',
    api: ['GET /{id}', 'ANY /pets'],
    call: 'GET /pets',
    takes: 'ANY /pets',
  },
  { when: 'a proxy does not match its parent', api: ['ANY /{proxy+}'], call: 'GET /', takes: null },
  { when: 'a nested proxy does not match its parent', api: ['ANY /a/{proxy+}'], call: 'GET /a', takes: null },
  { when: 'paths are case sensitive', api: ['GET /Pets'], call: 'GET /pets', takes: null },
  { when: 'HEAD is not served by GET', api: ['GET /pets'], call: 'HEAD /pets', takes: null },
  { when: 'slashes at the end do not count', api: ['GET /pets'], call: 'GET /pets//', takes: 'GET /pets' },
  {
    when: 'a doubled first slash does not count',
    api: ['GET /pets'],
    call: 'GET //pets',
    takes: 'GET /pets',
  },
  { when: 'a parameter takes exactly one segment', api: ['GET /{id}'], call: 'GET /a/b', takes: null },
  { when: 'the root has its own method', api: ['GET /', 'ANY /{proxy+}'], call: 'GET /', takes: 'GET /' },
  { when: 'nothing fits an empty API', api: [], call: 'GET /', takes: null },
];

test.each(cases)('$when', ({ api, call, takes }) => {
  const [verb = '', path = ''] = call.split(' ');
  const taken = route(methods(...api), verb, path);
  expect(taken === null ? null : `${taken.verb} ${taken.path}`).toBe(takes);
  const reversed = route(methods(...api.toReversed()), verb, path);
  expect(reversed).toEqual(taken);
});

test('an example path is taken by its own template', () => {
  for (const template of ['/', '/pets', '/pets/{id}', '/{proxy+}', '/a/{b}/{c+}']) {
    expect(route([{ verb: 'GET', path: template }], 'GET', examplePath(template))?.path).toBe(template);
  }
});

const EVERY = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

test.each([
  [
    'ANY beside methods for every verb takes none (RTE-1)',
    'ANY /pets',
    EVERY.map((verb) => `${verb} /pets`),
    false,
  ],
  [
    'ANY beside all but OPTIONS takes that',
    'ANY /pets',
    EVERY.slice(0, -1).map((verb) => `${verb} /pets`),
    true,
  ],
  ['methods of another path leave ANY alone', 'ANY /pets', EVERY.map((verb) => `${verb} /cats`), true],
  [
    'a greedy ANY is crowded out on its own path too',
    'ANY /{proxy+}',
    EVERY.map((verb) => `${verb} /{proxy+}`),
    false,
  ],
  [
    'a parameter beside any number of literals takes the rest',
    'GET /{id}',
    ['GET /a', 'GET /b', 'GET /x-1'],
    true,
  ],
  [
    'a greedy path takes what is deeper than its siblings',
    'GET /{proxy+}',
    ['GET /a', 'ANY /a/b', 'GET /{id}'],
    true,
  ],
  [
    'a greedy path takes the verbs that a deeper one lacks',
    'ANY /{proxy+}',
    ['GET /{id}', 'GET /{id}/{proxy+}'],
    true,
  ],
  [
    'parameter and greedy path below it take all',
    'GET /{proxy+}',
    ['GET /{id}', 'ANY /{id}/{proxy+}'],
    false,
  ],
  [
    'so does what serves each depth up to one that takes the rest',
    'GET /a/{proxy+}',
    ['ANY /a/{x}', 'GET /a/{x}/{y}', 'GET /a/{x}/{y}/{proxy+}'],
    false,
  ],
  ['a depth that nothing serves is left', 'GET /a/{proxy+}', ['ANY /a/{x}', 'GET /a/{x}/{y}/{proxy+}'], true],
  ['the root takes its own', 'GET /', ['ANY /{proxy+}'], true],
])('takes calls: %s', (_, label, others, takes) => {
  const all = methods(...others, label);
  expect(all.slice(-1).map((one) => takesCalls(all, one))).toEqual([takes]);
});
