import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy denies calls without one referer',
  rule: null,
  silentBecause: 'a caller can send the referer that the policy wants',
  as: { headers: { referer: 'https://elsewhere.example.com/' } },
  statements: () => [
    statement('Allow'),
    statement('Deny', { Condition: { StringNotEquals: { 'aws:Referer': 'https://shop.example.com/' } } }),
  ],
});
