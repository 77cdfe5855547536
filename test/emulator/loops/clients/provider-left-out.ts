import { pageLoop } from '../../loop-kit/page-loop';

export default pageLoop({
  fault: 'the sign-in page of the app client offers nothing to sign in by',
  rule: 'clients/identity-provider-missing',
  atSignIn: true,
  leftToAws: {
    from: 'calls',
    because: 'MiniStack lets people of the pool sign in, whatever the client lists',
  },
  client: { SupportedIdentityProviders: [] },
});
