import { UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { getOrdersWith } from '../../loop-kit/calls';
import { AUTHORIZATION, guardedOrders } from '../../loop-kit/guarded-api';
import { defineLoop } from '../../loop-kit/loop';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';
import { deploy, makeApi, makeAuthorizer, putMethod, STAGE } from '../../loop-kit/seed';
import type { World } from '../../loop-kit/world';

const patchVariable = async (
  { apiGateway }: World,
  restApiId: string,
  value: string | undefined,
): Promise<void> => {
  const patch = { op: value === undefined ? 'remove' : 'replace', path: '/variables/pool', value } as const;
  await apiGateway.send(new UpdateStageCommand({ restApiId, stageName: STAGE, patchOperations: [patch] }));
};

export default defineLoop({
  family: 'pool, authorizer',
  fault: 'the stage does not define the variable by which the authorizer names its user pool',
  rule: 'authorizers/stage-variable-undefined',
  leftToAws: { from: 'calls', because: 'MiniStack never fills a stage variable in' },
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    const restApiId = await makeApi(world);
    const authorizerId = await makeAuthorizer(world, {
      restApiId,
      type: 'COGNITO_USER_POOLS',
      providerARNs: [pool.arn.replace(pool.id, '${stageVariables.pool}')],
      identitySource: AUTHORIZATION,
    });
    await putMethod(world, restApiId, guardedOrders(authorizerId));
    await deploy(world, restApiId);
    await patchVariable(world, restApiId, pool.id);
    return { restApiId, pool, client };
  },
  call: async (world, { restApiId, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id),
  breakIt: (world, { restApiId }) => patchVariable(world, restApiId, undefined),
  subject: () => STAGE,
  fill: (_, { pool }) => ({ VALUE: pool.id }),
});
