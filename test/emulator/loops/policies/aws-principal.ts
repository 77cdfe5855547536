import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows an account, and the method takes unsigned calls',
  rule: 'resource-policy/principal-needs-signed-caller',
  // Signing is of no use to a method that asks for no signature, and is what the fix makes of it.
  as: { signed: true },
  statements: ({ accountId }) => [
    statement('Allow', { Principal: { AWS: `arn:aws:iam::${accountId}:root` } }),
  ],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
