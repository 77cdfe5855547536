import { explain, type Explanation } from '../explain/explain';
import { ExplainInputError } from '../explain/input';
import { holdsAddress, requestedAddress } from '../explain/requested';
import { gatherAccount } from '../gather-account';
import type { Settings } from '../settings';
import { EventError, type FunctionEvent } from './event';
import { logger } from './log';
import { openSources } from './sources';

type ExplainEvent = Extract<FunctionEvent, { readonly action: 'explain' }>;

/** An execute-api host names region and API, so nothing else is read; a custom domain may lead anywhere. */
export const answerExplain = async (
  event: ExplainEvent,
  settings: Settings,
  clock: () => Date,
): Promise<Explanation> => {
  try {
    const address = requestedAddress(event);
    const named = address.by === 'execute-api' ? address : null;
    const sources = await openSources(
      {
        regions: named === null ? settings.regions : [named.region],
        restApiIds: named === null || named.restApiId === null ? [] : [named.restApiId],
        clock,
      },
      settings,
    );
    const [first, ...others] = await Promise.all(sources.map(gatherAccount));
    if (first === undefined) throw new Error('no region was read');
    const account = [first, ...others].find((one) => holdsAddress(one, address)) ?? first;
    const explanation = explain(event, account, clock);
    const { outcome, gate } = explanation.decision;
    logger.info('call explained', { outcome, gate });
    return explanation;
  } catch (error) {
    if (error instanceof ExplainInputError) throw new EventError(`Event: ${error.message}`);
    throw error;
  }
};
