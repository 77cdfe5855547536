import { emptyMatrix, joinMatrices, MatrixRoom, type MatrixState } from '../../lambda/matrix-room';
import type { CollectedApi } from '../../lambda/source';
import {
  account,
  cognitoAuthorizer,
  guarded,
  method,
  poolArn,
  restApi,
  stage,
  userPool,
  webClient,
} from '../support/build';

/** An API of so many open methods on one stage; each is one cell, as no app client has a part in it. */
const apiOf = (name: string, methods: number): CollectedApi => {
  const paths = Array.from({ length: methods }, (_, index) => method('GET', `/${index}`));
  const api = restApi(name, { stages: [stage('prod', { methods: paths })] });
  return { api, shared: account({ restApis: [api] }) };
};

const filled = (room: number, ...apis: readonly CollectedApi[]): MatrixState => {
  const matrix = new MatrixRoom(emptyMatrix(room));
  for (const one of apis) matrix.add(one);
  return matrix.state();
};

const shownIn = ({ rows }: MatrixState): readonly string[] => [
  ...new Set(rows.map(({ restApiName }) => restApiName)),
];

test('takes APIs whole as long as there is room, also after one that does not fit, and counts the rest', () => {
  const matrix = filled(7, apiOf('a', 4), apiOf('b', 9), apiOf('c', 3), apiOf('d', 1));
  expect(shownIn(matrix)).toEqual(['a', 'c']);
  expect(matrix).toMatchObject({ leftOut: { apis: 2, methods: 10 }, room: 0 });
  expect(matrix.rows).toHaveLength(7);
});

/** An API of so many methods, each of which three app clients could call. */
const crowdedApi = (name: string, methods: number): CollectedApi => {
  const pool = 'eu-west-1_Shop';
  const paths = Array.from({ length: methods }, (_, index) => guarded('GET', `/${index}`, 'shop'));
  const served = { methods: paths, authorizers: [cognitoAuthorizer('shop', [poolArn(pool)])] };
  const api = restApi(name, { stages: [stage('prod', served)] });
  const clients = ['a', 'b', 'c'].map((one) => webClient(one, ['openid']));
  return { api, shared: account({ restApis: [api], userPools: [userPool(pool, { clients })] }) };
};

test('counts each caller, and halves the room with each API that it works out for nothing', () => {
  const one = filled(100, crowdedApi('a', 2));
  const callers = one.rows[0]?.callers ?? [];
  expect(callers.length).toBeGreaterThan(2);
  const cells = 2 * (1 + callers.length);
  expect(one.room).toBe(100 - cells);
  const none = filled(cells - 1, crowdedApi('a', 2), crowdedApi('b', 2));
  expect(none).toMatchObject({
    rows: [],
    leftOut: { apis: 2, methods: 4 },
    room: Math.floor(Math.floor((cells - 1) / 2) / 2),
  });
});

test('goes on from its state as if it had not stopped', () => {
  const half = new MatrixRoom(filled(7, apiOf('a', 4), apiOf('b', 9)));
  half.add(apiOf('c', 3));
  half.add(apiOf('d', 1));
  expect(half.state()).toEqual(filled(7, apiOf('a', 4), apiOf('b', 9), apiOf('c', 3), apiOf('d', 1)));
});

test('of several regions, all rows and all that is left out', () => {
  const joined = joinMatrices([filled(2, apiOf('a', 2)), filled(2, apiOf('b', 3)), filled(0, apiOf('c', 1))]);
  expect(joined.rows.map(({ restApiName }) => restApiName)).toEqual(['a', 'a']);
  expect(joined.leftOut).toEqual({ apis: 2, methods: 4 });
});
