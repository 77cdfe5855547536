import { matrixOf } from '../../lambda/gateway/matrix';
import { VERBS } from '../../lambda/gateway/policy/verbs';
import { deploymentsOf } from '../../lambda/model/deployment';
import { valueOr } from '../../lambda/model/known';
import { shop } from '../explain/support';
import { expectGolden } from '../support/golden';
import {
  account,
  cognitoAuthorizer,
  custom,
  deletedPool,
  denied,
  guarded,
  lambdaAuthorizer,
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
    .flatMap(({ method: label, requires, scopes, callers }) => {
      const cells = callers.map(
        ({ clientName, admitted, because }) => `${clientName} ${String(admitted)}, ${because}`,
      );
      return [[label, requires, ...scopes].join(' '), ...cells];
    });

const carried = 'job true, The token carries shop/read.';

test.each<[string, ReturnType<typeof account>, readonly string[]]>([
  ['a client that gets in', behind(), ['GET /pets access-token shop/read', carried]],
  [
    'a pool that two authorizers name',
    behind({
      authorizers: [
        cognitoAuthorizer('auth', [poolArn(POOL), poolArn(POOL)]),
        cognitoAuthorizer('other', [poolArn(POOL)]),
      ],
    }),
    ['GET /pets access-token shop/read', carried],
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
    ['GET /pets access-token shop/read', carried],
  ],
  [
    'authorizers that could not be read',
    behind({ authorizers: denied('GetExport') }),
    ['GET /pets access-token shop/read'],
  ],
  [
    'pools that could not be read',
    behind({}, { userPools: denied('ListUserPools') }),
    ['GET /pets access-token shop/read'],
  ],
  ['methods that could not be read', behind({ methods: denied('GetExport') }), []],
  [
    'a method whose authorizer is not there',
    behind({ methods: [guarded('GET', '/pets', 'gone', ['shop/read'])] }),
    [
      'GET /pets access-token shop/read',
      'job false, The method names an authorizer that does not exist in this deployment.',
    ],
  ],
  [
    'a stage that nothing leads to, which is said where the token would do',
    behind({ disableExecuteApiEndpoint: true, methods: [read, guarded('GET', '/id', 'auth')] }),
    [
      'GET /pets access-token shop/read',
      'job false, The default endpoint is disabled, and no custom domain leads to this stage.',
      'GET /id id-token',
      'job false, The method has no authorization scopes, so it takes ID tokens only, and this is an access token.',
    ],
  ],
  [
    'a policy that could not be read, which is said where the token would do',
    behind({
      policy: denied('GetExport'),
      methods: [read, guarded('GET', '/id', 'auth'), custom('GET', '/function', 'fn')],
      authorizers: [cognitoAuthorizer('auth', [poolArn(POOL)]), lambdaAuthorizer('fn')],
    }),
    [
      'GET /pets access-token shop/read',
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
    behind({
      methods: [
        method('GET', '/type', { authorizationType: denied('GetExport') }),
        method('GET', '/key', { apiKeyRequired: denied('GetExport') }),
        { ...guarded('GET', '/scopes', 'auth'), scopes: denied('GetExport') },
        method('GET', '/future', { authorizationType: 'PASSKEY' }),
      ],
    }),
    [
      'GET /type cannot-tell',
      'job cannot-tell, GetExport was denied for the thing under test',
      'GET /key cannot-tell',
      'job cannot-tell, GetExport was denied for the thing under test',
      'GET /scopes cannot-tell',
      'job cannot-tell, Which token the method takes hangs on its scopes, and they could not be read: GetExport was denied for the thing under test.',
      'GET /future cannot-tell',
      'job cannot-tell, The authorization type PASSKEY is not known here.',
    ],
  ],
  [
    'an ANY that takes no call, as every verb has a method of its own',
    behind({
      methods: [
        method('ANY', '/pets'),
        ...VERBS.map((verb) => method(verb, '/pets', { authorizationType: 'AWS_IAM' })),
      ],
      authorizers: [],
    }),
    VERBS.map((verb) => `${verb} /pets iam`),
  ],
  [
    'a Lambda authorizer that refuses whatever is sent',
    behind({
      methods: [custom('GET', '/pets', 'fn')],
      authorizers: [
        cognitoAuthorizer('auth', [poolArn(POOL)]),
        lambdaAuthorizer('fn', { identitySources: ['method.request.cookie.session'] }),
      ],
    }),
    [
      'GET /pets lambda-authorizer',
      'job false, The identity source method.request.cookie.session can match no request; API Gateway refuses without calling the function.',
    ],
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
