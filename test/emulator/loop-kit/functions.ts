import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvalidParameterValueException,
} from '@aws-sdk/client-lambda';
import { randomUUID } from 'node:crypto';
import { zipOf } from './zip';
import { AUTHORIZATION } from './guarded-api';
import { makeAuthorizer } from './seed';
import type { World } from './world';

export interface AuthorizerFunction {
  readonly name: string;
  readonly arn: string;
}

/** What a function lets in, and what its answer is about. */
export interface Manner {
  /** The answer covers every method of the stage, not only the one asked about. */
  readonly wholeStage?: boolean;
  /** Whoever sends anything gets in; otherwise who sends `Bearer letmein`. */
  readonly allowsAll?: boolean;
}

const codeOf = ({
  wholeStage = true,
  allowsAll = false,
}: Manner): string => `exports.handler = async (event) => {
  const sent = event.authorizationToken ?? event.headers?.Authorization ?? event.headers?.authorization;
  const asked = event.methodArn;
  const Resource = ${wholeStage ? "asked.split('/').slice(0, 2).join('/') + '/*'" : 'asked'};
  return {
    principalId: 'ada',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: ${allowsAll ? "'Allow'" : "sent === 'Bearer letmein' ? 'Allow' : 'Deny'"}, Action: 'execute-api:Invoke', Resource }],
    },
  };
};`;

const POLL = 500;
/** A new role takes seconds to be known to Lambda. */
const TRIES = 60;

const wait = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, POLL);
  });

const create = async (world: World, name: string, manner: Manner): Promise<void> => {
  const Role = await world.functionRole();
  for (let left = TRIES; ; left -= 1) {
    try {
      await world.lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role,
          Code: { ZipFile: zipOf('index.js', codeOf(manner)) },
          Tags: { ...world.tags },
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof InvalidParameterValueException) || left === 0) throw error;
      await wait();
    }
  }
};

/** A function under this name that API Gateway may invoke. */
export const putFunction = async (world: World, name: string, manner: Manner = {}): Promise<void> => {
  await create(world, name, manner);
  for (let left = TRIES; left > 0; left -= 1) {
    const { State } = await world.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (State === 'Active') break;
    await wait();
  }
  await world.lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: 'api-gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${world.region}:${world.accountId}:*/authorizers/*`,
    }),
  );
};

export const deleteFunction = async ({ lambda }: World, { name }: AuthorizerFunction): Promise<void> => {
  await lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
};

export const makeFunction = async (world: World, manner: Manner = {}): Promise<AuthorizerFunction> => {
  const name = `api-auth-auditor-loop-${randomUUID()}`;
  await putFunction(world, name, manner);
  world.own(name, () => deleteFunction(world, { name, arn: '' }));
  return { name, arn: `arn:aws:lambda:${world.region}:${world.accountId}:function:${name}` };
};

/** A Lambda authorizer that reads the Authorization header. */
export const makeLambdaAuthorizer = (
  world: World,
  restApiId: string,
  { arn }: AuthorizerFunction,
  type: 'TOKEN' | 'REQUEST',
  ttl: number,
): Promise<string> =>
  makeAuthorizer(world, {
    restApiId,
    type,
    authorizerUri: `arn:aws:apigateway:${world.region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    identitySource: AUTHORIZATION,
    authorizerResultTtlInSeconds: ttl,
  });
