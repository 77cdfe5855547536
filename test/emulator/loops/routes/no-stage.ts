import { DeleteStageCommand } from '@aws-sdk/client-api-gateway';
import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { makeDeployedApi, STAGE } from '../../loop-kit/seed';

export default defineLoop({
  family: 'deployment',
  fault: 'the API has no stage',
  rule: 'deployment/api-never-deployed',
  seed: async (world) => ({ restApiId: await makeDeployedApi(world, { verb: 'GET', path: ORDERS }) }),
  call: async (_, { restApiId }) => getOrders(restApiId),
  breakIt: async ({ apiGateway }, { restApiId }) => {
    await apiGateway.send(new DeleteStageCommand({ restApiId, stageName: STAGE }));
  },
  fill: () => ({ STAGE_NAME: STAGE }),
});
