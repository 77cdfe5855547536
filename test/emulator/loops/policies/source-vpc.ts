import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy allows a VPC, and the API is public',
  rule: 'resource-policy/vpc-condition-on-public-api',
  statements: () => [
    statement('Allow', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } } }),
  ],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
