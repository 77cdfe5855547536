import { DeleteGatewayResponseCommand, PutGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { deploy, makeDeployedApi } from '../../loop-kit/seed';

const RESPONSE = 'MISSING_AUTHENTICATION_TOKEN';

export default defineLoop({
  family: 'masking',
  fault: 'a gateway response shows a refusal as 404',
  rule: null,
  silentBecause: 'a status that somebody gave to one response type may be meant',
  right: 403,
  seed: async (world) => ({ restApiId: await makeDeployedApi(world, { verb: 'GET', path: ORDERS }) }),
  call: async (_, { restApiId }) => getOrders(restApiId, { path: '/nothing' }),
  breakIt: async (world, { restApiId }) => {
    await world.apiGateway.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: RESPONSE,
        statusCode: '404',
        responseTemplates: { 'application/json': '{"error":"not found"}' },
      }),
    );
    await deploy(world, restApiId);
  },
  byHand: async (world, { restApiId }) => {
    await world.apiGateway.send(new DeleteGatewayResponseCommand({ restApiId, responseType: RESPONSE }));
    await deploy(world, restApiId);
  },
});
