import type { ApiKey, UsagePlan } from '../model/account';
import { known, type Known } from '../model/known';
import type { RestApi } from '../model/rest-api';
import type { Assembly } from './assembly';
import { each, everyOne, fields, flagAt, gapAt, nameAt, requiredTextAt } from './properties';
import type { Resource } from './stack';

const KEY = 'AWS::ApiGateway::ApiKey';
const PLAN = 'AWS::ApiGateway::UsagePlan';

/** A key that says nothing of it is disabled (KEY-5). Its value is never asked for. */
const toApiKey = (key: Resource): Known<ApiKey> =>
  fields({ id: known(key.id), name: known(nameAt(key, 'Name')), enabled: flagAt(key, 'Enabled') });

const stagesAt = (plan: Resource): Known<UsagePlan['apiStages']> => {
  const stages = each(plan, 'ApiStages');
  if (stages.state === 'unreadable') return stages;
  const found: UsagePlan['apiStages'][number][] = [];
  for (const one of stages.value) {
    const read = fields({ restApiId: requiredTextAt(one, 'ApiId'), stage: requiredTextAt(one, 'Stage') });
    if (read.state === 'unreadable') return read;
    found.push(read.value);
  }
  return known(found);
};

const toPlan = (plan: Resource, keys: readonly Resource[]): Known<UsagePlan> =>
  fields({
    id: known(plan.id),
    name: known(nameAt(plan, 'UsagePlanName')),
    apiStages: stagesAt(plan),
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
  const usagePlans = everyOne(plans, (plan) => toPlan(plan, held.get(plan.id) ?? []));
  const apiKeys = everyOne(keys, toApiKey);
  const [asking] = apis.filter(asksForKey);
  const [key] = keys;
  const nowhere = (id: string, what: string): Known<never> =>
    gapAt(
      { id, type: PLAN, at: '', property: () => undefined },
      '',
      `the template makes no usage plan ${what}; there may be one in another`,
    );
  if (plans.length > 0 || (asking === undefined && key === undefined)) return { usagePlans, apiKeys };
  return {
    usagePlans:
      asking === undefined
        ? nowhere(key?.id ?? '', 'for it')
        : nowhere(asking.id, 'for its methods that need a key'),
    apiKeys,
  };
};
