import stageInNoUsagePlan from './api-keys/stage-in-no-usage-plan';
import type { Rule } from './rule';

/** Every rule. Within a gate, the order counts: a rule speaks before those below it (see root-causes). */
export const catalogue: readonly Rule[] = [stageInNoUsagePlan];
