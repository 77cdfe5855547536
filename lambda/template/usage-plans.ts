import type { ApiKey, UsagePlan } from '../model/account';
import { known, type Known } from '../model/known';
import type { RestApi } from '../model/rest-api';
import type { Assembly } from './assembly';
import { eachOne, everyOne, fields, flagAt, gapAt, nameAt, requiredTextAt } from './properties';
import type { Readable } from './readable';
import type { Resource } from './stack';

const KEY = 'AWS::ApiGateway::ApiKey';
const PLAN = 'AWS::ApiGateway::UsagePlan';

/** A key that says nothing of it is disabled (KEY-5). Its value is never asked for; its stages are not in force beside usage plans (KEY-11). */
const toApiKey = (key: Resource): Known<ApiKey> =>
  fields({
    id: known(key.id),
    name: known(nameAt(key, 'Name')),
    enabled: flagAt(key, 'Enabled'),
    stageKeys: known([]),
  });

const toStage = (one: Readable): Known<UsagePlan['apiStages'][number]> =>
  fields({ restApiId: requiredTextAt(one, 'ApiId'), stage: requiredTextAt(one, 'Stage') });

const toPlan = (plan: Resource, keys: readonly Resource[]): Known<UsagePlan> =>
  fields({
    id: known(plan.id),
    name: known(nameAt(plan, 'UsagePlanName')),
    apiStages: eachOne(plan, 'ApiStages', toStage),
    // Keys are made and given out after the deployment as well.
    keyIds: known(
      keys.length === 0
        ? gapAt(plan, '', 'the template puts no key into it; keys may be put there later')
        : everyOne(keys, (key) => requiredTextAt(key, 'KeyId')),
    ),
  });

const asksForKey = ({ draft }: RestApi): boolean =>
  draft.methods.state === 'known' &&
  draft.methods.value.some(({ apiKeyRequired: asked }) => asked.state === 'unreadable' || asked.value);

/** Usage plans, and the keys of the template. Where methods ask for keys and there is no plan, it may be in another template. */
export const usagePlansOf = (
  assembly: Assembly,
  apis: readonly RestApi[],
): { readonly usagePlans: Known<readonly UsagePlan[]>; readonly apiKeys: Known<readonly ApiKey[]> } => {
  const plans = assembly.all(PLAN);
  const keys = assembly.all(KEY);
  const planIds = new Set(plans.map(({ id }) => id));
  const held = assembly.under('AWS::ApiGateway::UsagePlanKey', 'UsagePlanId', planIds);
  const usagePlans = everyOne(plans, (plan) => toPlan(plan, held(plan.id)));
  const apiKeys = everyOne(keys, toApiKey);
  const [asking] = apis.filter(asksForKey);
  const [key] = keys;
  const nowhere = (id: string, what: string): Known<never> =>
    gapAt({ id, type: PLAN }, '', `the template makes no usage plan ${what}; there may be one in another`);
  if (plans.length > 0 || (asking === undefined && key === undefined)) return { usagePlans, apiKeys };
  return {
    usagePlans:
      asking === undefined
        ? nowhere(key?.id ?? '', 'for it')
        : nowhere(asking.id, 'for its methods that need a key'),
    apiKeys,
  };
};
