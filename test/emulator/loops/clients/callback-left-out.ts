import { pageLoop } from '../../loop-kit/page-loop';
import { CALLBACK } from '../../loop-kit/sign-in-page';

export default pageLoop({
  fault: 'the app client has no URL to send people back to',
  rule: 'clients/callback-url-missing',
  atSignIn: true,
  client: { CallbackURLs: [] },
  fill: () => ({ CALLBACK_URL: CALLBACK }),
});
