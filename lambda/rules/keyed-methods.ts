import type { Deployment } from '../model/deployment';
import { isKnown, valueOr } from '../model/known';
import type { Method } from '../model/method';
import { methodsByPath } from '../model/queries';
import { cannotTell, type Subject, type Verdict } from './verdict';

/** Methods of a deployment that need an API key, and a verdict for each that does not say. */
export const keyedMethods = (
  deployment: Deployment,
  subject: Subject,
): { readonly keyed: readonly Method[]; readonly untold: readonly Verdict[] } => {
  if (!isKnown(deployment.methods)) return { keyed: [], untold: [cannotTell(subject, deployment.methods)] };
  const keyed: Method[] = [];
  const untold: Verdict[] = [];
  for (const method of deployment.methods.value) {
    if (!isKnown(method.apiKeyRequired)) untold.push(cannotTell(subject, method.apiKeyRequired));
    else if (method.apiKeyRequired.value) keyed.push(method);
  }
  return { keyed, untold };
};

/** The read that told whether a method needs a key, or how it is authorised. */
export const methodsRead = (deployment: Pick<Deployment, 'of'>): string =>
  deployment.of === 'draft' ? 'GetResources' : 'GetDeployment';

/** The id of the resource behind a path, from the draft; a placeholder where the draft does not have it. */
export const resourceIdOf = (deployment: Pick<Deployment, 'api'>, path: string): string => {
  const ofPath = methodsByPath(valueOr(deployment.api.draft.methods, [])).get(path);
  return ofPath?.[0]?.resourceId ?? '<RESOURCE_ID>';
};
