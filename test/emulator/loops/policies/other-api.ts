import { policyLoop, statement } from '../../loop-kit/policy-loop';

export default policyLoop({
  fault: 'the policy speaks of another API',
  rule: 'resource-policy/resource-matches-nothing',
  statements: ({ region, accountId }) => [
    statement('Allow', { Resource: `arn:aws:execute-api:${region}:${accountId}:a1b2c3d4e5/*` }),
  ],
  fill: ({ callers }) => ({ CIDR_OF_CALLERS: callers }),
});
