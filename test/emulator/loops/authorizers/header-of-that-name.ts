import { authorizerLoop } from '../../loop-kit/authorizer-loop';
import { AUTHORIZATION } from '../../loop-kit/guarded-api';
import { patchAuthorizer } from '../../loop-kit/seed';

export default authorizerLoop({
  fault: 'the identity source repeats its own prefix, as CDK code can make it',
  rule: 'authorizers/token-source-malformed',
  change: (world, { restApiId, authorizerId }) =>
    patchAuthorizer(
      world,
      restApiId,
      authorizerId,
      '/identitySource',
      `method.request.header.${AUTHORIZATION}`,
    ),
});
