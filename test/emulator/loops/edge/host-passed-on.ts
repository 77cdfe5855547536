import { getOrders, ORDERS } from '../../loop-kit/calls';
import { ALL_VIEWER, makeDistribution, passOn } from '../../loop-kit/distributed-api';
import { distributionLoop } from '../../loop-kit/distribution-loop';
import { makeDeployedApi } from '../../loop-kit/seed';

export default distributionLoop({
  fault: 'CloudFront passes on the name that it was called by',
  rule: 'edge/cloudfront-forwards-host',
  seed: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    return { restApiId, distribution: await makeDistribution(world, restApiId) };
  },
  call: async (_, { restApiId, distribution: { host } }) => getOrders(restApiId, { host }),
  breakIt: (world, { distribution }) => passOn(world, distribution, ALL_VIEWER),
});
