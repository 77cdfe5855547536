import { CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { makeDeployedApi, putMethod, STAGE } from '../../loop-kit/seed';

/** Most calls, so that the refusal comes soon. */
const PERCENT = 90;

export default defineLoop({
  family: 'deployment',
  fault: 'the canary of the stage asks for a signature that the stage does not ask for',
  rule: 'deployment/canary-differs',
  leftToAws: { from: 'calls', because: 'MiniStack sends no calls to a canary' },
  untoldBecause: 'chance decides between stage and canary',
  seed: async (world) => ({ restApiId: await makeDeployedApi(world, { verb: 'GET', path: ORDERS }) }),
  call: async (_, { restApiId }) => getOrders(restApiId),
  breakIt: async (world, { restApiId }) => {
    await putMethod(world, restApiId, { verb: 'GET', path: ORDERS, authorizationType: 'AWS_IAM' });
    await world.apiGateway.send(
      new CreateDeploymentCommand({
        restApiId,
        stageName: STAGE,
        canarySettings: { percentTraffic: PERCENT },
      }),
    );
  },
  subject: () => STAGE,
});
