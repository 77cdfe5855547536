import {
  CreateUsagePlanCommand,
  DeleteRestApiCommand,
  DeleteUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { addKey, makeKey, setEnabled } from '../loop-kit/keyed-api';
import { authorizerSeed, makeFunction, type LoopFunction } from '../loop-kit/functions';
import {
  machineToken,
  makeMachineClient,
  makePool,
  makeServerClient,
  signIn,
  type Pool,
} from '../loop-kit/people';
import { deploy, makeApi, makeAuthorizer, putMethod, setPolicy, STAGE } from '../loop-kit/seed';
import type { World } from '../loop-kit/world';
import type { AccountSeed, CallSeed, PoolName } from './generate';

/** What all generated accounts share: it is made once. */
export interface Shared {
  readonly poolArns: Readonly<Record<PoolName, string>>;
  readonly keyIds: Readonly<Record<'on' | 'off', string>>;
  readonly fn: LoopFunction;
  /** By credential, where that is a token. */
  readonly tokens: ReadonlyMap<CallSeed['credential'], string>;
}

export const makeShared = async (world: World): Promise<Shared> => {
  const poolA = await makePool(world, 'shop');
  const poolB = await makePool(world, 'shop');
  const tokensOf = async (pool: Pool) => signIn(world, pool, await makeServerClient(world, pool));
  const machine = async (scope: string): Promise<string> =>
    machineToken(world, poolA, await makeMachineClient(world, poolA, scope));
  const [ofA, ofB] = [await tokensOf(poolA), await tokensOf(poolB)];
  const keyIds = { on: await makeKey(world), off: await makeKey(world) };
  await setEnabled(world, keyIds.off, false);
  return {
    poolArns: {
      A: poolA.arn,
      B: poolB.arn,
      never: `arn:aws:cognito-idp:${world.region}:${world.accountId}:userpool/${world.region}_Never0000`,
    },
    keyIds,
    fn: await makeFunction(world, authorizerSeed(world, { allowsAll: true })),
    tokens: new Map([
      ['garbage', 'abc.def'],
      ['id token of A', ofA.id],
      ['access token of A', ofA.access],
      ['read token of A', await machine('shop/read')],
      ['write token of A', await machine('shop/write')],
      ['id token of B', ofB.id],
    ]),
  };
};

/**
 * A generated policy in the world's names of account and Region. The block that its callers come from becomes one that MiniStack's
 * callers come from, and not they alone.
 */
const localise = ({ region, accountId }: World, policy: string): object =>
  JSON.parse(
    policy
      .replaceAll('eu-west-1', region)
      .replaceAll('222233334444', accountId)
      .replaceAll('203.0.113.0/24', '0.0.0.0/1'),
  ) as object;

export interface Loaded {
  readonly restApiId: string;
  unload(): Promise<void>;
}

/** Makes a generated account in the world, deployed to one stage. */
export const load = async (world: World, shared: Shared, account: AccountSeed): Promise<Loaded> => {
  const { cognito, lambda, methods, policy, keys } = account;
  const restApiId = await makeApi(world);
  const pool = await makeAuthorizer(world, {
    restApiId,
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: cognito.pools.map((name) => shared.poolArns[name]),
    identitySource: `method.request.header.${cognito.header}`,
  });
  const functionArn = lambda.isThere ? shared.fn.arn : `${shared.fn.arn}-gone`;
  const fn = await makeAuthorizer(world, {
    restApiId,
    name: 'fn',
    type: lambda.kind,
    authorizerUri: `arn:aws:apigateway:${world.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    identitySource: `method.request.header.${lambda.header}`,
    authorizerResultTtlInSeconds: 300,
    ...(lambda.kind === 'TOKEN' && lambda.expression !== null
      ? { identityValidationExpression: lambda.expression }
      : {}),
  });
  for (const { verb, path, type, scopes, keyed } of methods) {
    await putMethod(world, restApiId, {
      verb,
      path,
      authorizationType: type,
      apiKeyRequired: keyed,
      ...(type === 'CUSTOM' ? { authorizerId: fn } : {}),
      ...(type === 'COGNITO_USER_POOLS' ? { authorizerId: pool } : {}),
      ...(scopes.length === 0 ? {} : { authorizationScopes: [...scopes] }),
    });
  }
  if (policy !== null) await setPolicy(world, restApiId, localise(world, policy));
  await deploy(world, restApiId);
  const { apiGateway } = world;
  let planId: string | null = null;
  if (keys !== null) {
    const { id = '' } = await apiGateway.send(
      new CreateUsagePlanCommand({ name: 'gold', apiStages: [{ apiId: restApiId, stage: STAGE }] }),
    );
    planId = id;
    for (const key of keys) await addKey(world, id, shared.keyIds[key]);
  }
  return {
    restApiId,
    unload: async () => {
      if (planId !== null) await apiGateway.send(new DeleteUsagePlanCommand({ usagePlanId: planId }));
      await apiGateway.send(new DeleteRestApiCommand({ restApiId }));
    },
  };
};
