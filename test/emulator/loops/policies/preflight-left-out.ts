import { getOrders, ORDERS } from '../../loop-kit/calls';
import { policyLoop, statement } from '../../loop-kit/policy-loop';
import { preflightOf } from '../../loop-kit/preflight';

export default policyLoop({
  fault: 'the policy allows the verbs of a path and not its preflight',
  rule: 'resource-policy/excludes-preflight',
  methods: [
    { verb: 'GET', path: ORDERS },
    { verb: 'OPTIONS', path: ORDERS },
  ],
  as: preflightOf(getOrders(''), 'GET'),
  statements: () => [statement('Allow', { Resource: 'execute-api:/*/GET/orders' })],
});
