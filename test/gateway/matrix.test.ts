import { matrixOf } from '../../lambda/gateway/matrix';
import { deploymentsOf } from '../../lambda/model/deployment';
import { valueOr } from '../../lambda/model/known';
import { shop } from '../explain/support';
import { expectGolden } from '../support/golden';
import {
  account,
  appClient,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  guarded,
  machineClient,
  method,
  poolArn,
  restApi,
  userPool,
} from '../support/build';

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

const POOL = 'eu-west-1_Pets';
const undefinedPool = 'arn:aws:cognito-idp:eu-west-1:222233334444:userpool/${stageVariables.pool}';
const pets = userPool(POOL, {
  resourceServers: [{ identifier: 'shop', scopeNames: ['read'] }],
  clients: [machineClient('job', ['shop/read'])],
});
const read = guarded('GET', '/pets', 'auth', ['shop/read']);
const behind = (
  given: Parameters<typeof restApi>[1] = {},
  shared: Parameters<typeof account>[0] = {},
): ReturnType<typeof account> =>
  account({
    restApis: [
      restApi('shop', {
        methods: [read],
        authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)])],
        ...given,
      }),
    ],
    userPools: [pets],
    ...shared,
  });

/** The cells of what the stage serves: `GET /pets access-token: job true, what is said`. */
const cellsOf = (given: ReturnType<typeof account>): readonly string[] =>
  rowsOf(given)
    .slice(0, rowsOf(given).length / 2)
    .flatMap(({ method: label, requires, callers }) => {
      const cells = callers.map(
        ({ clientName, admitted, because }) => `${clientName} ${String(admitted)}, ${because}`,
      );
      return [`${label} ${requires}`, ...cells];
    });

const carried = 'job true, The token carries shop/read.';

test.each<[string, ReturnType<typeof account>, readonly string[]]>([
  ['a client that gets in', behind(), ['GET /pets access-token', carried]],
  [
    'a pool that two authorizers name',
    behind({
      authorizers: [
        cognitoAuthorizer('auth', [poolArn(POOL), poolArn(POOL)]),
        cognitoAuthorizer('other', [poolArn(POOL)]),
      ],
    }),
    ['GET /pets access-token', carried],
  ],
  [
    'pools that are gone, unread or not named, of another authorizer',
    behind(
      {
        authorizers: [
          cognitoAuthorizer('other', [poolArn('eu-west-1_Gone'), poolArn('eu-west-1_Shut'), undefinedPool]),
          cognitoAuthorizer('auth', [poolArn(POOL)]),
        ],
      },
      {
        userPools: [
          pets,
          deletedPool('eu-west-1_Gone'),
          { arn: poolArn('eu-west-1_Shut'), pool: denied('DescribeUserPool') },
        ],
      },
    ),
    ['GET /pets access-token', carried],
  ],
  [
    'authorizers that could not be read',
    behind({ authorizers: denied('GetExport') }),
    ['GET /pets access-token'],
  ],
  [
    'pools that could not be read',
    behind({}, { userPools: denied('ListUserPools') }),
    ['GET /pets access-token'],
  ],
  ['methods that could not be read', behind({ methods: denied('GetExport') }), []],
  [
    'a method whose authorizer is not there',
    behind({ methods: [guarded('GET', '/pets', 'gone', ['shop/read'])] }),
    [
      'GET /pets access-token',
      'job false, The method names an authorizer that does not exist in this deployment.',
    ],
  ],
  [
    'a stage that nothing leads to, which is said where the token would do',
    behind({ disableExecuteApiEndpoint: true, methods: [read, guarded('GET', '/id', 'auth')] }),
    [
      'GET /pets access-token',
      'job false, The default endpoint is disabled, and no custom domain leads to this stage.',
      'GET /id id-token',
      'job false, The method has no authorization scopes, so it takes ID tokens only, and this is an access token.',
    ],
  ],
  [
    'a policy that could not be read, which is said where the token would do',
    behind({
      policy: denied('GetExport'),
      methods: [read, guarded('GET', '/id', 'auth'), custom('GET', '/function', 'auth')],
    }),
    [
      'GET /pets access-token',
      'job cannot-tell, the resource policy could not be read',
      'GET /id id-token',
      'job false, The method has no authorization scopes, so it takes ID tokens only, and this is an access token.',
      'GET /function lambda-authorizer',
      "job cannot-tell, The Lambda authorizer's function decides.",
    ],
  ],
  [
    'a stage that nothing leads to and a policy that could not be read',
    behind({
      disableExecuteApiEndpoint: true,
      policy: denied('GetExport'),
      methods: [custom('GET', '/f', 'auth')],
    }),
    [
      'GET /f lambda-authorizer',
      'job false, The default endpoint is disabled, and no custom domain leads to this stage.',
    ],
  ],
  [
    'methods of which too little was read',
    behind(
      {
        methods: [
          method('GET', '/type', { authorizationType: denied('GetExport') }),
          method('GET', '/key', { apiKeyRequired: denied('GetExport') }),
          { ...guarded('GET', '/scopes', 'auth'), scopes: denied('GetExport') },
          method('GET', '/future', { authorizationType: 'PASSKEY' }),
        ],
      },
      {
        userPools: [
          userPool(POOL, { clients: [appClient('web', { explicitAuthFlows: ['REFRESH_TOKEN'] })] }),
        ],
      },
    ),
    ['GET /type cannot-tell', 'GET /key cannot-tell', 'GET /scopes cannot-tell', 'GET /future cannot-tell'],
  ],
  [
    'methods that want no token',
    behind({
      methods: [
        method('GET', '/open'),
        method('GET', '/keyed', { apiKeyRequired: true }),
        method('GET', '/signed', { authorizationType: 'AWS_IAM' }),
      ],
    }),
    [
      'GET /open none',
      'job true, The method asks for no authorization.',
      'GET /keyed api-key',
      'job false, Stage prod is in no usage plan.',
      'GET /signed iam',
      'job false, The method wants a Signature Version 4 signature, not a token.',
    ],
  ],
])('%s', (_, given, cells) => {
  expect(cellsOf(given)).toEqual(cells);
});
