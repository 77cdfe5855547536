import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy denies some and allows nobody',
  rule: 'resource-policy/allows-no-caller',
  statements: () => [statement('Deny', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
