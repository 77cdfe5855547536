import { authorizerLoop } from '../../loop-kit/authorizer-loop';
import { AUTHORIZATION, guardedOrders } from '../../loop-kit/guarded-api';
import { makeAuthorizer, putMethod } from '../../loop-kit/seed';

export default authorizerLoop({
  fault: 'the ARN of the user pool names another Region than its id',
  rule: 'cognito/provider-arn-region-mismatch',
  change: async (world, { restApiId, pool }) => {
    const elsewhere = world.region === 'eu-central-1' ? 'eu-west-1' : 'eu-central-1';
    const authorizerId = await makeAuthorizer(world, {
      restApiId,
      name: 'mistyped',
      type: 'COGNITO_USER_POOLS',
      providerARNs: [pool.arn.replace(`:${world.region}:`, `:${elsewhere}:`)],
      identitySource: AUTHORIZATION,
    });
    await putMethod(world, restApiId, guardedOrders(authorizerId));
  },
});
