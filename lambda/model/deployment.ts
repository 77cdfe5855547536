import type { RestApi, Snapshot, Stage } from './rest-api';

/**
 * One configuration that callers of a stage meet, or would meet: what the stage serves, what its canary serves, or the draft as it
 * would be served after the next deployment. Rules judge these and need not know the difference.
 */
export interface Deployment extends Snapshot {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly of: 'stage' | 'canary' | 'draft';
  /** Stage variables in force, canary overrides applied. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The configurations to judge for one stage, those that callers meet now first. A canary without traffic is idle (DEP-23). */
export const deploymentsOf = (api: RestApi, stage: Stage): readonly [Deployment, ...Deployment[]] => {
  const served: Deployment = { ...stage.snapshot, api, stage, of: 'stage', variables: stage.variables };
  const draft: Deployment = { ...api.draft, api, stage, of: 'draft', variables: stage.variables };
  const { canary } = stage;
  if (canary === null || canary.percentTraffic === 0) return [served, draft];
  const overlaid = { ...stage.variables, ...canary.variableOverrides };
  return [served, { ...canary.snapshot, api, stage, of: 'canary', variables: overlaid }, draft];
};
