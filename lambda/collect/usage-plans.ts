import {
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  type UsagePlan as AwsUsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { UsagePlan } from '../model/account';
import { isKnown, known, type Known } from '../model/known';
import type { Door } from './door';
import { list, optionalList, optionalText, text } from './shape';
import { PAGE_SIZES } from './page-sizes';

type ListedPlan = Omit<UsagePlan, 'keyIds'>;

/** @throws ShapeError */
export const toUsagePlan = (plan: AwsUsagePlan): ListedPlan => {
  const id = text(plan.id, 'items[].id');
  return {
    id,
    name: optionalText(plan.name, 'items[].name') ?? id,
    apiStages: optionalList(plan.apiStages, 'items[].apiStages').map(({ apiId, stage }) => ({
      restApiId: text(apiId, 'items[].apiStages[].apiId'),
      stage: text(stage, 'items[].apiStages[].stage'),
    })),
  };
};

/** Ids alone: AWS sends the values too, in clear, and they end here (KEY-12). */
const listKeyIds = (door: Door, plan: ListedPlan): Promise<UsagePlan['keyIds']> =>
  door.readAll({
    operation: 'GetUsagePlanKeys',
    of: `usage plan ${plan.name} (${plan.id})`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetUsagePlanKeysCommand({ usagePlanId: plan.id, limit: PAGE_SIZES.GetUsagePlanKeys, position }),
      ),
    take: ({ items, position }) => ({
      items: list(items, 'items').map(({ id }) => text(id, 'items[].id')),
      next: position,
    }),
  });

/** All usage plans with the ids of their keys. */
export const readUsagePlans = async (door: Door): Promise<Known<readonly UsagePlan[]>> => {
  const plans = await door.readAll({
    operation: 'GetUsagePlans',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(new GetUsagePlansCommand({ limit: PAGE_SIZES.GetUsagePlans, position })),
    take: ({ items, position }) => ({ items: list(items, 'items').map(toUsagePlan), next: position }),
  });
  if (!isKnown(plans)) return plans;
  return known(
    await Promise.all(plans.value.map(async (plan) => ({ ...plan, keyIds: await listKeyIds(door, plan) }))),
  );
};
