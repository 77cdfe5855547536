import type { SandboxAccount } from '../../sandbox/account-file';
import type { AuthorizerSketch } from './build-authorizers';
import { authorizerId } from './build-authorizers';
import { functionArn, REGION } from './places';

type RestApi = NonNullable<SandboxAccount['regions'][string]['restApis']>[number];
type Resource = NonNullable<RestApi['resources']>[number];
type Method = NonNullable<Resource['resourceMethods']>[string];

export interface MethodSketch {
  /** NONE, AWS_IAM, or the name of an authorizer. */
  readonly auth: string;
  readonly scopes?: readonly string[];
  readonly key?: boolean;
  /** A mock that answers preflights and allows these headers. */
  readonly preflight?: string;
}

/** By `VERB /path`: what guards the method, or the whole of it. */
export type Methods = Readonly<Record<string, string | MethodSketch>>;

const PROXY = {
  type: 'AWS_PROXY',
  httpMethod: 'POST',
  uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn('backend')}/invocations`,
} as const;

const header = (name: string): string => `method.response.header.Access-Control-Allow-${name}`;

const mock = (allowHeaders: string): Method => ({
  methodResponses: {
    '200': {
      statusCode: '200',
      responseParameters: {
        [header('Headers')]: false,
        [header('Methods')]: false,
        [header('Origin')]: false,
      },
    },
  },
  methodIntegration: {
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: {
      '200': {
        statusCode: '200',
        responseParameters: {
          [header('Headers')]: `'${allowHeaders}'`,
          [header('Methods')]: "'GET,POST,PUT,DELETE,OPTIONS'",
          [header('Origin')]: "'*'",
        },
      },
    },
  },
});

const methodOf = (
  httpMethod: string,
  sketch: string | MethodSketch,
  authorizers: Readonly<Record<string, AuthorizerSketch>>,
): Method => {
  const { auth, scopes, key = false, preflight } = typeof sketch === 'string' ? { auth: sketch } : sketch;
  const authorizer = authorizers[auth];
  if (authorizer === undefined && auth !== 'NONE' && auth !== 'AWS_IAM') {
    throw new Error(`no authorizer ${auth} in the sketch`);
  }
  return {
    httpMethod,
    authorizationType:
      authorizer === undefined
        ? auth
        : authorizer.type === 'COGNITO_USER_POOLS'
          ? 'COGNITO_USER_POOLS'
          : 'CUSTOM',
    ...(authorizer === undefined ? {} : { authorizerId: authorizerId(auth) }),
    ...(scopes === undefined ? {} : { authorizationScopes: [...scopes] }),
    apiKeyRequired: key,
    ...(preflight === undefined
      ? { methodResponses: { '200': { statusCode: '200' } }, methodIntegration: PROXY }
      : mock(preflight)),
  };
};

/** `/a/b` to `/`, `/a`, `/a/b`. */
const ancestry = (path: string): readonly string[] => {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)];
};

/** The resource tree of the methods, parents without methods included. */
export const resourcesOf = (
  methods: Methods,
  authorizers: Readonly<Record<string, AuthorizerSketch>>,
): Resource[] => {
  const byPath = new Map<string, Record<string, Method>>([['/', {}]]);
  for (const [label, sketch] of Object.entries(methods)) {
    const [verb = '', path = ''] = label.split(' ');
    for (const one of ancestry(path)) if (!byPath.has(one)) byPath.set(one, {});
    Object.assign(byPath.get(path) ?? {}, { [verb]: methodOf(verb, sketch, authorizers) });
  }
  const ids = new Map(
    [...byPath.keys()].map((path, index) => [path, path === '/' ? 'root000001' : `res${index}`]),
  );
  return [...byPath].map(([path, resourceMethods]) => {
    const parent = path === '/' ? undefined : ids.get(path.slice(0, path.lastIndexOf('/')) || '/');
    return {
      id: ids.get(path) ?? '',
      path,
      ...(parent === undefined ? {} : { parentId: parent, pathPart: path.slice(path.lastIndexOf('/') + 1) }),
      ...(Object.keys(resourceMethods).length === 0 ? {} : { resourceMethods }),
    };
  });
};
