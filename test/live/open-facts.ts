import {
  GetDeploymentsCommand,
  GetDeploymentCommand,
  GetExportCommand,
  GetStageCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { getOrders, getOrdersWith, ORDERS } from '../emulator/loop-kit/calls';
import { AUTHORIZATION, guardedOrders, makeGuardedApi } from '../emulator/loop-kit/guarded-api';
import { deletePool, makeClient, makePool, makeServerClient, signIn } from '../emulator/loop-kit/people';
import { statement } from '../emulator/loop-kit/policy-loop';
import {
  deploy,
  makeApi,
  makeAuthorizer,
  makeDeployedApi,
  putMethod,
  setPolicy,
  STAGE,
} from '../emulator/loop-kit/seed';
import type { Answer, Call, World } from '../emulator/loop-kit/world';

/** Something that AWS's documents leave open, and how to see it. */
export interface Probe {
  readonly question: string;
  /** What was seen, in lines. */
  ask(world: World): Promise<readonly string[]>;
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const show = ({ status, errorType, body }: Answer): string => `${status} ${errorType ?? '-'} ${body}`;

/** Calls once the change before has had its time to reach callers. */
const settled = async (world: World, call: Call): Promise<string> => {
  await wait(world.settling / 4);
  return show(await world.send(call));
};

const policyOf = (...statements: readonly object[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
});

const cognitoApi = async (world: World, providerArn: string): Promise<string> => {
  const restApiId = await makeApi(world);
  const authorizerId = await makeAuthorizer(world, {
    restApiId,
    type: 'COGNITO_USER_POOLS',
    providerARNs: [providerArn],
    identitySource: AUTHORIZATION,
  });
  await putMethod(world, restApiId, guardedOrders(authorizerId));
  await deploy(world, restApiId);
  return restApiId;
};

const deletedPool: Probe = {
  question: 'What does a token of a deleted user pool get (COG-28)?',
  ask: async (world) => {
    const pool = await makePool(world);
    const token = (await signIn(world, pool, await makeServerClient(world, pool))).id;
    const { restApiId } = await makeGuardedApi(world, pool);
    const before = await settled(world, getOrdersWith(restApiId, token));
    await deletePool(world, pool);
    return [`before ${before}`, `after  ${await settled(world, getOrdersWith(restApiId, token))}`];
  },
};

const undefinedVariable: Probe = {
  question: 'What does an undefined stage variable in providerARNs give (COG-23)?',
  ask: async (world) => {
    const pool = await makePool(world);
    const token = (await signIn(world, pool, await makeServerClient(world, pool))).id;
    const arn = `arn:aws:cognito-idp:${world.region}:${world.accountId}:userpool/\${stageVariables.pool}`;
    return [await settled(world, getOrdersWith(await cognitoApi(world, arn), token))];
  },
};

/** The shortest validity that Cognito takes, and a little more. */
const EXPIRED_AFTER = 310_000;

const expiredToken: Probe = {
  question: 'Which gateway response does an expired Cognito token get (MSG-28)?',
  ask: async (world) => {
    const pool = await makePool(world);
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      IdTokenValidity: 5,
      TokenValidityUnits: { IdToken: 'minutes' },
    });
    const { restApiId } = await makeGuardedApi(world, pool);
    for (const responseType of ['UNAUTHORIZED', 'EXPIRED_TOKEN'] as const) {
      await world.apiGateway.send(
        new PutGatewayResponseCommand({
          restApiId,
          responseType,
          responseTemplates: {
            'application/json': `{"type":"${responseType}","text":$context.error.messageString}`,
          },
        }),
      );
    }
    await deploy(world, restApiId);
    const token = (await signIn(world, pool, client)).id;
    // An emulator's answer is of no interest, so nobody waits for it.
    await wait(world.settling === 0 ? 0 : EXPIRED_AFTER);
    return [show(await world.send(getOrdersWith(restApiId, token)))];
  },
};

