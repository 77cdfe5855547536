import { authorizerLoop } from '../../loop-kit/authorizer-loop';
import { patchAuthorizer } from '../../loop-kit/seed';

export default authorizerLoop({
  fault: 'the authorizer reads another header than the one with the token',
  rule: 'authorizers/token-source-unusual',
  change: (world, { restApiId, authorizerId }) =>
    patchAuthorizer(world, restApiId, authorizerId, '/identitySource', 'method.request.header.X-Token'),
});
