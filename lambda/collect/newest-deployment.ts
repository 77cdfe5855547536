import { GetDeploymentsCommand } from '@aws-sdk/client-api-gateway';
import { allKnown, isKnown, known, mapKnown, type Known } from '../model/known';
import type { ListedApi, Snapshot, Stage } from '../model/rest-api';
import type { Door } from './door';
import { PAGE_SIZES } from './page-sizes';
import { apiLabel } from './rest-apis';
import { list, ShapeError, text } from './shape';

/** What a deployment's summary tells of a snapshot (DEP-10), in no order. */
const summaryOf = ({ methods }: Snapshot): Known<string> => {
  if (!isKnown(methods)) return methods;
  const entries = methods.value.map(({ verb, path, authorizationType, apiKeyRequired }) =>
    mapKnown(allKnown<string | boolean>([authorizationType, apiKeyRequired]), (asked) =>
      JSON.stringify([verb, path, ...asked]),
    ),
  );
  return mapKnown(allKnown(entries), (all) => [...all].sort().join());
};

/** Is a newer deployment worth asking for? Where every stage serves the methods of the draft, none can matter. */
export const mayBeBehind = (stages: readonly Stage[], draft: Snapshot): Known<boolean> => {
  if (stages.length === 0) return known(false);
  const drafted = summaryOf(draft);
  if (!isKnown(drafted)) return drafted;
  const served = stages.map(({ snapshot }) => summaryOf(snapshot));
  const differs = served.some((one) => isKnown(one) && one.value !== drafted.value);
  return differs ? known(true) : mapKnown(allKnown(served), () => false);
};

const madeAt = (createdDate: Date | undefined): number => {
  const time = createdDate?.getTime() ?? Number.NaN;
  if (Number.isNaN(time)) throw new ShapeError('items[].createdDate');
  return time;
};

/** The id of the deployment that was made last; `null`: the API is gone, or has none left. */
export const findNewestDeployment = async (door: Door, api: ListedApi): Promise<Known<string | null>> => {
  const all = await door.findAll({
    operation: 'GetDeployments',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetDeploymentsCommand({ restApiId: api.id, limit: PAGE_SIZES.GetDeployments, position }),
      ),
    take: ({ items, position }) => ({
      items: list(items, 'items').map(({ id, createdDate }) => ({
        id: text(id, 'items[].id'),
        madeAt: madeAt(createdDate),
      })),
      next: position,
    }),
  });
  return mapKnown(
    all,
    (deployments) => (deployments ?? []).toSorted((left, right) => right.madeAt - left.madeAt)[0]?.id ?? null,
  );
};
