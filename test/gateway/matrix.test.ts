import { matrixOf } from '../../lambda/gateway/matrix';
import { deploymentsOf } from '../../lambda/model/deployment';
import { valueOr } from '../../lambda/model/known';
import { shop } from '../explain/support';
import { expectGolden } from '../support/golden';
import { account, custom, denied, method, restApi } from '../support/build';

const rowsOf = ({ restApis, ...shared }: ReturnType<typeof account>) =>
  valueOr(restApis, []).flatMap((api) =>
    valueOr(api.stages, []).flatMap((stage) =>
      deploymentsOf(api, stage).flatMap((deployment) => matrixOf(deployment, shared)),
    ),
  );

const others = account({
  restApis: [
    restApi('others', {
      methods: [
        custom('GET', '/function', 'gone'),
        method('GET', '/unread', { authorizationType: denied('GetExport') }),
        method('GET', '/future', { authorizationType: 'PASSKEY' }),
      ],
    }),
  ],
});

test('who gets in with which token, and why not', () => {
  const rows = [shop, others].flatMap(rowsOf);
  expectGolden('matrix/rows.json', `${JSON.stringify(rows, null, 2)}\n`);
});
