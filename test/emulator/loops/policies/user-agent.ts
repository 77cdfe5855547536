import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows one user agent',
  rule: null,
  silentBecause: 'a caller can send the user agent that the policy wants',
  as: { headers: { 'user-agent': 'loop' } },
  statements: () => [statement('Allow', { Condition: { StringEquals: { 'aws:UserAgent': 'kiosk' } } })],
});
