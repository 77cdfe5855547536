import { policyOf } from '../gateway/policy/best-case';
import { readOperator } from '../gateway/policy/conditions/condition';
import type { PolicyPlace } from '../gateway/policy/place';
import type { Deployment } from '../model/deployment';
import type { VpcEndpoint } from '../model/edge';

/** Endpoints that are there: AWS goes on listing one for a while after it was deleted. */
export const standingEndpoints = (endpoints: readonly VpcEndpoint[]): readonly VpcEndpoint[] =>
  endpoints.filter(({ state }) => state !== 'deleting' && state !== 'deleted');

/** VPC endpoints that callers of a private API are meant to come through. */
export interface NamedEndpoints {
  /** Associated with the API: `vpcEndpointIds`. */
  readonly associated: readonly string[];
  /** Admitted by the policy: in an Allow for them, or in a Deny for all others. Patterns are no ids. */
  readonly admitted: readonly string[];
}

export const namedEndpoints = (deployment: Deployment, place: PolicyPlace): NamedEndpoints => {
  const statements = policyOf(deployment, place)?.compiled?.policy.statements ?? [];
  const admitted = statements.flatMap(({ effect, conditions }) =>
    conditions
      .filter(({ key, operator }) => {
        const name = readOperator(operator)?.name ?? '';
        return key.toLowerCase() === 'aws:sourcevpce' && name.includes('Not') === (effect === 'Deny');
      })
      .flatMap(({ values }) => values.filter((value) => /^vpce-[0-9a-z]+$/.test(value))),
  );
  return { associated: [...new Set(deployment.api.vpcEndpointIds)], admitted: [...new Set(admitted)] };
};
