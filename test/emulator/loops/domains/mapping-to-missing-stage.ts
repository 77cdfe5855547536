import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  UpdateBasePathMappingCommand,
} from '@aws-sdk/client-api-gateway';
import { getOrders, ORDERS } from '../../loop-kit/calls';
import { defineLoop } from '../../loop-kit/loop';
import { makeDeployedApi, STAGE } from '../../loop-kit/seed';

const HOST = 'api.shop.example.com';

export default defineLoop({
  family: 'domain',
  fault: 'the mapping of a custom domain names a stage that does not exist',
  rule: 'edge/mapping-to-missing-stage',
  notLive: 'a custom domain needs a certificate and a name that the account owns',
  ofAccount: true,
  seed: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    const { apiGateway, region, accountId } = world;
    await apiGateway.send(
      new CreateDomainNameCommand({
        domainName: HOST,
        regionalCertificateArn: `arn:aws:acm:${region}:${accountId}:certificate/0a1b2c3d-0000-4000-8000-000000000000`,
        endpointConfiguration: { types: ['REGIONAL'] },
      }),
    );
    await apiGateway.send(
      new CreateBasePathMappingCommand({ domainName: HOST, basePath: 'v1', restApiId, stage: STAGE }),
    );
    return { restApiId };
  },
  call: async (_, { restApiId }) => getOrders(restApiId, { host: HOST, path: `/v1${ORDERS}` }),
  breakIt: async ({ apiGateway }) => {
    await apiGateway.send(
      new UpdateBasePathMappingCommand({
        domainName: HOST,
        basePath: 'v1',
        patchOperations: [{ op: 'replace', path: '/stage', value: 'production' }],
      }),
    );
  },
  subject: () => HOST,
});
