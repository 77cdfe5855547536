import { matrixOf, type MatrixRow } from './gateway/matrix';
import { deploymentsOf } from './model/deployment';
import { isKnown } from './model/known';
import type { CollectedApi } from './source';

/** Who gets in where: the methods that the stages of one API serve. */
export const matrixRows = ({ api, shared }: CollectedApi): readonly MatrixRow[] =>
  isKnown(api.stages)
    ? api.stages.value.flatMap((stage) => {
        const [served] = deploymentsOf(api, stage);
        return served === undefined ? [] : matrixOf(served, shared);
      })
    : [];
