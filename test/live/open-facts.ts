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
import { policyOf, statement } from '../emulator/loop-kit/policy-loop';
import {
  deploy,
  makeApi,
  makeAuthorizer,
  makeDeployedApi,
  patchApi,
  patchAuthorizer,
  putMethod,
  setPolicy,
  STAGE,
} from '../emulator/loop-kit/seed';
import { pageSeed, signInByPage } from '../emulator/loop-kit/sign-in-page';
import { guardStage } from '../emulator/loop-kit/web-acl';
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

/** A name without an address is an answer too. */
const showOrError = async (world: World, call: Call): Promise<string> => {
  try {
    return show(await world.send(call));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Calls once the change before has had its time to reach callers. */
const settled = async (world: World, call: Call): Promise<string> => {
  await wait(world.settling / 4);
  return show(await world.send(call));
};

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
  question:
    'Which gateway response does an expired Cognito token get (MSG-28), and does a cached result outlive it (COG-26)?',
  ask: async (world) => {
    const pool = await makePool(world);
    const client = await makeClient(world, pool, {
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      IdTokenValidity: 5,
      TokenValidityUnits: { IdToken: 'minutes' },
    });
    const { restApiId, authorizerId } = await makeGuardedApi(world, pool);
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
    await patchAuthorizer(world, restApiId, authorizerId, '/authorizerResultTtlInSeconds', '3600');
    await deploy(world, restApiId);
    const token = (await signIn(world, pool, client)).id;
    const before = await settled(world, getOrdersWith(restApiId, token));
    // An emulator's answer is of no interest, so nobody waits for it.
    await wait(world.settling === 0 ? 0 : EXPIRED_AFTER);
    return [`before ${before}`, `after  ${show(await world.send(getOrdersWith(restApiId, token)))}`];
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

/** The export of a stage, as text. */
const exportOf = async (
  { apiGateway }: World,
  restApiId: string,
  extensions = 'apigateway',
): Promise<string> => {
  const { body } = await apiGateway.send(
    new GetExportCommand({
      restApiId,
      stageName: STAGE,
      exportType: 'oas30',
      parameters: { extensions },
      accepts: 'application/json',
    }),
  );
  return Buffer.from(body ?? []).toString('utf8');
};

const exportedPolicy: Probe = {
  question:
    'Does an export show the policy and the gateway responses of the stage, or of the draft (DEP-19)?',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    await setPolicy(world, restApiId, policyOf([statement('Allow')]));
    await deploy(world, restApiId);
    await setPolicy(
      world,
      restApiId,
      policyOf([statement('Allow'), statement('Deny', { Sid: 'DraftOnly' })]),
    );
    await world.apiGateway.send(
      new PutGatewayResponseCommand({ restApiId, responseType: 'THROTTLED', statusCode: '499' }),
    );
    const text = await exportOf(world, restApiId);
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
    const exported = await exportOf(world, restApiId);
    const { deploymentId = '' } = await world.apiGateway.send(
      new GetStageCommand({ restApiId, stageName: STAGE }),
    );
    const { apiSummary } = await world.apiGateway.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
    );
    const { items = [] } = await world.apiGateway.send(new GetDeploymentsCommand({ restApiId }));
    return [exported, JSON.stringify(apiSummary), `${items.length} deployments`];
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
      await setPolicy(world, restApiId, policyOf([statement('Allow', { Resource })]));
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
  ask: async (world) => [await showOrError(world, getOrders('zzzzzzzzzz'))],
};

const wafOrder: Probe = {
  question: 'Does a web ACL come before the search for the route? Costs a web ACL for minutes.',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    await guardStage(world, restApiId, { DefaultAction: { Block: {} }, Rules: [] });
    return [
      `route    ${await settled(world, getOrders(restApiId))}`,
      `no route ${show(await world.send(getOrders(restApiId, { path: '/nothing' })))}`,
    ];
  },
};

/** So long does API Gateway take until the mode is in force (DOM-15). */
const STRICT_AFTER = 960_000;

const strictAccess: Probe = {
  question:
    'What does a call get that opens TLS for another name than its API, in the access mode STRICT (DOM-15)?',
  ask: async (world) => {
    const [strict, other] = await Promise.all(
      [0, 1].map(() => makeDeployedApi(world, { verb: 'GET', path: ORDERS })),
    );
    await patchApi(world, strict ?? '', {
      '/securityPolicy': 'SecurityPolicy_TLS13_1_3_2025_09',
      '/endpointAccessMode': 'STRICT',
    });
    await deploy(world, strict ?? '');
    await wait(world.settling === 0 ? 0 : STRICT_AFTER);
    const hostOf = (id = ''): string => `${id}.execute-api.${world.region}.amazonaws.com`;
    const call = getOrders(strict ?? '');
    return [
      `its own name     ${show(await world.send(call))}`,
      `another one's    ${show(await world.send({ ...call, openedFor: hostOf(other) }))}`,
    ];
  },
};

const emailScope: Probe = {
  question: 'Does an access token with the scope email open a method that lists it (COG-7a)?',
  ask: async (world) => {
    const pool = await makePool(world);
    const seed = pageSeed({ AllowedOAuthScopes: ['openid', 'email'] });
    const client = await makeClient(world, pool, { GenerateSecret: true, ...seed });
    const { restApiId } = await makeGuardedApi(world, pool, ['email']);
    // The domain that was made a moment ago has to get an address.
    await wait(world.settling / 2);
    const { access = '', id = '' } = await signInByPage(world, pool, client);
    return [
      `access token ${await settled(world, getOrdersWith(restApiId, access))}`,
      `ID token     ${show(await world.send(getOrdersWith(restApiId, id)))}`,
    ];
  },
};

const privateFromOutside: Probe = {
  question: 'What does a private API answer the internet (PRV-15)?',
  ask: async (world) => {
    const restApiId = await makeApi(world, 'PRIVATE');
    await putMethod(world, restApiId, { verb: 'GET', path: ORDERS });
    await setPolicy(world, restApiId, policyOf([statement('Allow')]));
    await deploy(world, restApiId);
    await wait(world.settling / 4);
    return [await showOrError(world, getOrders(restApiId))];
  },
};

const encodedPath: Probe = {
  question: 'Is a path percent-encoded in the ARN that a policy is held against?',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: '/{proxy+}' });
    const lines: string[] = [];
    for (const path of ['/a b', '/a%20b']) {
      const Resource = `execute-api:/${STAGE}/GET${path}`;
      await setPolicy(world, restApiId, policyOf([statement('Allow', { Resource })]));
      await deploy(world, restApiId);
      lines.push(`${path} allowed: ${await settled(world, getOrders(restApiId, { path: '/a%20b' }))}`);
    }
    return lines;
  },
};

const exportExtensions: Probe = {
  question: 'Which other values of "extensions" does an export take, and what do they add?',
  ask: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    const lengthWith = async (extensions: string): Promise<string> => {
      try {
        return `${(await exportOf(world, restApiId, extensions)).length} characters`;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const values = ['apigateway', 'documentation', 'validators', 'gatewayresponses', 'nonsense'];
    return Promise.all(values.map(async (value) => `${value}: ${await lengthWith(value)}`));
  },
};

/** Facts that stay open, and what it would take to settle them. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  'mutual TLS without a client certificate, and with a wrong one': 'a custom domain and its certificate',
  'the refusal of a custom domain without a mapping, edge and private': 'a custom domain and its certificate',
  'whether disabling the default endpoint also closes a private API': 'a VPC endpoint and a caller behind it',
  'whether an authorizer takes tokens that name the other Region of a replicated user pool':
    'a second Region with a replica of the pool',
  'what an edge-optimised name of an API that does not exist answers':
    'a name that AWS gave out and took back',
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
  wafOrder,
  emailScope,
  privateFromOutside,
  encodedPath,
  exportExtensions,
  // Last, because it takes a quarter of an hour.
  strictAccess,
];
