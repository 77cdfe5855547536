import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the only statement leaves the called method out',
  rule: 'resource-policy/allows-no-caller',
  statements: () => [statement('Allow', { Resource: undefined, NotResource: 'execute-api:/*/GET/orders' })],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
