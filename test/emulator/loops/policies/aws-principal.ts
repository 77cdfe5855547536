import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows an account, and the method takes unsigned calls',
  rule: 'resource-policy/principal-needs-signed-caller',
  statements: ({ accountId }) => [
    statement('Allow', { Principal: { AWS: `arn:aws:iam::${accountId}:root` } }),
  ],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
