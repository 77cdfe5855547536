import { TAKES_ACCESS_TOKENS } from '../../loop-kit/guarded-api';
import { pageLoop } from '../../loop-kit/page-loop';

export default pageLoop({
  fault: 'the app client may not ask for openid, and the method takes ID tokens',
  rule: 'clients/openid-not-allowed',
  leftToAws: TAKES_ACCESS_TOKENS,
  client: { AllowedOAuthScopes: ['orders/read'] },
});
