import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvalidParameterValueException,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { randomUUID } from 'node:crypto';
import { zipOf } from './zip';
import { AUTHORIZATION } from './guarded-api';
import { makeAuthorizer } from './seed';
import type { Pool } from './people';
import type { World } from './world';

export interface LoopFunction {
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

const authorizerCode = ({
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

/** Lets sign-in go on as it would without it; asks a question where sign-in is made of questions, and takes any answer. */
const TRIGGER = `exports.handler = async (event) => {
  const { triggerSource, request, response } = event;
  if (triggerSource === 'DefineAuthChallenge_Authentication') {
    const answered = (request.session ?? []).length > 0;
    Object.assign(response, { challengeName: 'CUSTOM_CHALLENGE', issueTokens: answered, failAuthentication: false });
  }
  if (triggerSource === 'CreateAuthChallenge_Authentication') {
    Object.assign(response, { publicChallengeParameters: {}, privateChallengeParameters: {} });
  }
  if (triggerSource === 'VerifyAuthChallengeResponse_Authentication') response.answerCorrect = true;
  return event;
};`;

/** A function's code, and who may invoke it for what. */
export interface FunctionSeed {
  readonly code: string;
  readonly principal: string;
  readonly sourceArn: string;
}

/** A Lambda authorizer of any API. */
export const authorizerSeed = ({ region, accountId }: World, manner: Manner = {}): FunctionSeed => ({
  code: authorizerCode(manner),
  principal: 'apigateway.amazonaws.com',
  sourceArn: `arn:aws:execute-api:${region}:${accountId}:*/authorizers/*`,
});

/** A trigger of a user pool. */
export const triggerSeed = ({ arn }: Pool): FunctionSeed => ({
  code: TRIGGER,
  principal: 'cognito-idp.amazonaws.com',
  sourceArn: arn,
});

const PERMISSION = 'invoke';

const POLL = 500;
/** A new role takes seconds to be known to Lambda. */
const TRIES = 60;

const wait = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, POLL);
  });

const create = async (world: World, name: string, code: string): Promise<void> => {
  const Role = await world.functionRole();
  for (let left = TRIES; ; left -= 1) {
    try {
      await world.lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role,
          Code: { ZipFile: zipOf('index.js', code) },
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

/** A function under this name. */
export const putFunction = async (world: World, name: string, seed: FunctionSeed): Promise<void> => {
  await create(world, name, seed.code);
  for (let left = TRIES; left > 0; left -= 1) {
    const { State } = await world.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (State === 'Active') break;
    await wait();
  }
  await world.lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: PERMISSION,
      Action: 'lambda:InvokeFunction',
      Principal: seed.principal,
      SourceArn: seed.sourceArn,
    }),
  );
};

export const deleteFunction = async ({ lambda }: World, { name }: LoopFunction): Promise<void> => {
  await lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
};

/** Takes back who may invoke it. */
export const forbidInvocation = async ({ lambda }: World, { name }: LoopFunction): Promise<void> => {
  await lambda.send(new RemovePermissionCommand({ FunctionName: name, StatementId: PERMISSION }));
};

export const makeFunction = async (world: World, seed: FunctionSeed): Promise<LoopFunction> => {
  const name = `api-auth-auditor-loop-${randomUUID()}`;
  await putFunction(world, name, seed);
  world.own(name, () => deleteFunction(world, { name, arn: '' }));
  return { name, arn: `arn:aws:lambda:${world.region}:${world.accountId}:function:${name}` };
};

/** A Lambda authorizer that reads the Authorization header. */
export const makeLambdaAuthorizer = (
  world: World,
  restApiId: string,
  { arn }: LoopFunction,
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