const bearerResponse: Probe = {
  question: 'Which gateway response does a bearer token at an AWS_IAM method, or at no route, get (MSG-9)?',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, {
      verb: 'GET',
      path: ORDERS,
      authorizationType: 'AWS_IAM',
    });
    for (const responseType of [
      'INVALID_SIGNATURE',
      'MISSING_AUTHENTICATION_TOKEN',
      'DEFAULT_4XX',
    ] as const) {
      await world.apiGateway.send(
        new PutGatewayResponseCommand({
          restApiId,
          responseType,
          responseParameters: { 'gatewayresponse.header.x-row': `'${responseType}'` },
          responseTemplates: { 'application/json': `{"row":"${responseType}"}` },
        }),
      );
    }
    await deploy(world, restApiId);
    return [
      `AWS_IAM  ${await settled(world, getOrdersWith(restApiId, 'abc.def.ghi'))}`,
      `no route ${show(await world.send(getOrdersWith(restApiId, 'abc.def.ghi', { path: '/nothing' })))}`,
    ];
  },
};

const exportedPolicy: Probe = {
  question:
    'Does an export show the policy and the gateway responses of the stage, or of the draft (DEP-19)?',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    await setPolicy(world, restApiId, policyOf(statement('Allow')));
    await deploy(world, restApiId);
    await setPolicy(world, restApiId, policyOf(statement('Allow'), statement('Deny', { Sid: 'DraftOnly' })));
    await world.apiGateway.send(
      new PutGatewayResponseCommand({ restApiId, responseType: 'THROTTLED', statusCode: '499' }),
    );
    const { body } = await world.apiGateway.send(
      new GetExportCommand({
        restApiId,
        stageName: STAGE,
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
        accepts: 'application/json',
      }),
    );
    const text = Buffer.from(body ?? []).toString('utf8');
    return [
      `the draft's statement is ${text.includes('DraftOnly') ? '' : 'not '}in the export`,
      `the draft's gateway response is ${text.includes('499') ? '' : 'not '}in the export`,
    ];
  },
};

const exportedKey: Probe = {
  question: 'How do an export and a summary spell an authorizer together with an API key?',
  ask: async (world) => {
    const pool = await makePool(world);
    const { restApiId, authorizerId } = await makeGuardedApi(world, pool);
    await putMethod(world, restApiId, {
      ...guardedOrders(authorizerId, ['orders/read']),
      apiKeyRequired: true,
    });
    await deploy(world, restApiId);
    const { body } = await world.apiGateway.send(
      new GetExportCommand({
        restApiId,
        stageName: STAGE,
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
        accepts: 'application/json',
      }),
    );
    const { deploymentId = '' } = await world.apiGateway.send(
      new GetStageCommand({ restApiId, stageName: STAGE }),
    );
    const { apiSummary } = await world.apiGateway.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
    );
    const { items = [] } = await world.apiGateway.send(new GetDeploymentsCommand({ restApiId }));
    return [
      Buffer.from(body ?? []).toString('utf8'),
      JSON.stringify(apiSummary),
      `${items.length} deployments`,
    ];
  },
};

const openResource: Probe = {
  question: 'What do the resources "API/" and "execute-api:*/*/*" of a policy match (POL-14)?',
  ask: async (world) => {
    const lines: string[] = [];
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    for (const Resource of [
      `arn:aws:execute-api:${world.region}:${world.accountId}:${restApiId}/`,
      'execute-api:*/*/*',
    ]) {
      await setPolicy(world, restApiId, policyOf(statement('Allow', { Resource })));
      await deploy(world, restApiId);
      lines.push(`${Resource}: ${await settled(world, getOrders(restApiId))}`);
    }
    return lines;
  },
};

/** Longer than any header of a call may be, all together. */
const LONG = 12_000;

const longToken: Probe = {
  question: 'What does a token get that is longer than the headers of a call may be?',
  ask: async (world) => {
    const pool = await makePool(world);
    const { restApiId } = await makeGuardedApi(world, pool);
    return [await settled(world, getOrdersWith(restApiId, 'x'.repeat(LONG)))];
  },
};

const unknownApi: Probe = {
  question: 'What does the address of an API that does not exist answer?',
  ask: async (world) => {
    try {
      return [show(await world.send(getOrders('zzzzzzzzzz')))];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  },
};

/** Facts that no public source settles; a run in a real account does. */
export const probes: readonly Probe[] = [
  deletedPool,
  undefinedVariable,
  expiredToken,
  bearerResponse,
  exportedPolicy,
  exportedKey,
  openResource,
  longToken,
  unknownApi,
];
