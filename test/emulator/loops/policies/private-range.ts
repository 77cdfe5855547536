import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows addresses that no caller from the internet has',
  rule: 'resource-policy/private-range-on-public-api',
  statements: () => [statement('Allow', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
  fill: ({ callers }) => ({ PUBLIC_CIDR_OF_CALLERS: callers }),
});
