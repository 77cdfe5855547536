import { isRefused, type JudgedMethod, type PolicyView } from './policies';

/**
 * OPTIONS methods that the policy closes to everybody while it admits callers to another verb of the same path. A policy that allows
 * nothing at all is another fault: there the preflight is only one of many.
 */
export const closedPreflights = (view: PolicyView): readonly JudgedMethod[] => {
  if (!view.compiled.policy.statements.some(({ effect }) => effect === 'Allow')) return [];
  const admitted = new Set(
    view.methods.filter(({ best }) => best.verdict === 'admits').map(({ method }) => method.path),
  );
  return view.methods.filter(
    (judged) => judged.method.verb === 'OPTIONS' && isRefused(judged) && admitted.has(judged.method.path),
  );
};
