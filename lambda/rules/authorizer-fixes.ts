import type { Place } from '../model/account';
import { parseUserPoolArn } from '../model/arn';
import type { Deployment } from '../model/deployment';
import { valueOr } from '../model/known';
import type { Method } from '../model/method';
import { methodsByPath } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import { referencedVariables } from '../model/stage-variables';
import { aws, patches, redeploy, type Patch } from './commands';
import { resourceIdOf } from './keyed-methods';
import type { FixStep } from './verdict';

/** An UpdateMethod call on the draft. */
export const updateMethod = (
  deployment: Deployment,
  method: Method,
  region: string,
  ...operations: readonly Patch[]
): string =>
  aws('apigateway', 'update-method', region, {
    restApiId: deployment.api.id,
    resourceId: method.resourceId ?? resourceIdOf(deployment, method.path),
    httpMethod: method.verb,
    patchOperations: patches(...operations),
  });

/** An UpdateAuthorizer call on the draft. */
export const updateAuthorizer = (
  deployment: Deployment,
  authorizer: Authorizer,
  region: string,
  ...operations: readonly Patch[]
): string =>
  aws('apigateway', 'update-authorizer', region, {
    restApiId: deployment.api.id,
    authorizerId: authorizer.id ?? '<AUTHORIZER_ID>',
    patchOperations: patches(...operations),
  });

/** Deploys to the stage that a rule judged. */
export const redeployTo = (deployment: Deployment, region: string): FixStep =>
  redeploy(deployment.api, [deployment.stage], region);

/** The authorizer as the draft has it, as long as it does. */
const draftOf = (deployment: Deployment, authorizer: Authorizer): Authorizer =>
  valueOr(deployment.api.draft.authorizers, []).find(({ name }) => name === authorizer.name) ?? authorizer;

/** The method as the draft has it, as long as it does. */
export const draftMethodOf = (deployment: Deployment, method: Method): Method =>
  methodsByPath(valueOr(deployment.api.draft.methods, []))
    .get(method.path)
    ?.find(({ verb }) => verb === method.verb) ?? method;

const patchOfScopes = (op: 'add' | 'remove', value: string): Patch => ({
  op,
  path: '/authorizationScopes',
  value,
});

/**
 * Puts a scope on methods and takes another off: one patch for each, as the list takes no replacement (fix 8). Methods whose draft is
 * already so need no call, only the deployment.
 */
export const changeScopes = (
  deployment: Deployment,
  methods: readonly Method[],
  region: string,
  change: { readonly add: string; readonly remove?: string },
): readonly string[] =>
  methods.flatMap((method) => {
    const scopes = valueOr(draftMethodOf(deployment, method).scopes, []);
    // Taken off already, whatever stands in its place.
    if (change.remove !== undefined && !scopes.includes(change.remove)) return [];
    const operations = [
      ...(change.remove === undefined ? [] : [patchOfScopes('remove', change.remove)]),
      ...(scopes.includes(change.add) ? [] : [patchOfScopes('add', change.add)]),
    ];
    return operations.length === 0 ? [] : [updateMethod(deployment, method, region, ...operations)];
  });

/** Sets a variable of the stage; it is in force at once (DEP-3). */
export const setStageVariable = (
  deployment: Deployment,
  name: string,
  value: string,
  region: string,
): string => {
  const overridden = deployment.stage.canary?.variableOverrides ?? {};
  const inCanary = deployment.of === 'canary' && Object.hasOwn(overridden, name);
  return aws('apigateway', 'update-stage', region, {
    restApiId: deployment.api.id,
    stageName: deployment.stage.name,
    patchOperations: patches({
      op: 'replace',
      path: inCanary ? `/canarySettings/stageVariableOverrides/${name}` : `/variables/${name}`,
      value,
    }),
  });
};

/** Makes an authorizer trust another pool instead of one that it names. */
export const replaceProvider = (
  deployment: Deployment,
  authorizer: Authorizer,
  stored: string,
  place: Place,
  replacement: string,
): readonly FixStep[] => {
  const { region } = place;
  const [variable] = referencedVariables(stored);
  if (variable !== undefined) {
    const poolId = parseUserPoolArn(replacement)?.poolId ?? '<USER_POOL_ID>';
    const whole = stored === `\${stageVariables.${variable}}`;
    return [
      {
        step: 'Set the stage variable to the user pool whose tokens callers hold. It is in force at once.',
        commands: [setStageVariable(deployment, variable, whole ? replacement : poolId, region)],
      },
    ];
  }
  const draft = draftOf(deployment, authorizer);
  const operations: Patch[] = [];
  if (!draft.providerArns.includes(replacement)) {
    operations.push({ op: 'add', path: '/providerARNs', value: replacement });
  }
  if (draft.providerArns.includes(stored)) {
    operations.push({ op: 'remove', path: '/providerARNs', value: stored });
  }
  return [
    {
      step: 'Make the authorizer trust the user pool whose tokens callers hold, and no longer the other.',
      commands:
        operations.length === 0 ? [] : [updateAuthorizer(deployment, authorizer, region, ...operations)],
    },
    redeployTo(deployment, region),
  ];
};
