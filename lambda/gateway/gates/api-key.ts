import type { SharedAccount, Slices } from '../../model/account';
import type { Deployment } from '../../model/deployment';
import { keptWith } from '../../model/kept';
import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { goesByStageKeys, keysNaming } from '../../model/queries';
import { passes, refuses, unsure, type Answer } from '../answer';
import { INVALID_API_KEY } from '../refusals';
import type { Identity, Request } from '../request';

/** Keys that open a stage (KEY-1): ids of those that are enabled and in a plan of the stage, or name it themselves (KEY-11). */
export interface OpeningKeys {
  readonly ids: ReadonlySet<string>;
  readonly inPlan: boolean;
  /** A list that could not be read: further keys may open the stage. */
  readonly unknown: Unreadable | null;
}

const stageKey = (apiId: string, stage: string): string => `${apiId}/${stage}`;

const plansByStage = keptWith(
  (usagePlans: Slices['usagePlans']): ReadonlyMap<string, Slices['usagePlans']> => {
    const byStage = new Map<string, Slices['usagePlans'][number][]>();
    for (const plan of usagePlans) {
      for (const covered of new Set(plan.apiStages.map((one) => stageKey(one.restApiId, one.stage)))) {
        const list = byStage.get(covered);
        if (list === undefined) byStage.set(covered, [plan]);
        else list.push(plan);
      }
    }
    return byStage;
  },
);

const enabledOf = keptWith(
  (apiKeys: Slices['apiKeys']): ReadonlySet<string> =>
    new Set(apiKeys.filter((key) => key.enabled).map((key) => key.id)),
);

const outsidePlans = (ids: ReadonlySet<string>, unknown: Unreadable | null): OpeningKeys => ({
  ids,
  inPlan: false,
  unknown,
});

const keysThatName = (
  { api, stage }: Deployment,
  { apiKeys, gatewayAccount }: SharedAccount['slices'],
): OpeningKeys => {
  if (isKnown(gatewayAccount) && !goesByStageKeys(gatewayAccount.value)) {
    return outsidePlans(new Set(), null);
  }
  if (!isKnown(apiKeys)) return outsidePlans(new Set(), apiKeys);
  const naming = keysNaming(apiKeys.value, api.id, stage.name);
  return naming.length === 0 || isKnown(gatewayAccount)
    ? outsidePlans(new Set(naming.map(({ id }) => id)), null)
    : outsidePlans(new Set(), gatewayAccount);
};

export const openingKeys = (deployment: Deployment, account: SharedAccount): OpeningKeys => {
  const { usagePlans, apiKeys } = account.slices;
  if (!isKnown(usagePlans)) return outsidePlans(new Set(), usagePlans);
  const stage = stageKey(deployment.api.id, deployment.stage.name);
  const plans = plansByStage(usagePlans.value).get(stage) ?? [];
  if (plans.length === 0) return keysThatName(deployment, account.slices);
  if (!isKnown(apiKeys)) return { ids: new Set(), inPlan: true, unknown: apiKeys };
  const enabled = enabledOf(apiKeys.value);
  const ids = new Set<string>();
  let unknown: Unreadable | null = null;
  for (const plan of plans) {
    if (!isKnown(plan.keyIds)) unknown = plan.keyIds;
    else for (const id of plan.keyIds.value) if (enabled.has(id)) ids.add(id);
  }
  return { ids, inPlan: true, unknown };
};

const refused = (cause: string, because: string, fact: string): Answer =>
  refuses(cause, INVALID_API_KEY, because, fact);

/** Where no key opens the stage. */
export const refuseEveryKey = (deployment: Deployment, { inPlan }: OpeningKeys): Answer =>
  inPlan
    ? refused(
        'plan-without-key',
        `The usage plans of stage ${deployment.stage.name} hold no enabled key.`,
        'KEY-3',
      )
    : refused('stage-in-no-plan', `Stage ${deployment.stage.name} is in no usage plan.`, 'KEY-2');

const judgeSent = (
  sent: Identity['apiKey'],
  deployment: Deployment,
  account: SharedAccount,
  keys: OpeningKeys,
): Answer => {
  if (sent === 'none') {
    return refused(
      'api-key-missing',
      'The method needs an API key, and the call has none in x-api-key.',
      'KEY-1',
    );
  }
  if (sent === 'present') {
    return unsure(
      'The call has a key; which one is not known, as the values of keys are never read.',
      'KEY-1',
      INVALID_API_KEY,
    );
  }
  if (keys.ids.has(sent.id)) {
    return keys.inPlan
      ? passes(`Key ${sent.id} is enabled and in a usage plan of stage ${deployment.stage.name}.`, 'KEY-1')
      : passes(`Key ${sent.id} is enabled and names stage ${deployment.stage.name} itself.`, 'KEY-11');
  }
  if (keys.unknown !== null) {
    return unsure(
      `Whether key ${sent.id} opens stage ${deployment.stage.name} could not be read: ${keys.unknown.detail}.`,
      'KEY-1',
      INVALID_API_KEY,
    );
  }
  const { apiKeys } = account.slices;
  const known = isKnown(apiKeys) ? apiKeys.value.find((key) => key.id === sent.id) : undefined;
  if (known === undefined) return refused('api-key-unknown', `There is no key ${sent.id} here.`, 'KEY-1');
  return known.enabled
    ? refused(
        'api-key-in-no-plan',
        `Key ${sent.id} is in no usage plan of stage ${deployment.stage.name}.`,
        'KEY-1',
      )
    : refused('api-key-disabled', `Key ${sent.id} is disabled.`, 'KEY-5');
};

/** Asked after the authorizer (ORD-9). */
export const judgeApiKey = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
  request: Request,
  identity: Identity,
): Answer => {
  const { apiKeyRequired, authorizationType } = method;
  if (!isKnown(apiKeyRequired)) {
    return unsure(
      `Whether the method needs an API key could not be read: ${apiKeyRequired.detail}.`,
      'KEY-1',
      INVALID_API_KEY,
    );
  }
  if (!apiKeyRequired.value) return passes('The method needs no API key.', 'KEY-4');
  const keys = openingKeys(deployment, account);
  if (keys.ids.size === 0 && keys.unknown === null) return refuseEveryKey(deployment, keys);
  if (deployment.api.apiKeySource !== 'AUTHORIZER') {
    const named = request.headers['x-api-key']?.trim();
    const { apiKeys } = account.slices;
    if (isKnown(apiKeys) && apiKeys.value.some((key) => key.id === named)) {
      return refused('api-key-id-sent', 'The call sends the id of a key where its value belongs.', 'KEY-7');
    }
    return judgeSent(identity.apiKey, deployment, account, keys);
  }
  if (!isKnown(authorizationType)) {
    return unsure(
      `The key comes from the authorizer, and the authorization type could not be read: ${authorizationType.detail}.`,
      'LAM-21',
      INVALID_API_KEY,
    );
  }
  if (authorizationType.value !== 'CUSTOM') {
    return refused(
      'key-source-unsatisfiable',
      'The API takes the key from a Lambda authorizer, and this method has none.',
      'LAM-21',
    );
  }
  if (identity.lambdaAuthorizer === 'allows') return judgeSent(identity.apiKey, deployment, account, keys);
  return unsure(
    "The key is the one that the Lambda authorizer's answer carries, and that is not known.",
    'LAM-20',
    INVALID_API_KEY,
  );
};
