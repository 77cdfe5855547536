import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows calls without TLS, and there are none',
  rule: 'resource-policy/allows-no-caller',
  overTls: true,
  statements: () => [statement('Allow', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
