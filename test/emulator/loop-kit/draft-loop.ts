import { defineLoop, type Loop, type Place } from './loop';
import { deploy } from './seed';
import type { World } from './world';

export const SERVES_DRAFT = { from: 'calls', because: 'MiniStack serves the draft' } as const;

/** What is deployed refuses the call; the draft is right and nobody has deployed it. */
export const draftLoop = <Made extends Place>({
  refuses,
  admits,
  ...given
}: Pick<Loop<Made>, 'fault' | 'rule' | 'seed' | 'call'> & {
  /** Makes the draft that is then deployed. */
  readonly refuses: (world: World, place: Made) => Promise<void>;
  /** Makes the draft that is not. */
  readonly admits: (world: World, place: Made) => Promise<void>;
}): Loop =>
  defineLoop({
    family: 'deployment',
    leftToAws: SERVES_DRAFT,
    ...given,
    breakIt: async (world, place) => {
      await refuses(world, place);
      await deploy(world, place.restApiId);
      await admits(world, place);
    },
  });
