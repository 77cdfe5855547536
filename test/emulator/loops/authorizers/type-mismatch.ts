import { authorizerLoop } from '../../loop-kit/authorizer-loop';
import { guardedOrders } from '../../loop-kit/guarded-api';
import { putMethod } from '../../loop-kit/seed';

export default authorizerLoop({
  fault: 'a method of type CUSTOM names a Cognito authorizer',
  rule: 'authorizers/type-mismatch',
  change: (world, { restApiId, authorizerId }) =>
    putMethod(world, restApiId, guardedOrders(authorizerId, [], 'CUSTOM')),
});
