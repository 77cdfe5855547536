import { getOrdersWith } from '../../loop-kit/calls';
import { makeDistribution, passOn } from '../../loop-kit/distributed-api';
import { distributionLoop } from '../../loop-kit/distribution-loop';
import { makeGuardedApi } from '../../loop-kit/guarded-api';
import { makePool, makeServerClient, signIn } from '../../loop-kit/people';

export default distributionLoop({
  fault: 'CloudFront does not pass the token on',
  rule: 'edge/cloudfront-strips-authorization',
  seed: async (world) => {
    const pool = await makePool(world);
    const client = await makeServerClient(world, pool);
    const { restApiId } = await makeGuardedApi(world, pool);
    return { restApiId, distribution: await makeDistribution(world, restApiId), pool, client };
  },
  call: async (world, { restApiId, distribution: { host }, pool, client }) =>
    getOrdersWith(restApiId, (await signIn(world, pool, client)).id, { host }),
  breakIt: (world, { distribution }) => passOn(world, distribution, undefined),
});
