import pc from 'picocolors';
import { matrixRows } from '../../lambda/matrix-rows';
import { openSandbox } from '../../lambda/cli/open-sandbox';
import { VERBS } from '../../lambda/gateway/policy/verbs';
import { matrixOf, type MatrixCaller, type MatrixRow } from '../../lambda/gateway/matrix';
import { deploymentsOf } from '../../lambda/model/deployment';
import { explainText } from '../../lambda/report/explain-text';
import { matrixText } from '../../lambda/report/matrix-text';
import { account, method, restApi } from '../support/build';
import { expectGolden } from '../support/golden';
import { accessClaims, ask, HOST, idClaims, jwt, NOW, shop } from './support';

const look = { width: 80, colors: pc.createColors(false) };

const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

test('a refusal: the gates with a mark, the first that refuses, why, and what to do', () => {
  const text = explainText(ask({ url: `${HOST}/prod/pets`, token: jwt(accessClaims) }), look);
  expect(text).toContain('REFUSED with 401');
  expect(text).toContain('  ✓ Route            GET /pets is taken by GET /pets.');
  expect(text).toContain('  ✗ Authentication   The method has no authorization scopes');
  expect(text).toContain('  · API key          not reached');
  expect(text).toContain('Body: {"message":"Unauthorized"}');
  expect(text).toContain('What to do');
  expect(text).toMatch(/Postman's OAuth\s+helper/);
  expect(longest(text.split('What to do')[0] ?? '')).toBeLessThanOrEqual(80);
});

test('an admitted call', () => {
  const text = explainText(ask({ url: `${HOST}/prod/pets`, token: jwt(idClaims) }), look);
  expect(text).toContain('ADMITTED');
  expect(text).not.toContain('What to do');
  expect(text).toContain('was not verified');
});

test('control characters of a request are written out', () => {
  const text = explainText(ask({ url: `${HOST}/prod/open`, claims: { iss: 'a\u001b[31m\nb' } }), look);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('a\\u{1b}[31m\\nb');
});

const served = (of = shop) => {
  const { restApis, ...shared } = of;
  const [api] = restApis.state === 'known' ? restApis.value : [];
  const [stage] = api?.stages.state === 'known' ? api.stages.value : [];
  if (api === undefined || stage === undefined) throw new Error('the shop has an API and a stage');
  const [deployment] = deploymentsOf(api, stage);
  if (deployment === undefined) throw new Error('the stage serves something');
  return matrixOf(deployment, shared);
};

test('the matrix: who gets in with which token, and why not', () => {
  const rows = served();
  const cells = rows.flatMap(({ method, requires, callers }) =>
    callers.map(
      ({ flow, token, admitted }) => `${method} (${requires}) ${flow} ${token}: ${String(admitted)}`,
    ),
  );
  expect(cells).toEqual(
    expect.arrayContaining([
      'GET /open (none) sdk id: true',
      'GET /pets (id-token) sdk id: true',
      'GET /pets (id-token) sdk access: false',
      'GET /pets (id-token) code id: true',
      'POST /orders (access-token) sdk access: false',
      'POST /orders (access-token) code access: true',
      'POST /orders (access-token) code id: false',
      'GET /admin (iam) code access: false',
      'GET /keyed (api-key) sdk id: false',
    ]),
  );
  for (const caller of rows.flatMap(({ callers }) => callers)) expect(caller.because).not.toBe('');
});

test.each([60, 80, 120])('the matrix as text groups equal rows and fits %d columns', (width) => {
  const text = matrixText(served(), { ...look, width });
  expect(text).toContain('GET /pets and GET /pets/{id}');
  expect(text).toContain('takes an access token with one of shop/read');
  expect(text).toMatch(/A {3}ID token of web \(client-web\) by sdk and web\s+\(client-web\) by code/);
  expect(text).toMatch(/✗\d {2}✗\d {2}✓ {3}POST \/orders/);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    "The token carries none of the method's scopes (shop/read).",
  );
  expect(longest(text)).toBeLessThanOrEqual(width);
});

test('the matrix has no row for an ANY whose verbs all have methods of their own (RTE-1)', () => {
  const methods = ['ANY', ...VERBS].map((verb) => method(verb, '/pets'));
  const rowsOf = (some: typeof methods) =>
    served(account({ restApis: [restApi('crowd', { methods: some })] })).map((row) => row.method);
  expect(rowsOf(methods)).toEqual(VERBS.map((verb) => `${verb} /pets`));
  expect(rowsOf(methods.slice(0, -1))).toContain('ANY /pets');
});

test('more columns than fit stand in blocks below one another', () => {
  const [row] = served();
  const callers = Array.from({ length: 40 }, (_, index): MatrixCaller => ({
    userPoolId: 'pool',
    clientId: `client-${String(index)}`,
    clientName: `c${String(index)}`,
    flow: 'code',
    token: 'id',
    admitted: false,
    because: `reason ${String(index)}`,
  }));
  if (row === undefined) throw new Error('the matrix has rows');
  const text = matrixText([{ ...row, callers }], look);
  expect(text.split('GET /open').length - 1).toBe(4);
  expect(text).toContain('✗40');
  expect(text).toContain('  AN  ID token of c39 (client-39) by code');
  expect(longest(text)).toBeLessThanOrEqual(80);
});

test('the matrix of the sample account', async () => {
  const { sources, close } = await openSandbox({ region: [], api: [] }, () => NOW);
  const rows: MatrixRow[] = [];
  try {
    for (const source of sources) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- one region after the other
      for await (const item of source.apis(() => undefined)) {
        if (!('state' in item)) rows.push(...matrixRows(item));
      }
    }
  } finally {
    await close();
  }
  const text = matrixText(rows, look);
  expect(longest(text)).toBeLessThanOrEqual(80);
  expectGolden('matrix/sample.txt', text);
});
