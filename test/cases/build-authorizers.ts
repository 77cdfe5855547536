import type { SandboxAccount } from '../../sandbox/account-file';
import { apiArn, functionArn, poolArn, REGION } from './places';

type Region = SandboxAccount['regions'][string];
type Authorizer = NonNullable<NonNullable<Region['restApis']>[number]['authorizers']>[number];
type LambdaFunction = NonNullable<Region['functions']>[number];

interface CognitoAuthorizer {
  readonly type: 'COGNITO_USER_POOLS';
  /** Names of pools; those that the sketch does not hold do not exist. */
  readonly pools: readonly string[];
}

interface LambdaAuthorizer {
  readonly type: 'TOKEN' | 'REQUEST';
  /** The authorizer's own name when left out. */
  readonly function?: string;
  /** Seconds. */
  readonly ttl?: number;
  readonly expression?: string;
  /** May API Gateway invoke the function? Yes when left out. */
  readonly permitted?: boolean;
  /** Of the path in the URI; 2015-03-31 when left out. */
  readonly pathVersion?: string;
}

export type AuthorizerSketch = (CognitoAuthorizer | LambdaAuthorizer) & {
  /** The Authorization header when left out. */
  readonly source?: string;
};

const AUTHORIZATION = 'method.request.header.Authorization';

export const authorizerId = (name: string): string => `id-${name}`;

export const authorizersOf = (sketches: Readonly<Record<string, AuthorizerSketch>>): Authorizer[] =>
  Object.entries(sketches).map(([name, sketch]) => {
    const common = { id: authorizerId(name), name, identitySource: sketch.source ?? AUTHORIZATION };
    if (sketch.type === 'COGNITO_USER_POOLS') {
      return {
        ...common,
        type: sketch.type,
        authType: 'cognito_user_pools',
        providerARNs: sketch.pools.map(poolArn),
      };
    }
    const { type, ttl, expression, pathVersion = '2015-03-31' } = sketch;
    return {
      ...common,
      type,
      authType: 'custom',
      authorizerUri: `arn:aws:apigateway:${REGION}:lambda:path/${pathVersion}/functions/${functionArn(sketch.function ?? name)}/invocations`,
      ...(ttl === undefined ? {} : { authorizerResultTtlInSeconds: ttl }),
      ...(expression === undefined ? {} : { identityValidationExpression: expression }),
    };
  });

/** The functions behind Lambda authorizers. */
export const functionsOf = (sketches: Readonly<Record<string, AuthorizerSketch>>): LambdaFunction[] =>
  Object.entries(sketches).flatMap(([name, sketch]) => {
    if (sketch.type === 'COGNITO_USER_POOLS') return [];
    const FunctionArn = functionArn(sketch.function ?? name);
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: FunctionArn,
      Condition: { ArnLike: { 'AWS:SourceArn': `${apiArn}/authorizers/*` } },
    };
    return [
      {
        FunctionArn,
        configuration: { State: 'Active' as const, Runtime: 'nodejs22.x' as const },
        ...(sketch.permitted === false
          ? {}
          : { policies: { $LATEST: { Version: '2012-10-17', Statement: [statement] } } }),
      },
    ];
  });
