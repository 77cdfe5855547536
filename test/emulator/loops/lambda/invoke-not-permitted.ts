import { getOrdersWith } from '../../loop-kit/calls';
import { forbidInvocation } from '../../loop-kit/functions';
import { makeLambdaGuardedApi, TOKEN } from '../../loop-kit/lambda-guarded-api';
import { defineLoop } from '../../loop-kit/loop';

export default defineLoop({
  family: 'Lambda authorizer',
  fault: 'API Gateway may not invoke the function of the authorizer',
  rule: 'lambda-authorizer/invoke-not-permitted',
  leftToAws: { from: 'calls', because: 'MiniStack invokes functions without permission' },
  seed: (world) => makeLambdaGuardedApi(world),
  call: async (_, { restApiId }) => getOrdersWith(restApiId, TOKEN),
  breakIt: (world, { fn }) => forbidInvocation(world, fn),
});
