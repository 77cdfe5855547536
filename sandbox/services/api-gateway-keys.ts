import {
  GetAccount$,
  GetApiKeys$,
  GetUsagePlanKeys$,
  GetUsagePlans$,
  type GetAccountCommandInput,
  type GetAccountCommandOutput,
  type GetApiKeysCommandInput,
  type GetApiKeysCommandOutput,
  type GetUsagePlanKeysCommandInput,
  type GetUsagePlanKeysCommandOutput,
  type GetUsagePlansCommandInput,
  type GetUsagePlansCommandOutput,
} from '@aws-sdk/client-api-gateway';
import { operation, type Operation } from '../service';
import { positioned, without } from './api-gateway-support';

const newestFirst = (
  one: { createdDate?: string | undefined },
  other: { createdDate?: string | undefined },
): number => Date.parse(other.createdDate ?? '') - Date.parse(one.createdDate ?? '') || 0;

export const KEY_OPERATIONS: readonly Operation[] = [
  operation<GetApiKeysCommandInput, GetApiKeysCommandOutput>(GetApiKeys$, (input, context) => {
    const keys = context.region.apiKeys
      .filter(({ name }) => name?.startsWith(input.nameQuery ?? '') ?? input.nameQuery === undefined)
      .sort(newestFirst);
    const page = positioned(keys, input, 'apikeys', context);
    return {
      ...page,
      items: page.items.map((key) =>
        input.includeValues === true || context.leaksKeyValues ? key : without(key, 'value'),
      ),
    };
  }),
  operation<GetUsagePlansCommandInput, GetUsagePlansCommandOutput>(GetUsagePlans$, (input, context) => {
    const plans = context.region.usagePlans.filter(
      ({ keys }) => input.keyId === undefined || keys.includes(input.keyId),
    );
    const page = positioned(plans, input, 'usageplans', context);
    return { ...page, items: page.items.map((plan) => without(plan, 'keys', 'tags')) };
  }),
  // An unknown plan has no keys, and the values always come in clear (KEY-12).
  operation<GetUsagePlanKeysCommandInput, GetUsagePlanKeysCommandOutput>(
    GetUsagePlanKeys$,
    (input, context) => {
      const plan = context.region.usagePlans.find(({ id }) => id === input.usagePlanId);
      const keys = (plan?.keys ?? []).flatMap((id) => context.region.apiKeys.filter((key) => key.id === id));
      const page = positioned(keys, input, `keys of ${input.usagePlanId}`, context);
      return {
        ...page,
        items: page.items.map(({ id, name, value }) => ({ id, type: 'API_KEY', value, name })),
      };
    },
  ),
  operation<GetAccountCommandInput, GetAccountCommandOutput>(GetAccount$, (_, { region }) => region.account),
];
