import { examplePath, route } from '../../lambda/gateway/route';

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
