import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'a statement denies everybody',
  rule: 'resource-policy/denies-every-caller',
  statements: () => [statement('Allow'), statement('Deny')],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
